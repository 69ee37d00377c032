"""Models with two small layers of made-up weights, saved as transformers saves any."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tokenizers import (
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
    trainers,
)

if TYPE_CHECKING:
    from transformers import PreTrainedModel

_SIGNS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,;:!?'\"()-"
_WORDS = (
    *("the", "of", "in", "and", "to", "was", "city", "army", "river", "mill", "who", "what"),
    *("when", "where", "built", "took", "old", "new", "by", "it", "is", "s", "mosul", "iraq"),
)


def word_pieces(words: Iterable[str] = _WORDS) -> Tokenizer:
    """Return a tokenizer as BERT has it, for English words and their letters."""
    pieces = [*_LETTERS, *(f"##{letter}" for letter in _LETTERS), *words]
    vocabulary = {piece: row for row, piece in enumerate(dict.fromkeys([*_SIGNS, *pieces]))}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(sign, vocabulary[sign]) for sign in ("[CLS]", "[SEP]")],
    )
    return tokenizer


def byte_pairs(text: str, spaces: Literal["in", "out"] = "in") -> Tokenizer:
    """Return a tokenizer as RoBERTa has it, whose tokens are learnt from a text.

    Args:
        text: to learn from.
        spaces: whether the space before a word is in the token's offsets.
    """
    tokenizer = Tokenizer(models.BPE(unk_token=None))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        show_progress=False,
        special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    tokenizer.train_from_iterator([text], trainer)
    begin, end = tokenizer.token_to_id("<s>"), tokenizer.token_to_id("</s>")
    if spaces == "out":
        tokenizer.post_processor = processors.RobertaProcessing(("</s>", end), ("<s>", begin))
    else:
        tokenizer.post_processor = processors.TemplateProcessing(
            single="<s> $A </s>",
            pair="<s> $A </s> </s> $B </s>",
            special_tokens=[("<s>", begin), ("</s>", end)],
        )
    return tokenizer


def save_bert(directory: Path, *, has_head: bool = True, seed: int = 1) -> Path:
    """Save a BERT that answers questions, or one without the head for it."""
    import torch
    from transformers import BertConfig, BertForQuestionAnswering, BertModel

    tokenizer = word_pieces()
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=512,
        initializer_range=0.2,  # logits that differ
    )
    model = BertForQuestionAnswering(config) if has_head else BertModel(config)
    _save(directory, model, tokenizer, ["input_ids", "token_type_ids", "attention_mask"])
    return directory


def save_roberta(directory: Path, text: str, *, seed: int = 1) -> Path:
    """Save a RoBERTa that answers questions, which does not tell the two texts apart."""
    import torch
    from transformers import RobertaConfig, RobertaForQuestionAnswering

    tokenizer = byte_pairs(text)
    torch.manual_seed(seed)
    config = RobertaConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=514,
        type_vocab_size=1,
        pad_token_id=1,
        initializer_range=0.2,
    )
    model = RobertaForQuestionAnswering(config)
    _save(directory, model, tokenizer, ["input_ids", "attention_mask"])
    return directory


def _save(
    directory: Path, model: "PreTrainedModel", tokenizer: Tokenizer, inputs: list[str]
) -> None:
    from transformers import PreTrainedTokenizerFast

    is_bert = "token_type_ids" in inputs
    signs = ("[CLS]", "[SEP]", "[PAD]", "[UNK]") if is_bert else ("<s>", "</s>", "<pad>", "<unk>")
    names = ("cls_token", "sep_token", "pad_token", "unk_token")
    model.eval().save_pretrained(directory)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=512,
        model_input_names=inputs,
        **dict(zip(names, signs, strict=True)),
    ).save_pretrained(directory)
