import pytest

from index.sources.html.declarations import parse_declarations
from index.sources.html.lengths import numbers_in, pixels, ratio
from index.sources.html.out_of_sight import is_out_of_sight, opacity


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("12px", 12.0),
        ("0", 0.0),
        ("-2em", -20.0),
        ("2rem", 32.0),
        ("50%", 50.0),
        ("1e3px", 1000.0),
        ("auto", None),
        ("calc(1px + 2px)", None),
        (None, None),
    ],
)
def test_lengths_in_pixels(value: str | None, expected: float | None) -> None:
    assert pixels(value, 10, whole=100) == expected


def test_numbers_of_a_value() -> None:
    assert numbers_in("rect(0, 1px, 2em, auto)", 10) == [0, 1, 20]


@pytest.mark.parametrize(("value", "expected"), [("0.5", 0.5), ("50%", 0.5), ("x", None)])
def test_shares(value: str, expected: float | None) -> None:
    assert ratio(value) == expected


@pytest.mark.parametrize(
    "style",
    [
        "position:absolute;left:-9999px",
        "position:fixed;top:-100em",
        "position:relative;left:99999px",
        "margin-left:-9999px",
        "position:absolute;clip:rect(0 0 0 0)",
        "position:absolute;clip:rect(1px,1px,1px,1px)",
        "clip-path:inset(50%)",
        "clip-path:circle(0)",
        "height:0;overflow:hidden",
        "width:1px;height:1px;overflow:hidden",
        "max-height:0;overflow-y:clip",
        "transform:scale(0)",
        "transform:rotate(3deg) translateX(-9999px)",
        "scale:0",
    ],
)
def test_boxes_that_nobody_sees(style: str) -> None:
    assert is_out_of_sight(parse_declarations(style).normal, 16)


@pytest.mark.parametrize(
    "style",
    [
        "",
        "left:-9999px",
        "position:absolute;left:-20px",
        "position:relative;top:2px",
        "margin-left:-20px",
        "clip:rect(0 0 0 0)",
        "height:0",
        "max-height:300px;overflow:hidden",
        "clip-path:inset(10%)",
        "clip-path:polygon(0 0, 100% 0, 100% 100%)",
        "transform:scale(0.5)",
        "transform:translate(-50%, -50%)",
        "scale:1.2",
    ],
)
def test_boxes_that_people_see(style: str) -> None:
    assert not is_out_of_sight(parse_declarations(style).normal, 16)


@pytest.mark.parametrize(
    ("style", "expected"),
    [("opacity:0", 0), ("opacity:50%", 0.5), ("filter:opacity(0)", 0), ("opacity:7", 1), ("", 1)],
)
def test_opacity(style: str, expected: float) -> None:
    assert opacity(parse_declarations(style).normal) == expected
