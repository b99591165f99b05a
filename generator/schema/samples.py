"""The commented samples: one real record of each kind, shortened, with comments that teach."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from generator.model.kind import Kind
from generator.schema.modeline import MARK

FOLDER = Path(__file__).parent.parent / "samples"


@lru_cache(maxsize=32)
def sample_of(kind: Kind) -> str:
    """The sample of a kind, without the line for editors' programs; nothing where there is none."""
    path = FOLDER / f"{kind.name}{'.md' if kind.name == 'page' else '.yml'}"
    if not path.exists():
        return ""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(MARK))
