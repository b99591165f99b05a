"""What became of records, asked of git and kept for the next build."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from generator.checking import Checked
from generator.chronicle import Past, chronicle, sum_of
from generator.commands.memory import CHRONICLE, recall_steps, remember_steps
from generator.commits import Blobs, commits
from generator.model.chronicle import Chronicle
from generator.model.evidence import Record


def chronicle_of(content: Path, folder: Path = CHRONICLE) -> Callable[[Checked], Chronicle]:
    """For the records of a content folder as they are now: what became of them, as far as git knows it.

    `folder` is where it is kept.
    """

    def told(checked: Checked) -> Chronicle:
        log = commits(content)
        if log is None:
            return Chronicle()
        kept = recall_steps(content, folder)
        before = dict(kept)
        with Blobs(content) as blobs:
            found = chronicle(log, Past(blobs.read, known=_known(checked)), kept)
        present = {commit.revision for commit in log.commits}
        if kept != before or kept.keys() - present:
            remember_steps(content, {name: step for name, step in kept.items() if name in present}, folder)
        return found

    return told


def _known(checked: Checked) -> dict[str, tuple[Record, ...]]:
    """The records of each file that is sound, by the sum of its text."""
    found: dict[str, list[Record]] = defaultdict(list)
    for one in checked.passed:
        found[one.document.path].append(one.record)
    return {sum_of(path, _bytes(checked.files[path])): tuple(records) for path, records in found.items()}


def _bytes(data: bytes | str) -> bytes:
    return data if isinstance(data, bytes) else data.encode()
