from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, processors

from bot.reader import encoding
from bot.reader.encoding import Window, WindowEncoder
from index.article import read_default_article
from tests.nasty_text import nasty_texts
from tests.reader.tiny_models import byte_pairs, word_pieces

ARTICLE = read_default_article().text
PACKAGED = Path(encoding.__file__).parent / "model" / "tokenizer.json"
BERT = Tokenizer.from_file(str(PACKAGED))
TOKENIZERS = {
    "bert": BERT,
    "letters": word_pieces(),
    "roberta": byte_pairs(ARTICLE),
    "roberta-trimmed": byte_pairs(ARTICLE, spaces="out"),
}
ENCODERS = {name: WindowEncoder(tokenizer, 512) for name, tokenizer in TOKENIZERS.items()}
EVERY = pytest.mark.parametrize("name", list(TOKENIZERS))


def only(windows: list[list[Window]]) -> Window:
    ((window,),) = windows
    return window


def test_a_window_of_bert() -> None:
    window = only(ENCODERS["bert"].encode("Who left town?", ["The army left."]))
    asked, told = ["who", "left", "town", "?"], ["the", "army", "left", "."]
    tokens = [BERT.id_to_token(number) for number in window.ids.tolist()]
    assert tokens == ["[CLS]", *asked, "[SEP]", *told, "[SEP]"]
    assert window.type_ids.tolist() == [0] * 6 + [1] * 5
    assert window.first == 6
    assert window.offsets.tolist() == [[0, 3], [4, 8], [9, 13], [13, 14]]
    assert (window.ids.dtype, window.type_ids.dtype) == (np.int64, np.int64)


@pytest.mark.parametrize(
    ("name", "offsets"),
    [
        ("roberta", [[0, 1], [1, 2], [2, 6], [6, 12], [12, 13]]),
        ("roberta-trimmed", [[0, 1], [1, 2], [3, 6], [7, 12], [12, 13]]),
    ],
)
def test_a_window_of_roberta(name: str, offsets: list[list[int]]) -> None:
    window = only(ENCODERS[name].encode("Iraqi city", ["of the Mosul."]))
    tokens = [TOKENIZERS[name].id_to_token(number) for number in window.ids.tolist()]
    assert tokens[0] == "<s>"
    assert tokens[window.first - 2 : window.first] == ["</s>", "</s>"]
    assert tokens[window.first :] == ["o", "f", "Ġthe", "ĠMosul", ".", "</s>"]
    assert "".join(tokens[1 : window.first - 2]) == "IraqiĠcity"
    assert window.type_ids.tolist() == [0] * len(tokens)
    assert window.offsets.tolist() == offsets


@EVERY
@pytest.mark.parametrize("question", ["Who?", "Who left the old city of Mosul, and when?"])
def test_a_short_passage_is_what_the_tokenizer_makes_of_the_pair(name: str, question: str) -> None:
    passage = "Iraqi forces battled deep into the heart of Mosul."
    window = only(ENCODERS[name].encode(question, [passage]))
    both = TOKENIZERS[name].encode(question, passage)
    assert window.ids.tolist() == both.ids
    assert window.type_ids.tolist() == both.type_ids
    places = [place for place, part in enumerate(both.sequence_ids) if part == 1]
    assert places == list(range(window.first, window.first + len(window.offsets)))
    assert [tuple(offsets) for offsets in window.offsets.tolist()] == [
        both.offsets[place] for place in places
    ]


@EVERY
def test_a_long_passage_is_read_in_windows_that_overlap(name: str) -> None:
    passage = " ".join([ARTICLE] * 4)
    (windows,) = ENCODERS[name].encode("Who left?", [passage])
    every = TOKENIZERS[name].encode(passage, add_special_tokens=False)
    assert len(windows) > 3
    start = 0
    for window in windows:
        end = start + len(window.offsets)
        inside = window.ids[window.first : window.first + len(window.offsets)]
        assert inside.tolist() == every.ids[start:end]
        assert [tuple(offsets) for offsets in window.offsets.tolist()] == every.offsets[start:end]
        assert len(window.ids) <= 512
        start = end - 64
    assert end == len(every.ids)
    heads = {tuple(window.ids[: window.first].tolist()) for window in windows}
    assert len(heads) == 1
    assert {len(window.ids) for window in windows[:-1]} == {512}


@EVERY
def test_a_passage_that_just_fits_is_one_window(name: str) -> None:
    tokenizer = TOKENIZERS[name]
    asked = len(tokenizer.encode("Who?", "").ids)
    passage = "a" + " a" * (511 - asked)
    assert len(tokenizer.encode("Who?", passage).ids) == 512
    assert len(only(ENCODERS[name].encode("Who?", [passage])).ids) == 512
    (windows,) = ENCODERS[name].encode("Who?", [passage + " a"])
    assert [len(window.ids) for window in windows] == [512, asked + 65]


