"""The tables of the store: one step per version, applied once, in a transaction."""

from collections.abc import Sequence

# Moments are whole microseconds since 1970, in UTC.
_VERSION_1 = (
    """
    CREATE TABLE updates (
        number INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order in which they were taken
        update_id INTEGER NOT NULL UNIQUE,
        chat_id INTEGER,
        payload TEXT,                              -- until it is finished
        tries INTEGER NOT NULL DEFAULT 0,
        is_finished INTEGER NOT NULL DEFAULT 0,
        taken_at INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX unfinished_updates ON updates (number) WHERE NOT is_finished",
    "CREATE INDEX updates_of_chat ON updates (chat_id)",
    """
    CREATE TABLE deliveries (
        update_id INTEGER NOT NULL,
        key TEXT NOT NULL,
        message_id INTEGER,                        -- once it was sent
        begun_at INTEGER NOT NULL,
        PRIMARY KEY (update_id, key)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE answers (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        chat_id INTEGER NOT NULL,                  -- whose it is; moves with a group
        asked_in INTEGER NOT NULL,                 -- where the message that asked stands
        asked_by_message INTEGER NOT NULL,
        asker_id INTEGER,
        article_sha256 TEXT NOT NULL,
        payload TEXT NOT NULL,
        messages TEXT NOT NULL,                    -- a JSON list of numbers
        answered_at INTEGER NOT NULL,
        UNIQUE (asked_in, asked_by_message)
    ) STRICT
    """,
    "CREATE INDEX answers_of_chat ON answers (chat_id, answered_at)",
    """
    CREATE TABLE feedback (
        answer_id TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
        user_id INTEGER NOT NULL,
        rating TEXT CHECK (rating IN ('good', 'bad')),
        comment TEXT,
        given_at INTEGER NOT NULL,
        PRIMARY KEY (answer_id, user_id),
        CHECK (rating IS NOT NULL OR comment IS NOT NULL)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE parts (
        chat_id INTEGER NOT NULL,
        article_sha256 TEXT NOT NULL,
        number INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        posted_at INTEGER NOT NULL,
        PRIMARY KEY (chat_id, article_sha256, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE hints (
        chat_id INTEGER NOT NULL,
        what TEXT NOT NULL,
        given_at INTEGER NOT NULL,
        PRIMARY KEY (chat_id, what)
    ) STRICT, WITHOUT ROWID
    """,
)

# The articles themselves are the library's.
_VERSION_2 = (
    """
    CREATE TABLE chats (
        chat_id INTEGER PRIMARY KEY,
        asks TEXT NOT NULL,                        -- an article's id, or what stands for all
        chosen_at INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE chat_articles (
        chat_id INTEGER NOT NULL,
        article_id TEXT NOT NULL,
        used_at INTEGER NOT NULL,                  -- when it was read, chosen or asked last
        PRIMARY KEY (chat_id, article_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE readings (
        update_id INTEGER NOT NULL,
        number INTEGER NOT NULL,                   -- of those that the update calls for
        chat_id INTEGER NOT NULL,
        begun_at INTEGER NOT NULL,
        PRIMARY KEY (update_id, number)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX readings_of_chat ON readings (chat_id, begun_at)",
    """
    CREATE TABLE offers (
        id TEXT PRIMARY KEY,
        chat_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,               -- of the text's first message
        text TEXT NOT NULL,                        -- until it is read, asked or too old
        offered_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX offers_of_chat ON offers (chat_id)",
)

# Never change a step that was released: add another one.
STEPS: tuple[Sequence[str], ...] = (_VERSION_1, _VERSION_2)
