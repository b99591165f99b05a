"""Make the site several times under all that may differ between two machines, and compare every byte.

The runs differ in folder, time zone, language, rights of new files, seed of hashes, the order in which the disk lists
files and in which they were copied, and the number of threads; the day is the same (`SOURCE_DATE_EPOCH`). What differs
is told by file, with the place and the first bytes. The days of last changes, which git tells, are not in it: the
copies have no history.

Usage: python -m scripts.reproduce [--content content] [--config mkdocs.yml]
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
EPOCH = "1795392000"
"""23 November 2026."""


@dataclass(frozen=True)
class Machine:
    """What one run finds around itself."""

    folder: str
    umask: int
    environment: Mapping[str, str]


MACHINES = (
    Machine("a", 0o022, {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0", "ORDER": "1", "RAYON_NUM_THREADS": "1"}),
    Machine(
        "another folder, with a longer name é",
        0o077,
        {
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "tr_TR.UTF-8",
            "LANG": "tr_TR.UTF-8",
            "PYTHONHASHSEED": "4711",
            "ORDER": "2",
        },
    ),
)


def settle_in(machine: Machine, content: Path, config: Path, place: Path) -> Path:
    """A project of its own, its files copied in an order of its own."""
    home = place / machine.folder
    files = [(path, home / "content" / path.relative_to(content)) for path in content.rglob("*") if path.is_file()]
    overrides = config.parent / "overrides"
    files += [
        (path, home / "overrides" / path.relative_to(overrides)) for path in overrides.rglob("*") if path.is_file()
    ]
    files += [(config, home / "mkdocs.yml")]
    random.Random(machine.folder).shuffle(files)
    for path, target in files:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return home


def build(machine: Machine, home: Path) -> Path:
    """The folder of what a run makes: the Markdown and the site."""
    given = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **machine.environment}
    given["PYTHONPATH"] = os.pathsep.join([str(ROOT / "scripts" / "elsewhere"), str(ROOT)])
    done = subprocess.run([sys.executable, "-m", "generator", "build", "--site-dir", "build/made"], cwd=home,
                          env=given, umask=machine.umask, capture_output=True, text=True, check=False)  # fmt: skip
    if done.returncode:
        raise SystemExit(f"A build ended with {done.returncode}: {done.stderr or done.stdout}")
    return home / "build"


def differences(one: Path, other: Path) -> Iterator[str]:
    """What differs between two folders: files that one lacks, and the place and bytes of the first difference."""
    first, second = _files(one), _files(other)
    yield from (f"{name}: only the first run made it" for name in sorted(first - second))
    yield from (f"{name}: only the second run made it" for name in sorted(second - first))
    for name in sorted(first & second):
        left, right = (one / name).read_bytes(), (other / name).read_bytes()
        if left != right:
            at = next(
                (n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right))
            )
            yield f"{name}: from byte {at} on: {left[at : at + 40]!r} and {right[at : at + 40]!r}"


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def main() -> int:
    """Build, compare, tell; 1 where something differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--content", type=Path, default=ROOT / "content")
    parser.add_argument("--config", type=Path, default=ROOT / "mkdocs.yml")
    told = parser.parse_args()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as pool:
        homes = [
            settle_in(machine, told.content.resolve(), told.config.resolve(), Path(folder)) for machine in MACHINES
        ]
        first, second = pool.map(build, MACHINES, homes)
        found = list(differences(first, second))
        count = len(_files(first))
    print(f"{len(MACHINES)} builds, {count} files, {len(found)} differ, {time.monotonic() - start:.0f} s", flush=True)
    for line in found[:50]:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
