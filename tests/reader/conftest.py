from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.reader.export import export
from index.article import read_default_article
from tests.reader.tiny_models import save_bert, save_roberta


@pytest.fixture(scope="module")
def one_thread() -> Iterator[None]:
    """Have PyTorch compute in one thread: with so small a model, several but wait."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny BERT that answers questions at random."""
    return save_bert(tmp_path_factory.mktemp("readers") / "bert")


@pytest.fixture(scope="session")
def headless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny BERT that was not trained to answer questions."""
    return save_bert(tmp_path_factory.mktemp("readers") / "headless", has_head=False)


@pytest.fixture(scope="session")
def roberta(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny RoBERTa that answers questions at random."""
    text = read_default_article().text
    return save_roberta(tmp_path_factory.mktemp("readers") / "roberta", text)


@pytest.fixture(scope="session")
def exported(bert: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny BERT for ONNX Runtime, as exact as it is."""
    directory = tmp_path_factory.mktemp("exported") / "exact"
    export(bert, directory, "float32")
    return directory


@pytest.fixture(scope="session")
def quantised(bert: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny BERT for ONNX Runtime, in eight bits."""
    directory = tmp_path_factory.mktemp("exported") / "small"
    export(bert, directory, "int8")
    return directory
