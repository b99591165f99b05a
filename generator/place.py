"""A folder takes the place of another in one moment: whoever looks sees the old one whole or the new one whole.

On Linux the two names are exchanged by one call of the system. Elsewhere there is a moment between two renames; a
process that is killed in it leaves the old folder beside its place, and the next one puts it back.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from pathlib import Path

from generator.problems import Refused

FRESH, OLD = ".{}.new", ".{}.old"
"""The names, beside its place, of a folder that is on its way there, and of the one that was there before."""
AT_FDCWD, RENAME_EXCHANGE = -100, 2
"""As Linux has them (`renameat2`, section 2 of its manual)."""


def aside_of(place: Path) -> Path:
    """Where what shall take a place is made: beside it, on the same disk. What a killed process left is taken away."""
    settle(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    return place.with_name(FRESH.format(place.name))


def settle(place: Path) -> None:
    """Mend what a killed process left: half of a fresh folder goes, an old one that lost its place comes back."""
    fresh, old = (place.with_name(name.format(place.name)) for name in (FRESH, OLD))
    if old.exists() and not place.exists():
        old.rename(place)
    for left in (fresh, old):
        if left.exists():
            shutil.rmtree(left)


def put_in_place(fresh: Path, place: Path) -> None:
    """Give a folder its place; what was there goes. Raises `Refused` where something stands there that is no folder.

    A folder on another disk is copied first.
    """
    if place.exists() and not place.is_dir():
        raise Refused(f"{place} is a file, and a folder shall stand there. Move it away, then try again.")
    place = place.resolve()
    staged = place.with_name(FRESH.format(place.name))
    if fresh.resolve() != staged:
        fresh = _moved(fresh, aside_of(place))
    if not place.exists():
        fresh.rename(place)
    elif _exchange(fresh, place):
        shutil.rmtree(fresh)
    else:
        old = place.with_name(OLD.format(place.name))
        place.rename(old)
        fresh.rename(place)
        shutil.rmtree(old)


def _moved(fresh: Path, target: Path) -> Path:
    try:
        return fresh.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
    try:
        shutil.copytree(fresh, target)
    except OSError:
        shutil.rmtree(target, ignore_errors=True)
        raise
    shutil.rmtree(fresh)
    return target


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names; false where the system or the disk can't."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    done: int = call(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
    if done == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(other))
