"""Runs of characters that are drawn as nothing, and that can carry a message for programs."""

import re

# One zero-width character alone marks where a line may break, or shapes a letter; two variation
# selectors or tags in a row are never needed, except for the tags of a regional flag.
_RUN = re.compile(
    "(?<!\U0001f3f4)(?<![\U000e0020-\U000e007e])[\U000e0000-\U000e007f]+"
    "|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2,}"
    "|[\u180e\u200b\u2060-\u2064\ufeff]{2,}"
    "|[\u180e\u200b-\u200d\u2060-\u2064\ufeff]{3,}"
)
# They show a text in another order than it is written in.
_OVERRIDES = str.maketrans("", "", "\u202d\u202e")


def strip_invisible_runs(text: str) -> tuple[str, int]:
    """Return a text without such runs, and how many there were.

    Overrides of the writing direction are left out too; they hide nothing, and are not counted.
    """
    if text.isascii():
        return text, 0
    return _RUN.subn("", text.translate(_OVERRIDES))
