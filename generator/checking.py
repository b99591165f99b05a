"""The first half of the pipeline, from files to the catalogue: all that `check` and the editor's tools need."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from generator.kinds import KINDS
from generator.link import link
from generator.model.catalogue import Catalogue, Validated
from generator.model.document import Document
from generator.model.kind import Kind
from generator.model.retired import RETIRED
from generator.problems import Problem, in_order
from generator.read import read
from generator.validate import validate

Files = Mapping[str, bytes | str]
"""Content files by path below the content folder."""


@dataclass(frozen=True)
class Checked:
    """What a look at the content found: beside the catalogue, each record with the place of all that is in it."""

    files: Files
    catalogue: Catalogue
    problems: tuple[Problem, ...]
    passed: tuple[Validated, ...]
    """The records that passed their own checks, tombstones too."""
    documents: tuple[Document, ...]


def check(files: Files, kinds: tuple[Kind, ...] = KINDS) -> tuple[Catalogue, tuple[Problem, ...]]:
    """The catalogue and all that is wrong with the content."""
    checked = look(files, kinds)
    return checked.catalogue, checked.problems


def look(files: Files, kinds: tuple[Kind, ...] = KINDS) -> Checked:
    """The catalogue, all that is wrong, and the records as they are written."""
    documents, unreadable = read(files, (*kinds, RETIRED))
    passed, invalid = validate(documents, (*kinds, RETIRED))
    catalogue, unlinked = link(passed, documents, kinds)
    problems = in_order([*unreadable, *invalid, *unlinked])
    return Checked(files, catalogue, problems, tuple(passed), tuple(documents))


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
