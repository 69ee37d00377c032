"""Saving and loading a `Run` as `run.json`."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.evaluation.question_set import EvaluationError
from bot.evaluation.run import RUN_SCHEMA_VERSION, Run
from index.files import write_atomically

_ADAPTER = TypeAdapter(Run)


def save_run(run: Run, path: Path) -> None:
    """Write a run, whole or not at all.

    Raises:
        OSError: if the disk does not take it.
    """
    content: dict[str, Any] = {"schema": RUN_SCHEMA_VERSION, **asdict(run)}
    write_atomically(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def load_run(path: Path) -> Run:
    """Read a run that `save_run` wrote.

    Raises:
        EvaluationError: if there is none, or it is damaged or of another version.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        version = content.pop("schema", None) if isinstance(content, dict) else None
        if version != RUN_SCHEMA_VERSION:
            raise EvaluationError(
                f"{path} is not a run of version {RUN_SCHEMA_VERSION}. Evaluate again to make one."
            )
        return _ADAPTER.validate_python(content)
    except OSError as error:
        raise EvaluationError(
            f"The run {path} cannot be read: {error.strerror}. Name a run.json."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise EvaluationError(
            f"{path} is damaged: {place}: {first['msg']}. Evaluate again to make a new one."
        ) from error
    except (ValueError, RecursionError) as error:
        raise EvaluationError(
            f"{path} is not JSON: {error}. Evaluate again to make a new one."
        ) from error
