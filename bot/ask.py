"""`article-bot ask`: one question, or one a line from standard input."""

import json
from typing import BinaryIO, TextIO

from rich.console import Console

from bot.answer import Answer
from bot.answer_json import answer_to_json
from bot.article_pipelines import ArticlePipelines
from bot.choosing import Chooser
from bot.console import ConsoleReporter, look_of, show
from bot.pipeline import QAPipeline
from bot.render import answer_line, answer_text, one_line
from bot.settings import Settings
from index.errors import ArticleBotError, QuestionError
from index.library.entry import TERMINAL
from index.library.library import Library

ANSWERED, DOES_NOT_SAY, FAILED = 0, 1, 2


def open_asked(settings: Settings, named: str | None, *, is_all: bool) -> QAPipeline:
    """Return what answers, ready to do so; progress is shown.

    Args:
        settings: of the pipeline and the library.
        named: the article that the command line names, if any.
        is_all: whether all articles of the library are asked.

    Raises:
        ArticleBotError: if an article, a model or the data directory cannot be used.
    """
    reporter = ConsoleReporter()
    library = Library(settings.data_dir)
    pipelines = ArticlePipelines(settings, library, reporter)
    chooser = Chooser(settings, library, reporter, pipelines.prepare)
    with reporter.working("Reading"):
        chosen = None if is_all else chooser.choose(named)
    if chosen is not None and chosen.entry is None:  # of others that was told when they were added
        for notice in chosen.article.notices:
            reporter.notice(notice)
    with reporter.working("Loading the model"):
        return pipelines.all_of(TERMINAL) if chosen is None else chosen.pipeline(pipelines)


def ask_one(pipeline: QAPipeline, question: str, console: Console, *, as_json: bool) -> int:
    """Answer one question on the screen.

    Returns:
        The exit code: 0 answered, 1 the article does not say.

    Raises:
        QuestionError: if the question cannot be asked.
    """
    answer = pipeline.answer(question)
    if as_json:
        console.file.write(_json_line(answer_to_json(answer)))
    else:
        show(console, answer_text(answer, look_of(console)))
    return ANSWERED if answer.text is not None else DOES_NOT_SAY


def ask_lines(pipeline: QAPipeline, lines: BinaryIO, output: TextIO, *, as_json: bool) -> int:
    """Answer one question a line, one answer a line, as they come.

    A line that cannot be asked gets its error for an answer, and the rest goes on.

    Returns:
        The exit code: 0 if every line was answered or refused, 2 if one could not be asked.
    """
    exit_code = ANSWERED
    for raw in lines:
        question = raw.decode(errors="replace").rstrip("\r\n")
        try:
            line = _answered_line(pipeline.answer(_decoded(raw)), as_json=as_json)
        except ArticleBotError as error:
            exit_code = FAILED
            line = (
                _json_line({"question": question, "error": str(error)})
                if as_json
                else f"Error: {one_line(str(error))}\n"
            )
        output.write(line)
        output.flush()
    return exit_code


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise QuestionError(
            f"The question {raw[:40]!r} is not UTF-8 text: byte {error.start} does not fit. "
            "Send it as UTF-8."
        ) from error


def _answered_line(answer: Answer, *, as_json: bool) -> str:
    return _json_line(answer_to_json(answer)) if as_json else f"{answer_line(answer)}\n"


def _json_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
