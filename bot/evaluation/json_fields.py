"""Reading JSON that a person wrote: every complaint says where, what is wrong, and what to do."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.evaluation.question_set import EvaluationError

_LONGEST_SHOWN = 60

_Value = TypeVar("_Value")

_TYPE_NAMES: dict[type, str] = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
    type(None): "null",
}


def parse_json(text: str, place: str, first_line: int = 1) -> object:
    """Parse JSON.

    Args:
        text: one JSON value.
        place: what it was read from.
        first_line: number of the text's first line.

    Raises:
        EvaluationError: with the line of the mistake.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        raise EvaluationError(
            f"{place}, line {line}, column {error.colno}: this is not JSON ({error.msg}). "
            "Correct the line."
        ) from None
    except RecursionError:
        raise EvaluationError(
            f"{place}, line {first_line}: lists or objects are nested too deeply to be read. "
            "Write it as the documented format says."
        ) from None
    except ValueError as error:  # A number of thousands of digits.
        raise EvaluationError(
            f"{place}, line {first_line}: a value cannot be read ({error}). Correct it."
        ) from None


@dataclass(frozen=True, slots=True)
class JsonObject:
    """A JSON object and where it stands.

    Attributes:
        values: by name.
        file: that it was read from.
        where: in the file: the line, or a path such as `data[0].paragraphs[2]`; may be empty.
    """

    values: Mapping[str, object]
    file: str
    where: str = ""

    @classmethod
    def of(cls, value: object, file: str, where: str = "") -> "JsonObject":
        """Wrap a value that must be an object."""
        unknown = cls({}, file, where)
        return cls(_checked(value, dict, unknown.place, "this"), file, where)

    @property
    def place(self) -> str:
        """File and place in it, to begin a message with."""
        return f"{self.file}, {self.where}" if self.where else self.file

    def text(self, name: str) -> str:
        """Return a field that must be text, which may be empty."""
        return valid_text(self._field(name, str), self.place, name)

    def texts(self, name: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a field that must be a list of texts with something in them; () if it is absent.

        Args:
            name: of the field.
            required: whether its absence is refused.
        """
        if name not in self.values and not required:
            return ()
        return text_list(self._field(name, list), self.place, name)

    def items(self, name: str) -> list[Any]:
        """Return a field that must be a list."""
        return self._field(name, list)

    def objects(self, name: str) -> list["JsonObject"]:
        """Return a field that must be a list of objects."""
        items = self._field(name, list)
        path = f"{self.where}.{name}" if self.where else name
        return [JsonObject.of(item, self.file, f"{path}[{i}]") for i, item in enumerate(items)]

    def number(self, name: str) -> int:
        """Return a field that must be a whole number, at least 0."""
        value = self._field(name, int)
        if isinstance(value, bool) or value < 0:
            raise self.error(f'"{name}" is {shown(value)}, and a number from 0 is needed')
        return value

    def error(self, complaint: str) -> EvaluationError:
        """Return the error that says what is wrong here."""
        return EvaluationError(f"{self.place}: {complaint}. Correct it.")

    def _field(self, name: str, kind: type[_Value]) -> _Value:
        if name not in self.values:
            raise self.error(f'"{name}" is missing')
        return _checked(self.values[name], kind, self.place, f'"{name}"')


def text_list(items: list[Any], place: str, name: str) -> tuple[str, ...]:
    """Return a list whose items must be texts with something in them.

    Raises:
        EvaluationError: naming the first that is not.
    """
    for number, item in enumerate(items, start=1):
        text = _checked(item, str, place, f'item {number} of "{name}"')
        if not valid_text(text, place, name).strip():
            raise EvaluationError(
                f'{place}: item {number} of "{name}" is empty. Fill it in or leave it out.'
            )
    return tuple(items)


def valid_text(text: str, place: str, name: str) -> str:
    r"""Return a text unless it holds half a character (a lone surrogate, such as "\ud800").

    Raises:
        EvaluationError: if it does.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        raise EvaluationError(
            f'{place}: "{name}" is {shown(text)}, which is not valid Unicode. Correct it.'
        ) from None
    return text


def shown(value: object) -> str:
    """Return a value as it is shown in a message: as JSON, in ASCII, not too long."""
    text = json.dumps(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def _checked(value: object, kind: type[_Value], place: str, what: str) -> _Value:
    if isinstance(value, kind):
        return value
    raise EvaluationError(
        f"{place}: {what} is {_TYPE_NAMES[type(value)]}, and {_TYPE_NAMES[kind]} is needed. "
        "Correct it."
    )
