"""Trains the readers that belong to a candidate: `python -m bot.learn_readers SENTENCES MODEL`, a folder and Rasa's file."""

import sys
from pathlib import Path

from bot import wiring
from bot.operation import readers


def main() -> None:
    for name in readers.READERS:
        readers.train_learnt(name, wiring.deep_encoder(), Path(sys.argv[1]), Path(sys.argv[2]))


if __name__ == "__main__":
    main()
