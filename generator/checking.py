"""The first half of the pipeline, from files to the catalogue: all that `check` and the editor's tools need."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from generator.kinds import KINDS
from generator.link import link
from generator.model.catalogue import Catalogue
from generator.model.kind import Kind
from generator.problems import Problem, in_order
from generator.read import read
from generator.validate import validate

Files = Mapping[str, bytes | str]
"""Content files by path below the content folder."""


def check(files: Files, kinds: tuple[Kind, ...] = KINDS) -> tuple[Catalogue, tuple[Problem, ...]]:
    """The catalogue and all that is wrong with the content."""
    documents, unreadable = read(files, kinds)
    passed, invalid = validate(documents, kinds)
    catalogue, unlinked = link(passed, documents, kinds)
    return catalogue, in_order([*unreadable, *invalid, *unlinked])


@contextmanager
def collector_paused() -> Iterator[None]:
    """Everything made here lives to the end, so looking for garbage only costs (a sixth of the time, measured)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
