import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from click.testing import CliRunner
from safetensors.torch import load_file

from bot.evaluation.question_set import EvaluationError
from bot.reader.export import export
from bot.reader.opening import open_reader
from bot.reader.train import TrainingOptions, command, train
from bot.reader.training.checkpoint import TrainingError
from index.article import Article
from index.embedding import HashedWordsModel
from index.passage_index import IndexSettings, build_index
from index.retriever import Retriever
from tests.reader.squad_sets import squad_set, write_set

pytestmark = pytest.mark.usefixtures("one_thread")

STEPS = 6


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_set(tmp_path_factory.mktemp("sets") / "set.json", squad_set())


@pytest.fixture(scope="module")
def options(data: Path, headless: Path) -> TrainingOptions:
    """Two epochs of three steps; the article on Dover is measured with."""
    return TrainingOptions(
        data=((data, 1.0),),
        hold_out=("Dover",),
        output=Path("unset"),
        start=str(headless),
        epochs=2.0,
        learning_rate=1e-3,
        seed=1,
        checkpoint_every=2,
        stop_after=None,
    )


@pytest.fixture(scope="module")
def trained(options: TrainingOptions, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader that was trained without a break."""
    output = tmp_path_factory.mktemp("trained") / "whole"
    assert train(replace(options, output=output)) == 0
    return output


def weights(directory: Path) -> dict[str, torch.Tensor]:
    found: dict[str, torch.Tensor] = load_file(directory / "model.safetensors")
    return found


def step_of(directory: Path) -> int:
    state = json.loads((directory / "checkpoint" / "checkpoint.json").read_text())
    return int(state["step"])


def assert_same(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor]) -> None:
    assert set(first) == set(second)
    assert [name for name in first if not torch.equal(first[name], second[name])] == []


@pytest.mark.parametrize("stops", [(3,), (1, 4)])
def test_a_run_that_was_stopped_ends_with_the_same_weights(
    options: TrainingOptions, trained: Path, tmp_path: Path, stops: tuple[int, ...]
) -> None:
    stopped = replace(options, output=tmp_path / "stopped")
    for stop in stops:
        train(replace(stopped, stop_after=stop))
        assert step_of(stopped.output) == stop
        assert not (stopped.output / "model.safetensors").exists()
    # How often is saved changes nothing.
    train(replace(stopped, checkpoint_every=5))
    assert step_of(stopped.output) == step_of(trained) == STEPS
    assert_same(weights(stopped.output), weights(trained))
    checkpoints = [
        load_file(path / "checkpoint" / "checkpoint.safetensors")
        for path in (stopped.output, trained)
    ]
    assert_same(*checkpoints)


def test_a_run_that_is_done_changes_nothing_more(options: TrainingOptions, trained: Path) -> None:
    before = weights(trained)
    train(replace(options, output=trained))
    assert_same(weights(trained), before)


def test_training_changes_the_weights_and_another_seed_changes_them_otherwise(
    options: TrainingOptions, trained: Path, headless: Path, tmp_path: Path
) -> None:
    train(replace(options, output=tmp_path / "other", seed=2))
    first, other, before = weights(trained), weights(tmp_path / "other"), weights(headless)
    name = "embeddings.word_embeddings.weight"
    assert not torch.equal(first[f"bert.{name}"], other[f"bert.{name}"])
    assert not torch.equal(first[f"bert.{name}"], before[name])


def test_what_is_trained_can_be_read_and_exported(
    trained: Path, headless: Path, tmp_path: Path, default_article: Article
) -> None:
    model = HashedWordsModel()
    retriever = Retriever(build_index(default_article, model, IndexSettings()), model)
    passages = retriever.retrieve("Who took Mosul?", 3)
    export(trained, tmp_path / "exported", "int8")
    for directory in (trained, tmp_path / "exported"):
        assert open_reader(str(directory), max_wrong=0.1).read("Who took Mosul?", passages).spans
    tokenizers = [path / "tokenizer.json" for path in (trained, tmp_path / "exported")]
    assert len({hashlib.sha256(path.read_bytes()).hexdigest() for path in tokenizers}) == 1


def test_the_figures_of_what_is_held_out_are_told(
    options: TrainingOptions, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train(replace(options, output=tmp_path / "out", stop_after=3))
    output = capsys.readouterr()
    assert output.out == ""
    # transformers tells of the weights that it made up.
    lines = [line for line in output.err.splitlines() if line.startswith("Step")]
    assert [line.partition(":")[0] for line in lines] == ["Step 2 of 6", "Step 3 of 6"]
    assert "held-out F1 0." in lines[0]
    assert "AUROC of the refusal" in lines[0]


def test_a_file_may_be_held_out_as_a_whole(
    options: TrainingOptions, trained: Path, tmp_path: Path
) -> None:
    other = write_set(tmp_path / "other.json", squad_set(towns=("Everton",)))
    both = replace(
        options,
        data=(*options.data, (other, 1.0)),
        hold_out=("Dover", "Everton"),
        output=tmp_path / "out",
    )
    train(both)
    assert_same(weights(both.output), weights(trained))


def test_the_checkpoint_of_another_run_is_refused(
    options: TrainingOptions, trained: Path, data: Path
) -> None:
    for other in (
        replace(options, seed=2),
        replace(options, epochs=3.0),
        replace(options, hold_out=()),
        replace(options, data=((data, 2.0),)),
    ):
        with pytest.raises(TrainingError, match="is of another run"):
            train(replace(other, output=trained))


def test_changed_data_are_another_run(options: TrainingOptions, data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "set.json"
    copy.write_bytes(data.read_bytes())
    mine = replace(options, data=((copy, 1.0),), output=tmp_path / "out", stop_after=1)
    train(mine)
    copy.write_bytes(data.read_bytes() + b"\n")
    with pytest.raises(TrainingError, match="is of another run"):
        train(mine)


def test_too_few_questions_are_refused(
    options: TrainingOptions, data: Path, tmp_path: Path
) -> None:
    few = replace(options, data=((data, 0.1),), output=tmp_path / "out")
    with pytest.raises(TrainingError) as error:
        train(few)
    assert str(error.value) == ("The data has too few questions for one batch. Give more of it.")


def test_a_start_without_a_tokenizer_is_refused(options: TrainingOptions, tmp_path: Path) -> None:
    with pytest.raises(TrainingError) as error:
        train(replace(options, start=str(tmp_path), output=tmp_path / "out"))
    assert str(error.value) == (
        f"There is no model with a tokenizer.json at {tmp_path}. Set --start to a directory with "
        "one, or to all-MiniLM-L6-v2."
    )


def test_data_that_are_no_question_set_are_refused(
    options: TrainingOptions, tmp_path: Path
) -> None:
    (tmp_path / "set.json").write_text("[")
    with pytest.raises(EvaluationError):
        train(replace(options, data=((tmp_path / "set.json", 1.0),), output=tmp_path / "out"))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[TrainingOptions]:
    """What the command has trained with, instead of training."""
    found: list[TrainingOptions] = []
    monkeypatch.setattr("bot.reader.train.train", lambda options: found.append(options) or 0)
    return found


def test_the_command_line_says_how_to_train(told: list[TrainingOptions]) -> None:
    arguments = [
        "--data",
        "a.json",
        "--data",
        "b=c.json=0.5",
        "--hold-out",
        "T",
        "--output",
        "out",
        "--seed",
        "3",
    ]
    done = CliRunner().invoke(command, arguments, standalone_mode=False)
    assert (done.exception, done.return_value) == (None, 0)
    assert told == [
        TrainingOptions(
            data=((Path("a.json"), 1.0), (Path("b=c.json"), 0.5)),
            hold_out=("T",),
            output=Path("out"),
            start="all-MiniLM-L6-v2",
            epochs=1.5,
            learning_rate=1.5e-4,
            seed=3,
            checkpoint_every=600,
            stop_after=None,
        )
    ]


@pytest.mark.parametrize("value", ["a.json=0", "a.json=-1", "a.json=nan", "a.json=", "a.json=x"])
def test_a_weight_that_is_none_is_refused(told: list[TrainingOptions], value: str) -> None:
    done = CliRunner().invoke(command, ["--data", value, "--output", "out"])
    assert done.exit_code == 2
    assert f"{value}: behind the = stands how often an epoch has it" in done.output
    assert told == []
