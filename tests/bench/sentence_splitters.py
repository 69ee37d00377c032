"""Compare sentence splitters on hand-labelled boundaries; prints a Markdown table.

Run from the repository's root, in an environment with whichever candidates are to be compared:

    pip install sentencex pysbd syntok nupunkt blingfire spacy
    python -m tests.bench.sentence_splitters path/to/wiki.json

`wiki.json` is in SQuAD's format. Its texts are not in the repository: the gold file names articles
and paragraphs, with a checksum and the offsets where sentences end. `--select 0` prints how the
paragraphs were chosen. A candidate runs in a process of its own, so that its import time and memory
are its own and a text that it cannot finish can be stopped.
"""

import argparse
import hashlib
import importlib
import json
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

Spans = Iterable[tuple[int, int]]
Splitter = Callable[[str], Spans]

GOLD = Path(__file__).with_name("sentence_gold.json")
TIME_LIMIT_S = 20.0
# What makes a paragraph hard; it is chosen if it shows enough different ones of these.
FEATURES = (
    r"\b(?:[A-Za-z]\.){2,}",
    r"\b[A-Z]\.\s?[A-Z][a-z]",
    r"\b(?:Dr|Mr|Mrs|St|vs|etc|ca?|Jr|No|Inc|Co|Gen|Lt|Prof|Rev|cf|vol|pp?)\.",
    r"\d\.\d",
    r"[.!?][\"”’')\]]|[\"”][.!?]",
    r"[!?]",
    r"\.\.|…",
    r"[a-z)\"]\.[A-Z]",
)
# A language, a text in it, and how many sentences the text has.
LANGUAGES = (
    ("de", "Das ist z. B. ein Test. Am 3. Oktober war Feiertag. Dr. Müller kam ca. um 5.", 3),
    ("es", "El Sr. García llegó. ¿Qué hora es? ¡Vamos! Vive en EE. UU. desde 2010.", 4),
    ("ar", "ذهب الولد إلى المدرسة. هل عاد؟ نعم.", 3),
    ("hi", "राम घर गया। सीता भी गई। क्या हुआ?", 3),
    ("zh", "今天天气很好。我们去公园吧！你去吗？", 3),
    ("ja", "今日は晴れです。公園に行きましょう。彼は笑った。", 3),
)
NASTY = (
    *(
        "",
        " ",
        "\n\n",
        "...",
        "?!?!",
        '"',
        "”“",
        "(",
        "😀",
        "👩‍👩‍👧 ok. 👍 Yes!",
        "\x00a. B",
        "e\u0301. E\u0301.",
    ),
    *(
        "שלום. עולם.",
        "\u200fשלום. Hello. \u202eabc.",
        "a\tb. \u00a0C.\u3000D.",
        "no full stop at all",
    ),
    *(
        "one.Two.Three",
        "x" * 5000,
        ". " * 500,
        '"a. ' * 200,
        "The committee met on\nMonday. It rose.",
    ),
)
LONG = {
    "prose": 'He met Dr. Smith in 2017. "It was good," he said. ' * 20_000,
    "no mark": "word and " * 111_000,
    "only marks": ".?!… " * 200_000,
    "initials": "J. R. R. " * 111_000,
}


def _sentencex(language: str) -> Splitter:
    split = importlib.import_module("sentencex").get_sentence_boundaries
    return lambda text: [(b["start_index"], b["end_index"]) for b in split(language, text)]


def _pysbd(language: str) -> Splitter:
    segmenter = importlib.import_module("pysbd").Segmenter(language, clean=False, char_span=True)
    return lambda text: [(s.start, s.end) for s in segmenter.segment(text)]


def _syntok(language: str) -> Splitter:
    if language not in {"en", "de", "es"}:
        raise ValueError(f"syntok does not know {language}")
    analyze = importlib.import_module("syntok.segmenter").analyze

    def split(text: str) -> Spans:
        for sentence in (tokens for paragraph in analyze(text) for tokens in paragraph):
            yield sentence[0].offset, sentence[-1].offset + len(sentence[-1].value)

    return split


