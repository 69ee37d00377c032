import subprocess
import sys
from pathlib import Path

import pytest

from bot.telegram_app.instance import only_instance
from bot.telegram_app.store.errors import StoreError

HOLDING = """
import os, sys
from pathlib import Path
from bot.telegram_app.instance import only_instance
with only_instance(Path(sys.argv[1])):
    print("held", flush=True)
    os.read(0, 1)
    os._exit(1)  # as a process that is killed: nothing is tidied up
"""


def test_a_second_process_on_the_same_directory_is_refused(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    command = [sys.executable, "-c", HOLDING, str(data_dir)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdin is not None and first.stdout is not None
        assert first.stdout.readline() == b"held\n"

        with (
            pytest.raises(StoreError, match=f"^Another article-bot telegram uses {data_dir}"),
            only_instance(data_dir),
        ):
            pass
        first.stdin.write(b"x")
        first.stdin.flush()
        first.wait()

    # The lock has ended with the process that was killed.
    with only_instance(data_dir):
        pass


def test_a_directory_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with (
        pytest.raises(StoreError, match=r"^The data directory .*file/data cannot be used: "),
        only_instance(tmp_path / "file" / "data"),
    ):
        pass
