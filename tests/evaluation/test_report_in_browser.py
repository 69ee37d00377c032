"""The report in a real browser: headless Chromium, driven by Selenium over the loopback.

Skipped where there is no browser.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from bot.evaluation.report import write_report
from tests.browser import NoBrowser, open_browser
from tests.evaluation.reports import NASTY, gather, nasty_run, sentence_record
from tests.evaluation.runs import make_record, make_run, random_run


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    try:
        opened = open_browser(tmp_path_factory.mktemp("profile"), 1200, 900)
    except NoBrowser as reason:
        pytest.skip(str(reason))
    yield opened
    opened.quit()


@pytest.fixture(autouse=True)
def nothing_to_complain_about(browser: Any) -> Iterator[None]:  # noqa: ANN401
    """Fail a test after which the console has an entry or the page has asked for anything."""
    yield
    assert browser.get_log("browser") == []
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    before, run = random_run(120, seed=1, skill=0.4), random_run(120, seed=2)
    marked = sentence_record("marked", "👩‍👩‍👧 said [a <black> cat] came.", question="A unicorn?")
    records = (*run.records, marked, make_record("failed", error="Too long.", prediction=None))
    write_report(path, gather(replace(run, records=records), before))
    return path


class Report:
    """A report that is open in a browser."""

    def __init__(self, browser: Any, path: Path, fragment: str = "") -> None:  # noqa: ANN401
        self.run = browser.execute_script
        browser.get("about:blank")
        browser.get(path.as_uri() + fragment)

    def set(self, field: str, value: str) -> None:
        """Choose or type something in the filter, as a person does."""
        self.run(
            "const f = document.getElementById(arguments[0]); f.value = arguments[1];"
            "f.dispatchEvent(new Event('input', {bubbles: true}))",
            f"f-{field}",
            value,
        )

    def texts(self, selector: str) -> list[str]:
        script = "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)"
        found: list[str] = self.run(script, selector)
        return found

    @property
    def count(self) -> str:
        return self.texts("#count")[0]

    @property
    def shown_ids(self) -> list[str]:
        return self.texts("#list .top a")


def test_worst_comes_first(browser: Any, report: Path) -> None:  # noqa: ANN401
    page = Report(browser, report)
    assert page.count == "122 questions"
    assert len(page.shown_ids) == 50
    page.set("sort", "worst")
    first = page.texts("#list .outcome")
    assert {"wrong words", "should have refused", "error"} >= {*first[:5]}
    page.set("sort", "best")
    assert page.texts("#list .outcome")[0] == "right"
    page.set("sort", "asked")
    assert page.shown_ids[:3] == ["q0", "q1", "q2"]


def test_filter(browser: Any, report: Path) -> None:  # noqa: ANN401
    page = Report(browser, report)
    page.set("text", "UNICORN")
    assert (page.count, page.shown_ids) == ("1 of 122 questions", ["marked"])
    page.set("text", "no such words")
    assert page.texts("#list li") == ["No question fits this filter."]
    browser.find_element("id", "clear").click()
    assert page.count == "122 questions"
    page.set("outcome", "error")
    assert page.shown_ids == ["failed"]
    page.set("outcome", "")
    page.set("word", "when")
    page.set("tag", "t1")
    expected = {f"q{number}" for number in range(120) if number % 4 == 1 and number % 3 == 1}
    assert {*page.shown_ids} == expected


def test_a_key_press_filters(browser: Any, report: Path) -> None:  # noqa: ANN401
    page = Report(browser, report)
    browser.find_element("id", "f-text").send_keys("unicorn")
    assert page.shown_ids == ["marked"]


def test_summary_and_baseline_lead_to_the_questions(browser: Any, report: Path) -> None:  # noqa: ANN401
    page = Report(browser, report)
    browser.find_element("css selector", "a[data-outcome=right_refusal]").send_keys("\n")
    assert {*page.texts("#list .outcome")} == {"right refusal"}
    browser.find_element("css selector", "a[data-change=gained]").send_keys("\n")
    assert page.shown_ids
    assert all("wrong → right" in top for top in page.texts("#list .top"))


def test_pages(browser: Any, report: Path) -> None:  # noqa: ANN401
    page = Report(browser, report)
    page.set("sort", "asked")
    browser.find_element("id", "next").click()
    browser.find_element("id", "next").click()
    assert page.texts("#page") == ["101–122 of 122"]
    assert page.shown_ids[0] == "q100"
    assert page.run("return document.getElementById('next').disabled")


def test_a_link_leads_to_its_question_on_any_page(browser: Any, report: Path) -> None:  # noqa: ANN401
    page = Report(browser, report, "#q-q119")
    assert page.run("return document.activeElement.id") == "q-q119"
    page.set("text", "unicorn")
    page.run("location.hash = '#q-q7'")
    browser.execute_async_script("requestAnimationFrame(() => arguments[0]())")
    assert page.run("return document.activeElement.id") == "q-q7"
    assert page.count == "122 questions"


def test_gold_and_answer_are_marked(browser: Any, report: Path) -> None:  # noqa: ANN401
    page = Report(browser, report, "#q-marked")
    item = "#q-marked blockquote "
    assert page.texts(item) == ["¶ 4👩‍👩‍👧 said a black cat came."]
    assert page.texts(item + "mark.gold") == ["a ", "black", " cat"]
    assert page.texts(item + "mark.answer") == ["black"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1200])
def test_readable_in_light_and_dark_narrow_and_wide(
    browser: Any,  # noqa: ANN401
    report: Path,
    tmp_path: Path,
    scheme: str,
    width: int,
) -> None:
    feature = {"name": "prefers-color-scheme", "value": scheme}
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    page = Report(browser, report)
    ink, paper = page.run(
        "const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]"
    )
    assert contrast(ink, paper) > 7
    assert (luminance(paper) > 0.5) == (scheme == "light")
    overflow = "const d = document.documentElement; return d.scrollWidth - d.clientWidth"
    assert page.run(overflow) == 0
    picture = tmp_path / "report.png"
    assert browser.save_screenshot(str(picture))
    assert picture.stat().st_size > 10_000


def test_words_of_others_stay_words(browser: Any, tmp_path: Path) -> None:  # noqa: ANN401
    path = tmp_path / "nasty.html"
    write_report(path, gather(nasty_run(), nasty_run(), baseline_name=NASTY))
    page = Report(browser, path, f"#q-{quote(NASTY)}")
    assert NASTY in page.shown_ids
    assert page.texts("#list h3") == [NASTY, NASTY]
    assert page.run("return document.activeElement.id") == f"q-{NASTY}"
    assert page.run("return document.querySelectorAll('script').length") == 2


def test_ten_thousand_questions(browser: Any, tmp_path: Path) -> None:  # noqa: ANN401
    path = tmp_path / "large.html"
    few = gather(random_run(100, seed=1))
    records = [replace(few.run.records[i % 100], id=f"q{i}") for i in range(10_000)]
    run = make_run(records)
    write_report(path, replace(few, run=run, scores=few.scores * 100))
    page = Report(browser, path, "#q-q9999")
    assert page.count == "10,000 questions"
    assert page.run("return document.activeElement.id") == "q-q9999"
    assert page.run("return document.querySelectorAll('*').length") < 4_000


def luminance(colour: str) -> float:
    """Return the relative luminance of `rgb(r, g, b)`, from 0 to 1, as WCAG 2 defines it."""
    values = [int(value) / 255 for value in colour.removeprefix("rgb(").rstrip(")").split(",")]
    linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