@EVERY
def test_a_long_question_is_cut_and_the_passage_is_read(name: str) -> None:
    question = "who and " * 500
    window = only(ENCODERS[name].encode(question, ["The army left."]))
    signs = len(TOKENIZERS[name].encode("", "").ids)
    read = len(TOKENIZERS[name].encode("The army left.", add_special_tokens=False).ids)
    assert len(window.ids) == signs + 128 + read
    asked = TOKENIZERS[name].encode(question, add_special_tokens=False).ids
    assert window.ids[1:129].tolist() == asked[:128]
    assert len(window.offsets) == read


@pytest.mark.parametrize("max_tokens", [270, 300, 384, 512])
def test_no_window_is_longer_than_the_model_reads(max_tokens: int) -> None:
    encoder = WindowEncoder(BERT, max_tokens)
    (windows,) = encoder.encode("who " * 500, [ARTICLE])
    assert max(len(window.ids) for window in windows) == max_tokens


@pytest.mark.parametrize("max_tokens", [128, 256])
def test_no_window_is_longer_than_a_small_model_reads(max_tokens: int) -> None:
    encoder = WindowEncoder(BERT, max_tokens)
    (windows,) = encoder.encode("who and when " * 43, [ARTICLE])
    assert max(len(window.ids) for window in windows) <= max_tokens


@EVERY
def test_passages_come_in_order_and_an_empty_one_has_no_window(name: str) -> None:
    windows = ENCODERS[name].encode("Who?", ["The army.", "", "It left in June."])
    assert [len(of_one) for of_one in windows] == [1, 0, 1]
    assert ENCODERS[name].encode("Who?", []) == []
    alone = only(ENCODERS[name].encode("Who?", ["It left in June."]))
    assert windows[2][0].ids.tolist() == alone.ids.tolist()


@settings(max_examples=60)
@given(
    name=st.sampled_from(list(TOKENIZERS)),
    question=nasty_texts(),
    passage=nasty_texts("the city of Mosul ", "naïve 👋 café "),
    times=st.sampled_from([1, 1, 1, 40]),
)
def test_windows_cover_every_token_in_code_points(
    name: str, question: str, passage: str, times: int
) -> None:
    text = passage * times
    (windows,) = ENCODERS[name].encode(question, [text])
    every = TOKENIZERS[name].encode(text, add_special_tokens=False)
    covered = [tuple(pair) for window in windows for pair in window.offsets.tolist()]
    assert set(covered) == set(every.offsets)
    for window in windows:
        assert len(window.ids) == len(window.type_ids) <= 512
        assert window.first + len(window.offsets) < len(window.ids)
        assert np.all(window.offsets >= 0)
        assert np.all(window.offsets <= len(text))
        assert np.all(window.offsets[:, 0] <= window.offsets[:, 1])


def test_offsets_are_of_the_passage_and_not_of_what_the_tokenizer_makes_of_it() -> None:
    passage = "👋🏽 Ｎaïve CAFÉ, e\u0301te\u0301."
    for name in ("bert", "roberta-trimmed"):
        window = only(ENCODERS[name].encode("Who?", [passage]))
        ends = window.offsets[window.offsets[:, 0] < window.offsets[:, 1]]
        pieces = {passage[start:end] for start, end in ends.tolist()}
        assert "." in pieces
        assert "," in pieces
        assert int(ends[-1, 1]) == len(passage)
        joined = "".join(passage[i] for i in sorted({i for s, e in ends for i in range(s, e)}))
        assert set("aveCAFte") <= set(joined)


def test_a_tokenizer_that_cuts_and_pads_is_told_not_to() -> None:
    tokenizer = word_pieces()
    tokenizer.enable_truncation(8)
    tokenizer.enable_padding(length=64)
    window = only(WindowEncoder(tokenizer, 512).encode("who?", ["the army " * 10]))
    assert len(window.offsets) == 20
    assert len(window.ids) == 20 + 5


def test_a_tokenizer_without_a_sign_for_no_answer_is_refused() -> None:
    tokenizer = word_pieces()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A", pair="$A [SEP] $B:1", special_tokens=[("[SEP]", 3)]
    )
    with pytest.raises(ValueError, match="^the tokenizer puts no sign before the question$"):
        WindowEncoder(tokenizer, 512)


def test_a_tokenizer_of_single_texts_is_refused() -> None:
    tokenizer = Tokenizer(models.BPE({"a": 0}, []))  # nothing else is a token
    with pytest.raises(ValueError, match="^the tokenizer does not read pairs of texts$"):
        WindowEncoder(tokenizer, 512)


def test_a_file_is_read(tmp_path: Path) -> None:
    word_pieces().save(str(tmp_path / "tokenizer.json"))
    read = WindowEncoder.from_file(tmp_path / "tokenizer.json", 512).encode("Who?", ["It."])
    assert only(read).ids.tolist() == only(ENCODERS["letters"].encode("Who?", ["It."])).ids.tolist()
