import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.report import render_report, write_report
from tests.evaluation.reports import NASTY, gather, nasty_run
from tests.evaluation.runs import make_record, make_run, random_run


class Page(HTMLParser):
    """What a parser sees: tags with their attributes, text, and the content of scripts."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.blocks: dict[str, list[str]] = {"script": [], "style": []}
        self._inside: str | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in self.blocks:
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside is None:
            self.text += data
        else:
            self.blocks[self._inside].append(data)

    @property
    def questions(self) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = json.loads(self.blocks["script"][0])["questions"]
        return entries

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def says(self, words: str) -> bool:
        return words in " ".join(self.text.split())


@pytest.fixture(scope="module")
def html() -> str:
    return render_report(gather(random_run(40, seed=1), random_run(40, seed=2)))


def test_nothing_outside_the_page_is_asked_for(html: str) -> None:
    page = Page(html)
    loading = {"link", "img", "iframe", "object", "embed", "base", "image", "use", "source"}
    assert loading & {tag for tag, _ in page.tags} == set()
    assert [
        attributes for _, attributes in page.tags if {"src", "style", "onclick"} & {*attributes}
    ] == []
    assert {(a["href"] or "")[0] for a in page.named("a")} == {"#"}
    assert re.search(r"url\(|@import|fetch\(|XMLHttp|https?:", html) is None


def test_the_policy_allows_our_script_and_style_and_nothing_else(html: str) -> None:
    page = Page(html)
    policy = next(a["content"] for a in page.named("meta") if "http-equiv" in a)
    assert policy is not None
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    hashes = [
        base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
        for block in (page.blocks["style"][0], page.blocks["script"][1])
    ]
    assert directives == {
        "default-src": "'none'",
        "style-src": f"'sha256-{hashes[0]}'",
        "script-src": f"'sha256-{hashes[1]}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_words_of_others_stay_words() -> None:
    html = render_report(gather(nasty_run(), nasty_run(), baseline_name=NASTY))
    page = Page(html)
    assert "<script>alert" not in html
    assert len(page.blocks["script"]) == 2
    assert [dict(a) for a in page.named("script")] == [
        {"type": "application/json", "id": "data"},
        {},
    ]
    entry, failed = page.questions
    quote = {"paragraph": 1, "pieces": [[NASTY, 3]]}
    assert entry["id"] == entry["question"] == entry["answer"] == NASTY
    assert entry["tags"] == entry["gold"] == [NASTY]
    assert (entry["values"], entry["quotes"]) == ([[NASTY]], [quote])
    assert failed["error"] == NASTY
    # Title, heading, article, date, baseline, the tag's dot; 3 of the set, 2 settings, 2 versions.
    assert page.text.count(NASTY) == 13
    assert not re.search("[<>&\u2028\u2029]", page.blocks["script"][0])


def test_a_lone_surrogate_is_written(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(path, gather(make_run([make_record(question="a\udc80b")])))
    assert Page(path.read_text(encoding="utf-8")).questions[0]["question"] == "a\udc80b"


def test_a_score_that_is_no_number_is_left_out() -> None:
    run = make_run([make_record(score=float("-inf"), prediction=None)])
    page = Page(render_report(gather(run)))
    assert page.questions[0]["score"] is None


def test_figures_stand_with_interval_number_and_definition(html: str) -> None:
    data = gather(random_run(40, seed=1), random_run(40, seed=2))
    f1 = data.figures.metrics["f1"]
    page = Page(html)
    assert page.says(f"{f1.value:.3f} {f1.low:.3f}–{f1.high:.3f} 40")
    assert page.says("Mean word overlap with the nearest gold answer")
    for family in ("Retrieval", "Answer", "Citation", "Refusal", "Cost"):
        assert page.says(family)
    assert page.says("300 MB")
    assert page.says("asked of the whole article")
    assert data.best_threshold is not None
    assert f"<dt>Best for F1</dt><dd>{data.best_threshold.score:.4g}</dd>" in html


def test_a_metric_without_a_value_is_left_out(html: str) -> None:
    data = gather(random_run(40, seed=1))
    assert data.figures.metrics["calibration_error"].value is None
    assert not Page(html).says("calibration_error")


def test_the_plots_say_in_words_what_they_show(html: str) -> None:
    labels = [attributes.get("aria-label") or "" for attributes in Page(html).named("svg")]
    drawn = [label for label in labels if label]
    assert len(drawn) == 5
    assert "of the answers wrong" in drawn[0]
    assert drawn[1].startswith("Scores of the questions")
    assert re.match(r"F1 by group: who \d\.\d\d \(n 10\);", drawn[2])


def test_a_probability_is_plotted_by_how_often_it_is_right() -> None:
    run = make_run([make_record(score=0.75), make_record("r", score=0.25)])
    page = Page(render_report(gather(replace(run, score_is_probability=True))))
    labels = [attributes.get("aria-label") for attributes in page.named("svg")]
    assert "25% probable: 100% right (n 1); 75% probable: 100% right (n 1)" in labels
    assert page.says("Calibration")
    assert not page.says("Upwards: the article answers.")


def test_changes_against_the_baseline() -> None:
    run = random_run(40, seed=1)
    worse = replace(run, records=tuple(replace(r, prediction="no") for r in run.records))
    data = gather(worse, run, baseline_name="before.json")
    page = Page(render_report(data))
    assert data.comparison is not None
    lost = data.comparison.changed.right_to_wrong
    assert [e["id"] for e in page.questions if e.get("change") == "lost"] == [*lost]
    assert page.says(f"{len(lost)} from right to wrong 0 from wrong to right")
    assert re.search(
        r"f1 −0\.\d{3} −0\.\d{3} to −0\.\d{3} (< )?0\.\d{3} worse", " ".join(page.text.split())
    )


def test_a_run_against_itself_shows_no_difference() -> None:
    run = random_run(40, seed=1)
    assert Page(render_report(gather(run, run))).says("No difference that this set can show")


def test_without_a_baseline_there_is_no_word_of_one() -> None:
    page = Page(render_report(gather(random_run(9, seed=1))))
    assert not page.says("Against the baseline")
    assert "#baseline" not in [a["href"] for a in page.named("a")]


def test_an_interrupted_run_says_so() -> None:
    run = random_run(9, seed=1)
    assert not Page(render_report(gather(run))).says("Interrupted.")
    assert Page(render_report(gather(replace(run, complete=False)))).says("Interrupted.")


def test_a_run_that_was_interrupted_before_its_first_question() -> None:
    page = Page(render_report(gather(make_run([], complete=False))))
    assert page.questions == []
    assert page.says("0 questions")


def test_headings_and_landmarks(html: str) -> None:
    page = Page(html)
    tags = [tag for tag, _ in page.tags]
    assert [tags.count(tag) for tag in ("h1", "main", "nav", "header")] == [1, 1, 1, 1]
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len({*ids})
    assert {a["for"] for a in page.named("label")} == {i for i in ids if i and i.startswith("f-")}


def test_a_report_replaces_the_one_before_or_leaves_it(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("before", encoding="utf-8")
    data = gather(random_run(9, seed=1))
    with pytest.raises(ValueError, match="zip"):
        write_report(path, replace(data, scores=()))
    assert path.read_text(encoding="utf-8") == "before"
    write_report(path, data)
    assert path.read_text(encoding="utf-8") == render_report(data)
    assert [*tmp_path.glob("*report*")] == [path]
