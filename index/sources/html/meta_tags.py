"""What the `<meta>` and `<link>` elements of a page say."""

from collections import defaultdict
from collections.abc import Iterator

from index.sources.html.parsing import Element

_MAX_LENGTH = 2000


class MetaTags:
    """The values of a page's `<meta>` elements, by lower-case name, property or itemprop."""

    def __init__(self, root: Element) -> None:
        """Read them all."""
        self._values: dict[str, list[str]] = defaultdict(list)
        for meta in root.iter("meta"):
            value = " ".join((meta.get("content") or "")[:_MAX_LENGTH].split())
            if not value:
                continue
            for attribute in ("name", "property", "itemprop", "http-equiv"):
                for name in (meta.get(attribute) or "").lower().split():
                    self._values[name].append(value)

    def all(self, *names: str) -> Iterator[str]:
        """Yield the values of these names, those of the first name first."""
        for name in names:
            yield from self._values.get(name, ())

    def first(self, *names: str) -> str | None:
        """Return the first value of the first of these names that has one."""
        return next(self.all(*names), None)


def links(root: Element, relation: str) -> Iterator[str]:
    """Yield the addresses of the `<link>` elements of a relation, such as "canonical"."""
    for link in root.iter("link"):
        address = (link.get("href") or "").strip()
        if address and relation in (link.get("rel") or "").lower().split():
            yield address
