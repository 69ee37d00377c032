"""Draws conversations with the real command.

python -m tests.bench.telegram_picture conversation.png             # with a scripted pipeline
python -m tests.bench.telegram_picture conversation.png --real      # with the models
python -m tests.bench.telegram_picture conversation.png --record conversation.json
python -m tests.bench.telegram_picture conversation.svg --recorded conversation.json --screens 1,3
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.telegram_picture.conversations import hold
from tests.bench.telegram_picture.drawing import draw
from tests.bench.telegram_picture.recording import load, save


def main(arguments: Sequence[str] | None = None) -> None:
    """Hold or load conversations, and draw them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("output", type=Path, help="picture; .png, .svg or .html")
    parser.add_argument("--real", action="store_true", help="ask the models of the settings")
    parser.add_argument("--record", type=Path, metavar="JSON", help="keep the conversations there")
    parser.add_argument("--recorded", type=Path, metavar="JSON", help="draw these, without a bot")
    parser.add_argument("--screens", metavar="1,2,…", help="which to draw, in this order")
    parser.add_argument("--whole", action="store_true", help="each chat from its beginning")
    options = parser.parse_args(arguments)
    if options.recorded is not None:
        screens = load(options.recorded)
    else:
        with tempfile.TemporaryDirectory() as directory:
            screens = hold(Path(directory), real=options.real)
    if options.record is not None:
        save(options.record, screens)
    if options.screens is not None:
        screens = [screens[int(number) - 1] for number in options.screens.split(",")]
    draw(screens, options.output, whole=options.whole)


if __name__ == "__main__":
    main()
