"""Reading eight passages, beside the raw forward pass of the same batch.

    python -m tests.bench.reading

The passages are eight cuts of the default article of about 130 tokens each. In turn: the product's
reader, and one run of ONNX Runtime over all eight, padded to one length. Prints medians and their
ratio.
"""

import sys
import time
from collections.abc import Callable

import numpy as np
import onnxruntime

from bot.reader.encoding import Window
from bot.reader.opening import open_reader, span_model
from bot.reader.reader_files import MODEL_FILE, PACKAGED_READER, find_reader
from index.article import read_default_article
from index.passages import Passage
from index.retriever import ScoredPassage
from index.sentences import split_sentences
from index.spans import Span

_QUESTION = "How many people have been displaced from Mosul?"
_PASSAGES, _TOKENS = 8, 130
_ROUNDS = 60


def main() -> None:
    reader, model = open_reader(PACKAGED_READER, max_wrong=0.1), span_model(PACKAGED_READER)
    reader.load()
    passages = _passages(lambda text: len(model.windows(_QUESTION, [text])[0][0].ids))
    windows = [of[0] for of in model.windows(_QUESTION, [p.passage.text for p in passages])]
    files = find_reader(PACKAGED_READER)
    assert files.directory is not None
    session = onnxruntime.InferenceSession(
        str(files.directory / MODEL_FILE), providers=["CPUExecutionProvider"]
    )
    feed = _padded(windows)
    product, raw = [], []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        reader.read(_QUESTION, passages)
        read = time.perf_counter()
        session.run(None, feed)
        product.append((read - started) * 1000)
        raw.append((time.perf_counter() - read) * 1000)
    warm = slice(_ROUNDS // 6, None)
    ours, theirs = float(np.median(product[warm])), float(np.median(raw[warm]))
    sys.stdout.write(
        f"{_PASSAGES} passages of {np.mean([len(w.ids) for w in windows]):.0f} tokens: read "
        f"{ours:.1f} ms, raw forward {theirs:.1f} ms, ratio {ours / theirs:.2f}\n"
    )


def _passages(count_tokens: Callable[[str], int]) -> list[ScoredPassage]:
    """Return passages of about as many tokens, from sentence to sentence."""
    article = read_default_article()
    body = article.paragraphs
    sentences = split_sentences(article.text, Span(body[0].start, body[-1].end))
    found: list[ScoredPassage] = []
    first = 0
    while len(found) < _PASSAGES:
        last = first
        while last + 1 < len(sentences):
            text = article.text[sentences[first].start : sentences[last].end]
            if count_tokens(text) >= _TOKENS:
                break
            last += 1
        inside = tuple(sentences[first : last + 1])
        start, end = inside[0].start, inside[-1].end
        passage = Passage(article.text[start:end], start, end, 1, inside)
        found.append(ScoredPassage(passage, 0.5, (0.5,) * len(inside)))
        first = (first + 1) % max(len(sentences) - 6, 1)
    return found


def _padded(windows: list[Window]) -> dict[str, np.ndarray]:
    longest = max(len(window.ids) for window in windows)
    shape = (len(windows), longest)
    ids, types, mask = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = window.ids
        types[row, : len(window.ids)] = window.type_ids
        mask[row, : len(window.ids)] = 1
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}


if __name__ == "__main__":
    main()
