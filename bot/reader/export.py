"""`python -m bot.reader.export`: a trained reader for ONNX Runtime, small and fast."""

import shutil
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Literal

import click
import torch
from safetensors import SafetensorError
from transformers import AutoModelForQuestionAnswering

from bot.process import run_command
from bot.reader.errors import ReaderModelError
from bot.reader.reader_files import MODEL_FILE, TOKENIZER_FILE, write_description
from index.sentence_transformers_model import silence_transformers

Weights = Literal["int8", "float32"]
_LONGEST = 512  # tokens; positions are absolute
_OPSET = 18


@click.command()
@click.option("--model", type=click.Path(path_type=Path), required=True, help="As trained.")
@click.option("--output", type=click.Path(path_type=Path), required=True, help="A directory.")
@click.option("--weights", type=click.Choice(["int8", "float32"]), default="int8")
def command(model: Path, output: Path, weights: Weights) -> int:
    """Export a reader that `bot.reader.train` made."""
    export(model, output, weights)
    return 0


def export(model: Path, output: Path, weights: Weights) -> None:
    """Write `model.onnx`, `tokenizer.json` and `reader.json` of a transformers model.

    Args:
        model: directory of the model, with a `tokenizer.json`.
        output: directory to write to; made if needed.
        weights: int8 quantises the matrices, a scale for each of their columns, and the activations
            as they come, a scale for each sequence.

    Raises:
        ReaderModelError: if the model cannot be loaded.
    """
    if not (model / TOKENIZER_FILE).is_file():
        raise ReaderModelError(f"There is no {TOKENIZER_FILE} in {model}. Name a trained reader.")
    network = _network(model)
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output) as unfinished:
        whole, wanted = Path(unfinished) / "float32.onnx", Path(unfinished) / MODEL_FILE
        _to_onnx(network, whole)
        if weights == "int8":
            _quantise(whole, wanted)
        else:
            whole.replace(wanted)
        wanted.replace(output / MODEL_FILE)
    shutil.copyfile(model / TOKENIZER_FILE, output / TOKENIZER_FILE)
    write_description(output, _LONGEST)


def _network(model: Path) -> torch.nn.Module:
    silence_transformers()
    try:
        network, report = AutoModelForQuestionAnswering.from_pretrained(
            str(model), attn_implementation="eager", local_files_only=True, output_loading_info=True
        )
    except (OSError, ValueError, SafetensorError) as error:
        raise ReaderModelError(f"{model} holds no question-answering model: {error}") from error
    if report["missing_keys"]:
        # transformers would make up a head, and its answers.
        raise ReaderModelError(
            f"{model} holds no question-answering model: its weights lack "
            f"{', '.join(sorted(report['missing_keys']))}. Name a trained reader."
        )
    evaluated: torch.nn.Module = network.eval()
    return evaluated


class _Logits(torch.nn.Module):
    """The model with the inputs and outputs that `OnnxModel` names."""

    def __init__(self, network: torch.nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        output = self.network(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        )
        return output.start_logits, output.end_logits


def _to_onnx(network: torch.nn.Module, path: Path) -> None:
    names = ["input_ids", "attention_mask", "token_type_ids"]
    ids = torch.ones((2, 16), dtype=torch.long)
    shape = {0: "batch", 1: "tokens"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Logits(network),
            (ids, torch.ones_like(ids), torch.zeros_like(ids)),
            str(path),
            input_names=names,
            output_names=["start_logits", "end_logits"],
            dynamic_axes={name: shape for name in [*names, "start_logits", "end_logits"]},
            opset_version=_OPSET,
            dynamo=False,
        )


def _quantise(source: Path, target: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # Seven bits of the weights: on processors without VNNI two products of eight bits overflow.
    quantize_dynamic(
        source, target, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
    )


if __name__ == "__main__":
    sys.exit(run_command(command, None, "python -m bot.reader.export"))
