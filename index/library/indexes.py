"""The indexes of library articles: known by content, kept while anybody has it."""

from collections.abc import Iterator
from pathlib import Path

from index.article import Article
from index.index_identity import IndexIdentity, index_key
from index.index_store import IndexStore
from index.library.article_json import content_identity, index_origin
from index.library.library import Library
from index.passage_index import IndexSettings
from index.reporter import Reporter


def library_indexes(data_dir: Path, reporter: Reporter) -> IndexStore:
    """Return the store of a data directory, for articles of the library.

    Args:
        data_dir: of the library.
        reporter: is told what a person should know.
    """
    return IndexStore(data_dir, reporter, origin_of=_origin)


def clean_indexes(data_dir: Path) -> list[Path]:
    """Remove the indexes that no longer fit anything, in the library or elsewhere.

    Returns:
        Where they were.

    Raises:
        LibraryError: if the library cannot be read; nothing is removed then.
        IndexStoreError: if something cannot be removed.
    """
    return IndexStore(data_dir).clean(_Kept(Library(data_dir)))


def _origin(article: Article) -> str:
    return index_origin(content_identity(article).indexed)


class _Kept:
    """Whether an index is of an article in the library, by whomever and wherefrom it was built."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._keys: dict[tuple[str, IndexSettings], frozenset[str]] = {}

    def __call__(self, identity: IndexIdentity) -> bool:
        settings = IndexSettings(identity.max_passage_tokens, identity.exact_search_limit)
        made_with = identity.fingerprint, settings
        if made_with not in self._keys:
            self._keys[made_with] = frozenset(self._keys_of(*made_with))
        return identity.key in self._keys[made_with]

    def _keys_of(self, fingerprint: str, settings: IndexSettings) -> Iterator[str]:
        for article in self._library.all_articles():
            yield index_key(article, fingerprint, settings)
