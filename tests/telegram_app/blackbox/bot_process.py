"""`BotProcess`: `article-bot telegram` as a process that can be stopped and killed."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from tests.telegram_app.blackbox.scripted_pipeline import GATE_PORT
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram

ROOT = Path(__file__).parents[3]
SCRIPTED, REAL = "tests.telegram_app.blackbox.runner", "bot"
# From the start of Python to the first request, on a busy machine, in seconds.
START_PATIENCE = 60.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


class BotProcess:
    """A bot that may be started, stopped, killed and started again on the same data.

    Attributes:
        telegram: where it is to be found.
        directory: data, working directory and log of this bot.
    """

    def __init__(
        self, telegram: EmulatedTelegram, directory: Path, module: str = SCRIPTED, **more: str
    ) -> None:
        """Prepare a bot.

        Args:
            telegram: where it is to be found.
            directory: for its data; made if it is not there.
            module: what is run.
            more: its settings, in capitals.
        """
        directory.mkdir(parents=True, exist_ok=True)
        self.telegram = telegram
        self.directory = directory
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None
        self._metrics_port = free_port()
        kept = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG"}}
        self.environment = {
            **kept,
            **telegram.environment,
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "default",
            "DATA_DIR": str(directory / "data"),
            "METRICS_PORT": str(self._metrics_port),
            **more,
        }

    def start(self, **more: str) -> Self:
        """Start it and wait until it asks for updates, or has a webhook."""
        with self.telegram.world.changed:
            before = self.telegram.world.polls
        self.start_only(**more)
        self.telegram.wait_until(
            lambda: self.telegram.world.polls > before or self._process_ended(),
            lambda: f"the bot has started\n{self.log}",
            START_PATIENCE,
        )
        assert not self._process_ended(), self.log
        return self

    def start_only(self, *arguments: str, **more: str) -> None:
        """Start it."""
        assert self._process is None
        with self._log_path.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._module, *(arguments or ("telegram",))],
                env=self.environment | more,
                cwd=self.directory,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def run(self, *arguments: str, **more: str) -> tuple[int, str]:
        """Run another command of the same bot; return its exit code and output."""
        done = subprocess.run(
            [sys.executable, "-m", self._module, *arguments],
            env=self.environment | more,
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=START_PATIENCE,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def kill(self) -> None:
        """Kill it, as a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to end, as systemd does; return its exit code."""
        return self._end(signal.SIGTERM)

    def ask_to_stop(self) -> None:
        """Ask it to end, and do not wait."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)

    def wait(self) -> int:
        """Wait until it has ended; return its exit code, negative for a signal."""
        assert self._process is not None
        code = self._process.wait(START_PATIENCE)
        self._process = None
        return code

    def get(self, path: str) -> httpx.Response:
        """Ask its monitoring port for something."""
        return httpx.get(f"http://127.0.0.1:{self._metrics_port}{path}")

    def figure(self, name: str) -> float:
        """Return one of its metrics, such as "article_bot_questions_total"."""
        lines = (line.rpartition(" ") for line in self.get("/metrics").text.splitlines())
        return next(float(value) for key, _, value in lines if key == name)

    @property
    def possible_duplicates(self) -> int:
        """How many messages it may have sent twice since its start."""
        return int(self.figure("article_bot_possible_duplicates_total"))

    @property
    def process_id(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def log(self) -> str:
        """What it has said so far, all its starts together."""
        return self._log_path.read_text() if self._log_path.exists() else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """End it, whatever it does; a failed test shows what it has said."""
        if self._process is not None:
            self.kill()
        if error is not None:
            error.add_note(f"log of the bot:\n{self.log[-6_000:]}")

    @property
    def _log_path(self) -> Path:
        return self.directory / "bot.log"

    def _process_ended(self) -> bool:
        return not self.is_running

    def _end(self, how: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(how)
        return self.wait()


class Gate:
    """Where answers to held questions wait until a test lets them go on."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(START_PATIENCE)
        self._held: list[socket.socket] = []

    @property
    def environment(self) -> dict[str, str]:
        return {GATE_PORT: str(self._listener.getsockname()[1])}

    def wait(self) -> str:
        """Wait until a question is being answered; return it."""
        held, _ = self._listener.accept()
        held.settimeout(START_PATIENCE)
        self._held.append(held)
        with held.makefile() as lines:
            return lines.readline().strip()

    def open(self) -> None:
        """Let all that wait go on."""
        for held in self._held:
            held.close()
        self._held.clear()

    def close(self) -> None:
        self.open()
        self._listener.close()
