"""From the name of a reader model to the reader."""

from bot.reader.calibration import load_calibration
from bot.reader.onnx_model import OnnxModel
from bot.reader.reader_files import ReaderFiles, find_reader
from bot.reader.span_model import SpanModel
from bot.reader.span_reader import SpanReader
from bot.reader.transformers_model import TransformersModel


def open_reader(name: str, *, max_wrong: float) -> SpanReader:
    """Return a reader with any extractive question-answering model; nothing is loaded yet.

    Args:
        name: "packaged", a path, or a name on the hub. A directory with `reader.json` was exported
            for ONNX Runtime, any other is transformers'.
        max_wrong: largest share of answers that may be expected to be wrong, from 0 to 1.

    Raises:
        ReaderModelError: if it is a path and nothing is there, or its calibration is damaged.
    """
    files = find_reader(name)
    return SpanReader(_model(files), load_calibration(files), max_wrong=max_wrong)


def span_model(name: str) -> SpanModel:
    """Return a model by its name; nothing is loaded yet.

    Raises:
        ReaderModelError: if it is a path and nothing is there.
    """
    return _model(find_reader(name))


def _model(files: ReaderFiles) -> SpanModel:
    return TransformersModel(files) if files.exported_sha256 is None else OnnxModel(files)