def _nupunkt(language: str) -> Splitter:
    if language != "en":
        raise ValueError(f"nupunkt's model is English, not {language}")
    module = importlib.import_module("nupunkt")
    return lambda text: module.sent_spans(text)


def _blingfire(language: str) -> Splitter:
    module = importlib.import_module("blingfire")
    return lambda text: module.text_to_sentences_and_offsets(text)[1]


def _spacy(language: str) -> Splitter:
    nlp: Any = importlib.import_module("spacy").blank(language)
    nlp.add_pipe("sentencizer")
    return lambda text: [(s.start_char, s.end_char) for s in nlp(text).sents]


def _ours(language: str) -> Splitter:
    split = importlib.import_module("index.sentences").split_sentences
    return lambda text: [(s.start, s.end) for s in split(text, language=language)]


SPLITTERS: dict[str, Callable[[str], Splitter]] = {
    "index.sentences": _ours,
    "sentencex": _sentencex,
    "blingfire": _blingfire,
    "nupunkt": _nupunkt,
    "syntok": _syntok,
    "spacy": _spacy,
    "pysbd": _pysbd,
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph with the offsets behind its sentences, the last one left out."""

    part: str
    text: str
    ends: frozenset[int]


def read_wiki(path: Path) -> dict[tuple[str, int], str]:
    """Return the paragraphs of a file in SQuAD's format by title and number."""
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    return {
        (article["title"], number): paragraph["context"]
        for article in articles
        for number, paragraph in enumerate(article["paragraphs"])
    }


def select(wiki: dict[tuple[str, int], str], seed: int) -> list[tuple[str, int]]:
    """Choose twenty hard paragraphs, two of an article at most; seed 1 leaves out seed 0's."""
    used = set(select(wiki, 0)) if seed else set()
    keys = list(wiki)
    random.Random(seed).shuffle(keys)
    chosen: list[tuple[str, int]] = []
    for key in keys:
        features = sum(re.search(feature, wiki[key]) is not None for feature in FEATURES)
        hard = len(re.findall(r"[.!?…]", wiki[key])) >= 4 and features >= 3 - min(seed, 1)
        if hard and key not in used and Counter(title for title, _ in chosen)[key[0]] < 2:
            chosen.append(key)
    return chosen[:20]


def read_gold(wiki: dict[tuple[str, int], str]) -> Iterator[Labelled]:
    """Yield the labelled paragraphs; a wiki text that has changed is an error."""
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    for sentences in gold["article"]:
        ends = [len("".join(sentences[:count])) for count in range(1, len(sentences))]
        yield Labelled("article", "".join(sentences), frozenset(ends))
    for part in ("wiki 1", "wiki 2"):
        for entry in gold[part]:
            text = wiki[entry["title"], entry["paragraph"]]
            if hashlib.sha256(text.encode()).hexdigest() != entry["sha256"]:
                raise ValueError(f"{entry['title']} {entry['paragraph']} is not the labelled text")
            yield Labelled(part, text, frozenset(entry["ends"]))


def strip(text: str, spans: Spans) -> list[tuple[int, int]]:
    """Return the spans without white space at their ends, empty ones left out."""
    stripped = []
    for start, end in spans:
        if bare := text[start:end].strip():
            first = text.index(bare[0], start)
            stripped.append((first, first + len(bare)))
    return stripped


def keeps_text(split: Splitter, text: str) -> bool:
    """Whether every character that is not white space lies in exactly one sentence."""
    try:
        places = [place for start, end in strip(text, split(text)) for place in range(start, end)]
    except Exception:  # a crash is what is counted here
        return False
    bare = [place for place in places if not text[place].isspace()]
    return bare == [place for place, character in enumerate(text) if not character.isspace()]


def measure(name: str, wiki_path: Path) -> dict[str, str]:
    """Return one row of the table, measured in this process."""
    begin_kib, begin = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    split = SPLITTERS[name]("en")
    list(split("One. Two."))
    row = {"import ms": f"{(time.perf_counter() - begin) * 1000:.0f}"}
    used_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - begin_kib
    row["memory MiB"] = f"{used_kib / 1024:.0f}"
    wiki = read_wiki(wiki_path)  # not before: the memory that it frees would hide the splitter's
    counts: dict[str, Counter[str]] = {}
    for gold in read_gold(wiki):
        found = {end for _, end in strip(gold.text, split(gold.text))} - {len(gold.text.rstrip())}
        counts.setdefault(gold.part, Counter()).update(
            hit=len(found & gold.ends), wrong=len(found - gold.ends), missed=len(gold.ends - found)
        )
    for part, count in counts.items():
        precision = count["hit"] / (count["hit"] + count["wrong"])
        recall = count["hit"] / (count["hit"] + count["missed"])
        f1 = 2 * precision * recall / (precision + recall)
        row[f"{part} P / R / F1"] = f"{precision:.3f} / {recall:.3f} / {f1:.3f}"
    begin = time.perf_counter()
    total = sum(len(list(split(text))) for text in wiki.values())
    row["sentences/s"] = f"{total / (time.perf_counter() - begin):,.0f}"
    row["nasty texts kept"] = f"{sum(keeps_text(split, text) for text in NASTY)}/{len(NASTY)}"
    row["languages"] = " ".join(example[0] for example in LANGUAGES if known(name, *example))
    return row


def known(name: str, code: str, text: str, count: int) -> bool:
    """Whether the splitter finds the right number of sentences in a text of that language."""
    try:
        return len(strip(text, SPLITTERS[name](code)(text))) == count
    except Exception:  # an unknown language is an error in every library's own way
        return False


def in_own_process(*arguments: str, limit_s: float | None = None) -> str:
    """Run this script; return its output, ">limit" when it was stopped, or its last error line."""
    command = [sys.executable, "-m", "tests.bench.sentence_splitters", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit_s, check=False)
    except subprocess.TimeoutExpired:
        return f">{limit_s:.0f}"
    return done.stdout if done.returncode == 0 else (done.stderr.strip().split("\n")[-1][:60])


def table(wiki_path: str) -> str:
    """Return the Markdown table of every candidate that is installed."""
    rows: list[dict[str, str]] = []
    for name in SPLITTERS:
        try:
            label = name if name == "index.sentences" else f"{name} {version(name)}"
        except PackageNotFoundError:
            continue
        output = in_own_process(wiki_path, "--measure", name)
        row = {"splitter": label, **json.loads(output)}
        for case in LONG:
            row[f"1 MB, {case}, s"] = in_own_process(
                wiki_path, "--measure", name, "--long", case, limit_s=TIME_LIMIT_S
            )
        rows.append(row)
    lines = [list(rows[0]), ["---"] * len(rows[0]), *(list(row.values()) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Print the table, or what one process measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wiki", type=Path, help="paragraphs in SQuAD's format")
    parser.add_argument("--select", type=int, help="print the paragraphs chosen with this seed")
    parser.add_argument("--measure", choices=SPLITTERS, help="one splitter's row as JSON")
    parser.add_argument("--long", choices=LONG, help="seconds for one text of 1 MB")
    options = parser.parse_args()
    if options.select is not None:
        chosen = select(read_wiki(options.wiki), options.select)
        sys.stdout.write("\n".join(f"{title} {number}" for title, number in chosen) + "\n")
    elif options.long:
        split = SPLITTERS[options.measure]("en")
        begin = time.perf_counter()
        list(split(LONG[options.long]))
        sys.stdout.write(f"{time.perf_counter() - begin:.2f}")
    elif options.measure:
        sys.stdout.write(json.dumps(measure(options.measure, options.wiki)))
    else:
        sys.stdout.write(table(str(options.wiki)) + "\n")


if __name__ == "__main__":
    main()
