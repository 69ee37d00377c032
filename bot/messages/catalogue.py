"""`Catalogue`: the bot's sentences in one language."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Literal

from bot.messages.keys import Key

# The categories of plural forms that Unicode (CLDR) knows; English has "one" and "other".
Category = Literal["zero", "one", "two", "few", "many", "other"]
# A text with {names} for values, or one for each plural form of {number}.
Text = str | Mapping[Category, str]


def english_category(number: int) -> Category:
    """Return the plural form that English uses with a number."""
    return "one" if number == 1 else "other"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Texts by their keys.

    Attributes:
        language: BCP 47 code, such as "en".
        texts: one for each key.
        category: tells which plural form goes with a number.
        group_mark: what is between the thousands of a number.
    """

    language: str
    texts: Mapping[Key, Text]
    category: Callable[[int], Category] = english_category
    group_mark: str = ","

    def say(self, key: Key, **values: str) -> str:
        """Return a sentence with its values.

        Args:
            key: of a text without plural forms.
            values: by the names that the text has; put in as they are.

        Raises:
            KeyError: if a value is missing, or the text has plural forms.
        """
        text = self.texts[key]
        if not isinstance(text, str):
            raise KeyError(f"{key} needs a number")
        return text.format_map(values)

    def count(self, key: Key, number: int, **values: str) -> str:
        """Return a sentence with a number, in the plural form that goes with it.

        Raises:
            KeyError: if a value is missing, or the text has no plural forms.
        """
        text = self.texts[key]
        if isinstance(text, str):
            raise KeyError(f"{key} has no plural forms")
        shown = f"{number:,}".replace(",", self.group_mark)
        form = text.get(self.category(number), text["other"])
        return form.format_map({**values, "number": shown})


def complaints(catalogue: Catalogue, original: Catalogue) -> Iterator[str]:
    """Yield what a translation lacks, a sentence each: keys, values, the form that always fits."""
    for key, text in original.texts.items():
        if key not in catalogue.texts:
            yield f"{key} is not translated."
            continue
        translated = catalogue.texts[key]
        if isinstance(text, str) != isinstance(translated, str):
            yield f"{key} has plural forms in one language only."
        elif not isinstance(translated, str) and "other" not in translated:
            yield f"{key} has no form for “other”."
        elif _names(translated) != _names(text):
            yield f"{key} has {sorted(_names(translated))} instead of {sorted(_names(text))}."
    for key in catalogue.texts.keys() - original.texts.keys():
        yield f"{key} is not known."


def _names(text: Text) -> set[str]:
    forms = [text] if isinstance(text, str) else list(text.values())
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}
