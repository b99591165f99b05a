"""Read by Python at its start, where this folder is on its path: the disk lists its files in another order."""

from __future__ import annotations

import os
import random
from typing import Any

_random = random.Random(os.environ.get("ORDER", "1"))
_listdir, _scandir = os.listdir, os.scandir


class _Shuffled:
    """What `os.scandir` gives, in another order."""

    def __init__(self, *arguments: Any) -> None:
        with _scandir(*arguments) as found:
            self.entries = list(found)
        _random.shuffle(self.entries)
        self.at = iter(self.entries)

    def __iter__(self) -> Any:
        return self

    def __next__(self) -> Any:
        return next(self.at)

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is left open."""


def _shuffled(*arguments: Any) -> list[Any]:
    names: list[Any] = _listdir(*arguments)
    _random.shuffle(names)
    return names


os.listdir = _shuffled
os.scandir = _Shuffled  # type: ignore[assignment,misc]
