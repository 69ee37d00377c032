import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.article import Article, article_from_bytes
from index.errors import EmbeddingModelError
from index.passages import split_passages
from index.sentence_transformers_model import SentenceTransformersModel

pytestmark = pytest.mark.model

LONG = " ".join(
    [
        "The committee "
        + "of the very old city, and of its many schools, " * 60
        + "met on Monday.",
        "pneumonoultramicroscopicsilicovolcanoconiosis" * 40,
        "Это предложение написано по-русски и довольно длинное. " * 30,
        "今天很好我们去学校" * 120,
        "👩‍👩‍👧" * 300,
        "x" + "\u0301" * 900,
        "3.14159, 2.71828; " * 120,
    ]
)


@pytest.fixture(scope="module")
def model() -> SentenceTransformersModel:
    return SentenceTransformersModel()


def test_vectors_are_of_unit_length(model: SentenceTransformersModel) -> None:
    rows = model.encode_passages(["The army took the city.", "", "😀", "word " * 1000])
    assert (rows.shape, rows.dtype) == ((4, 384), np.float32)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-5)
    query = model.encode_query("Who took the city?")
    assert (query.shape, query.dtype) == ((384,), np.float32)
    np.testing.assert_allclose(np.linalg.norm(query), 1, rtol=1e-5)


def test_each_row_is_that_of_its_text() -> None:
    model = SentenceTransformersModel(batch_size=2)
    texts = ["A dog.", "The army took the old city in January.", "Cats.", "Schools opened again."]
    told: list[tuple[int, int]] = []
    rows = model.encode_passages(texts, lambda *done: told.append(done))
    for row, text in zip(rows, texts, strict=True):
        np.testing.assert_allclose(row, model.encode_query(text), atol=1e-5)
    assert told == [(2, 4), (4, 4)]


def test_no_texts_are_no_rows(model: SentenceTransformersModel) -> None:
    assert len(model.encode_passages([])) == 0


def test_the_right_passage_is_nearest(model: SentenceTransformersModel) -> None:
    passages = ["The troops seized the town.", "Pupils are back in class.", "Bread costs more."]
    cosines = model.encode_passages(passages) @ model.encode_query("When did the school reopen?")
    assert int(np.argmax(cosines)) == 1


def test_counts_tokens_as_the_model_reads_them(model: SentenceTransformersModel) -> None:
    assert model.max_tokens == 256
    assert model.count_tokens(["", "city", "the old city"]) == [2, 3, 5]
    whole, longer = "city " * 254, "city " * 254 + "banana"
    assert model.count_tokens([whole, longer]) == [256, 257]
    # What is behind the limit is not read; what is before it is.
    shorter = "city " * 253
    first, second = model.encode_passages([whole, longer])
    np.testing.assert_allclose(first, second, atol=1e-6)
    first, second = model.encode_passages([whole, shorter + "banana"])
    assert float(first @ second) < 0.9999


def test_the_prompt_of_a_model_counts() -> None:
    model = SentenceTransformersModel()
    without = model.count_tokens(["", "city"])
    prompts = model._loaded().prompts
    prompts["document"] = "passage: "  # two tokens

    assert model.count_tokens(["", "city"]) == [count + 2 for count in without]
    rows = model.encode_passages(["city"])
    prompts["document"] = ""
    np.testing.assert_allclose(model.encode_passages(["passage: city"]), rows, atol=1e-6)


def test_counting_and_encoding_from_several_threads(model: SentenceTransformersModel) -> None:
    long = "city " * 1_000

    def count() -> set[int]:
        return {n for _ in range(60) for n in model.count_tokens([long] * 4)}

    with ThreadPoolExecutor(2) as threads:
        counting = threads.submit(count)
        while not counting.done():
            model.encode_query("Who took the city?" + long)
        assert counting.result() == {1_002}


def assert_read_whole(article: Article, model: SentenceTransformersModel) -> None:
    passages = split_passages(article, model.count_tokens, model.max_tokens)
    counts = model.count_tokens([passage.text for passage in passages])
    assert max(counts) <= model.max_tokens
    held = {place for passage in passages for place in range(passage.start, passage.end)}
    body = {place for part in article.paragraphs for place in range(part.start, part.end)}
    assert {place for place in body if not article.text[place].isspace()} <= held


def test_passages_of_a_long_text_are_read_whole(model: SentenceTransformersModel) -> None:
    article = article_from_bytes(LONG.encode(), "long")
    assert model.count_tokens([article.text])[0] > 10 * model.max_tokens
    assert_read_whole(article, model)


def test_passages_of_the_default_article_are_read_whole(
    model: SentenceTransformersModel, default_article: Article
) -> None:
    assert_read_whole(default_article, model)


def test_no_token_of_a_long_sentence_is_lost(model: SentenceTransformersModel) -> None:
    article = article_from_bytes(("the old city met the army " * 200).encode(), "long")
    passages = split_passages(article, model.count_tokens, model.max_tokens)
    counts = model.count_tokens([passage.text for passage in passages])
    assert sum(counts) - 2 * len(counts) == model.count_tokens([article.text])[0] - 2
    assert len(counts) > 3


def test_it_is_known_by_its_published_hash(model: SentenceTransformersModel) -> None:
    assert model.name == "all-MiniLM-L6-v2"
    assert model.fingerprint == "all-MiniLM-L6-v2-53aa51172d142c89"
    model.verify()


def test_nothing_is_printed_while_it_loads_and_encodes(
    capfd: pytest.CaptureFixture[str],
) -> None:
    model = SentenceTransformersModel()
    model.load()
    model.encode_passages(["The army took the city."])
    model.count_tokens(["word " * 1000])
    assert capfd.readouterr() == ("", "")


def test_nothing_is_printed_by_a_fresh_process_and_no_network_is_used() -> None:
    code = (
        "import socket\n"
        "def refuse(*_): raise SystemExit('network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from index.sentence_transformers_model import SentenceTransformersModel\n"
        "model = SentenceTransformersModel()\n"
        "model.load()\n"
        "model.encode_query('city'); model.count_tokens(['word ' * 1000])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_directory_without_a_model_is_refused(tmp_path: Path) -> None:
    directory = tmp_path / "nothing"
    directory.mkdir()
    (directory / "config.json").write_text("{")
    with pytest.raises(EmbeddingModelError) as error:
        SentenceTransformersModel(str(directory)).load()
    assert str(error.value) == (
        f"The directory {directory} does not hold a sentence-transformers model that can be "
        "loaded. Set EMBEDDING_MODEL to another, or to all-MiniLM-L6-v2."
    )
