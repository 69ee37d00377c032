import pytest

from index.sources.pdf.hyphens import LineJoiner

KNOWN = ["he said that the well-known government of passers-by did so", "soft hyphen here too"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["One", "two"], "One two"),
        (["the gov-", "ernment"], "the government"),
        (["the govern-", "ment"], "the government"),
        (["a passers-", "by"], "a passers-by"),
        (["a self-", "made man"], "a self-made man"),
        (["thirty-", "four"], "thirty-four"),
        (["an un-", "known word"], "an unknown word"),
        (["Anglo-", "Saxon"], "Anglo-Saxon"),
        (["1990-", "2000"], "1990-2000"),
        (["a soft\xad", "ware"], "a software"),
        (["a dash -", "and so on"], "a dash - and so on"),
        (["yes -", "- no"], "yes - - no"),
        (["市長は", "火曜日"], "市長は火曜日"),
        (["市長", "ABC"], "市長 ABC"),
        (["One"], "One"),
        ([], ""),
    ],
)
def test_lines_are_joined(lines: list[str], expected: str) -> None:
    assert LineJoiner(KNOWN).join(lines) == expected
