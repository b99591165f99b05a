"""How the commands replace files: each at once, never half."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def replace_files(folder: Path, changes: Mapping[str, bytes]) -> None:
    """Write files by their paths below a folder: each aside first, then moved into its place."""
    for name, data in changes.items():
        _replace(folder / name, data)


def _replace(path: Path, data: bytes) -> None:
    handle, aside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(aside, path.stat().st_mode)
        os.replace(aside, path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
