"""Carries the built site to a host of plain files, so that no reader meets half of it.

Files whose names change with their content go first, then all others, and only then what is no longer there goes: a
page never asks for a file that has not come yet or is gone.

Usage: python -m scripts.publish [--site site] [--print] TO, where TO is a folder (/srv/www/catalogue), a folder of a
machine that ssh reaches (me@host:/srv/www/catalogue), or a bucket (s3://catalogue). They need rsync, or the AWS
command line with its keys.
"""

from __future__ import annotations

import argparse
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from generator.hosting import FOREVER, HASHED, TYPES

FRESH = "public, max-age=600"
"""Pages and data are asked for again after ten minutes, as GitHub Pages has it."""
UNSENT = ("_headers",)
"""What only Netlify and Cloudflare Pages read."""

Command = tuple[str, ...]


def plan(site: Path, to: str) -> list[Command]:
    """The commands that carry a built site to a place. Raises `ValueError` for a place of no sort we know."""
    if to.startswith("s3://"):
        return list(_to_bucket(site, to.rstrip("/")))
    if to.startswith("-") or "://" in to or not to.strip("/ "):
        raise ValueError(f"'{to}' is no folder, no host:/folder and no s3://bucket.")
    return list(_to_folder(site, to.rstrip("/")))


def _to_folder(site: Path, to: str) -> Iterator[Command]:
    """Each pass renames its files at its end. Checksums, not times: a build gives every file a new time."""
    copy = ("rsync", "--recursive", "--checksum", "--links", "--chmod=D755,F644", "--delay-updates")
    left = tuple(f"--exclude=/{name}" for name in UNSENT)
    yield (*copy, "--relative", *(f"{site}/./{folder}" for folder in _hashed(site)), f"{to}/")
    yield (*copy, *left, f"{site}/", f"{to}/")
    yield (*copy, *left, "--delete-after", f"{site}/", f"{to}/")


def _hashed(site: Path) -> list[str]:
    return [folder for folder in HASHED if (site / folder).is_dir()]


def _to_bucket(site: Path, to: str) -> Iterator[Command]:
    """A bucket keeps with each file how long it may be kept, and its type where the command line knows none."""
    sync = ("aws", "s3", "sync", "--no-progress", "--no-follow-symlinks")
    for folder in _hashed(site):
        yield (*sync, f"{site}/{folder}", f"{to}/{folder}", "--cache-control", FOREVER)
    special = tuple(f"*.{ending}" for ending in TYPES)
    left = tuple(word for name in (*UNSENT, *(f"{folder}*" for folder in HASHED)) for word in ("--exclude", name))
    for ending, type in TYPES.items():
        only = ("--exclude", "*", "--include", f"*.{ending}")
        yield (*sync, str(site), to, *only, *left, "--content-type", type, "--cache-control", FRESH)
    typed = tuple(word for name in special for word in ("--exclude", name))
    yield (*sync, str(site), to, *left, *typed, "--cache-control", FRESH)
    yield (*sync, str(site), to, "--delete", *(word for name in UNSENT for word in ("--exclude", name)), "--size-only")


def main() -> int:
    """Carry it, or print how; 1 where it does not work."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("to", metavar="TO")
    parser.add_argument("--site", type=Path, default=Path("site"))
    parser.add_argument("--print", action="store_true", dest="only_print")
    given = parser.parse_args()
    if not (given.site / "index.html").is_file():
        sys.exit(f"There is no site in {given.site}. Run: make site.")
    try:
        commands = plan(given.site, given.to)
    except ValueError as error:
        sys.exit(str(error))
    if given.only_print:
        print("\n".join(shlex.join(command) for command in commands))
        return 0
    if not shutil.which(commands[0][0]):
        sys.exit(f"{commands[0][0]} is not here. Install it, or see how it would be called: add --print.")
    for command in commands:
        if subprocess.run(command, check=False).returncode:
            sys.exit("The site there is whole, but may not be the new one: " + shlex.join(command[:4]) + " failed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
