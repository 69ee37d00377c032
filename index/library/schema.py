"""The tables of the library: one step per version, applied once, in a transaction."""

from collections.abc import Sequence

# Moments are whole microseconds since 1970, in UTC. Sources are bytes: a path need not be text.
_VERSION_1 = (
    """
    CREATE TABLE contents (
        sha256 TEXT PRIMARY KEY,                   -- of text, paragraphs and metadata
        indexed TEXT NOT NULL,                     -- what an index of it is known by
        title TEXT,
        url TEXT,
        site TEXT,
        published TEXT,
        language TEXT,
        words INTEGER NOT NULL,
        paragraphs INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE shares (
        number INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order in which they were added
        owner TEXT NOT NULL,
        content TEXT NOT NULL REFERENCES contents (sha256),
        name TEXT NOT NULL,
        name_key TEXT NOT NULL,
        source BLOB NOT NULL,
        address BLOB,                              -- where it can be read again
        read_sha256 TEXT NOT NULL,                 -- of the bytes that were read first
        latest_sha256 TEXT NOT NULL,               -- of the bytes that were read last
        notices TEXT NOT NULL,                     -- a JSON list
        file TEXT NOT NULL,                        -- checksum of the article's file
        added_at INTEGER NOT NULL,
        UNIQUE (owner, content),
        UNIQUE (owner, name_key)
    ) STRICT
    """,
    "CREATE INDEX shares_of_content ON shares (content)",
    """
    CREATE TABLE used (
        owner TEXT PRIMARY KEY,
        share INTEGER NOT NULL REFERENCES shares (number) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX used_shares ON used (share)",
    """
    CREATE TABLE additions (                       -- what limits per day count
        owner TEXT NOT NULL,
        added_at INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX additions_of_owner ON additions (owner, added_at)",
)

# Never change a step that was released: add another one.
STEPS: tuple[Sequence[str], ...] = (_VERSION_1,)
