"""The errors that are safe to show to a person.

ArticleBotError            base: one sentence that names the value and the next step
├── ArticleError           the article cannot be read or used
├── EmbeddingModelError    the embedding model cannot be loaded or is not the one expected
├── IndexStoreError        the data directory or a saved index cannot be used
├── QuestionError          the question cannot be asked (empty, too long, not text)
├── SettingsError          a setting has a value that does not fit
├── LibraryError           of `index.library`: the library cannot be used, or lacks an article
└── EvaluationError        of `bot.evaluation`: a question set, a run or a gate cannot be used

Front ends catch `ArticleBotError` and nothing wider. Anything else is a bug.
"""


class ArticleBotError(Exception):
    """A failure whose message may be shown to a person as it is."""


class ArticleError(ArticleBotError):
    """The article cannot be read or used."""


class EmbeddingModelError(ArticleBotError):
    """The embedding model cannot be loaded, or is not the one expected."""


class IndexStoreError(ArticleBotError):
    """The data directory or a saved index cannot be used."""


class QuestionError(ArticleBotError):
    """The question cannot be asked."""


class SettingsError(ArticleBotError):
    """A setting has a value that does not fit."""
