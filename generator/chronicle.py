"""What became of records, commit by commit, by meaning: what readers of feeds are told. Nothing is opened here.

Only files that a commit touched are read, before and after it, and each state of a file once. What their references
lead to is looked up when a text asks for it, in the catalogue as it was then, so that what is told of a commit never
changes with a later one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from typing import Any

from generator.commits import Commit, Log
from generator.derive.concern import countries_of, themes_of
from generator.difference.records import compare_records, pair, record_changes
from generator.difference.shapes import FieldChange, RecordChange, Side, Sort
from generator.difference.words import in_short, stretches
from generator.editing.migrations import migrated
from generator.kinds import KINDS
from generator.model.catalogue import Catalogue, Key
from generator.model.chronicle import Change, Chronicle, Step, Told
from generator.model.evidence import Record
from generator.model.kind import Kind
from generator.model.retired import RETIRED, Tombstone
from generator.problems import Refused
from generator.read import FORMAT_FILE, kind_of, read
from generator.validate import validate

Tree = Mapping[str, str]
"""The files of the content folder at one time: path → name of the bytes."""
TOLD = 12
"""So many values of a record are told; the others are counted."""
LONGEST = 400
"""So many letters of one value are told."""


@dataclass(frozen=True)
class Held:
    """What one state of one file holds: its records, and the keys of those that have a problem."""

    records: tuple[Record, ...] = ()
    unread: tuple[Key, ...] = ()


@dataclass
class Past:
    """Every state of every file, read when it is asked for and then kept.

    `read` gives the bytes by their name. `known` are the records of the files as they are now: what was never changed
    need not be read again.
    """

    read: Callable[[str], bytes | None]
    kinds: tuple[Kind, ...] = KINDS
    known: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)
    """By path and sum of the text, as `sum_of` makes it."""
    held: dict[tuple[str, str, str], Held] = field(default_factory=dict)

    def of(self, path: str, name: str, form: str) -> Held:
        """What a file held; `form` is the name of the bytes of `format.yml` beside it, or nothing."""
        key = (path, name, form)
        if key not in self.held:
            self.held[key] = self._held(path, name, form)
        return self.held[key]

    def _held(self, path: str, name: str, form: str) -> Held:
        data = self.read(name) if name else None
        kind = kind_of(path, (*self.kinds, RETIRED))
        if kind is None or (data is None and not name):
            return Held()
        if data is None:
            return Held(unread=((kind.name, ""),))
        known = self.known.get(sum_of(path, data))
        return Held(known) if known is not None else self._read(path, data, self.read(form) if form else None)

    def _read(self, path: str, data: bytes, form: bytes | None) -> Held:
        files = {path: data, **({FORMAT_FILE: form} if form is not None else {})}
        try:
            text = migrated(files).texts.get(path, data)
        except Refused:  # written for a newer program, or too damaged to be brought to the newest format
            text = data
        kinds = (*self.kinds, RETIRED)
        documents, _ = read({path: text}, kinds)
        passed, _ = validate(documents, kinds)
        fine = {(one.kind.name, one.document.id) for one in passed}
        unread = tuple((each.kind, each.id) for each in documents if (each.kind, each.id) not in fine)
        return Held(tuple(one.record for one in passed), unread)


def sum_of(path: str, data: bytes) -> str:
    """A sum of a file's path and text, without the comments above its first line: they hold no fact."""
    lines = data.split(b"\n")
    first = next((n for n, line in enumerate(lines) if not line.startswith(b"#")), 0)
    return hashlib.sha256(path.encode() + b"\0" + b"\n".join(lines[first:])).hexdigest()


class _Records(Mapping[str, Record]):
    """The records of one kind in a tree, by id; a file is read when one of its records is asked for."""

    def __init__(self, kind: Kind, tree: Tree, past: Past) -> None:
        self._kind, self._tree, self._past = kind, tree, past

    def _file(self, path: str) -> dict[str, Record]:
        held = self._past.of(path, self._tree.get(path, ""), self._tree.get(FORMAT_FILE, ""))
        return {record.id: record for record in held.records}

    def __getitem__(self, id: str) -> Record:
        return self._file(self._kind.file or f"{self._kind.folder}/{id}.yml")[id]

    def __iter__(self) -> Iterator[str]:
        if self._kind.file:
            return iter(self._file(self._kind.file))
        paths = (path for path in self._tree if kind_of(path, (self._kind,)))
        return (id for path in paths for id in self._file(path))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Aliases(Mapping[Key, str]):
    """Former ids in a tree. All records of a kind are read where an id is no present one, which is rare."""

    def __init__(self, records: Mapping[str, Mapping[str, Record]]) -> None:
        self._records = records
        self._found: dict[str, dict[str, str]] = {}

    def __getitem__(self, key: Key) -> str:
        kind, alias = key
        records = self._records[kind]
        if alias in records:
            raise KeyError(key)
        if kind not in self._found:
            self._found[kind] = {str(a): id for id in records for a in records[id].aliases}
        return self._found[kind][alias]

    def __iter__(self) -> Iterator[Key]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _catalogue(tree: Tree, past: Past) -> Catalogue:
    """All records of a tree, none of them read yet."""
    records = {kind.name: _Records(kind, tree, past) for kind in past.kinds}
    return Catalogue(past.kinds, records, {}, _Aliases(records))


def chronicle(log: Log, past: Past, kept: MutableMapping[str, Step]) -> Chronicle:
    """All steps of a log, the newest first; those that told nothing are left out.

    `kept` are steps found before, by revision: they are not found again, and new ones are put there.
    """
    steps: list[Step] = []
    after = dict(log.files)
    for commit in log.commits:
        before = _before(after, commit)
        if not commit.style:
            step = kept.get(commit.revision)
            if step is None:
                step = kept[commit.revision] = step_of(commit, before, after, past)
            steps.append(step)
        after = before
    told = tuple(step for step in steps if step.changes or step.unread)
    return Chronicle(True, told, log.began, log.whole)


def _before(after: Tree, commit: Commit) -> dict[str, str]:
    """The files as they were before a commit."""
    made = dict(after)
    for file in commit.files:
        if file.before:
            made[file.path] = file.before
        else:
            made.pop(file.path, None)
    return made


def step_of(commit: Commit, before: Tree, after: Tree, past: Past) -> Step:
    """What one commit did to records; pages of prose are none."""
    paths = [file.path for file in commit.files if _holds_records(file.path, past.kinds)]
    sides = [_narrow(paths, tree, past) for tree in (before, after)]
    pairing = pair(*sides)
    whole = [replace(side, catalogue=_catalogue(tree, past)) for side, tree in zip(sides, (before, after), strict=True)]
    compared = compare_records(whole[0], whole[1], pairing)
    told = record_changes(compared, pairing, past.kinds)
    changes = [_change(each, sides, whole) for each in told if _matters(each)]
    unread = sides[0].unread | sides[1].unread
    return Step(commit.revision, commit.when, tuple(changes), len(unread))


def _holds_records(path: str, kinds: tuple[Kind, ...]) -> bool:
    kind = kind_of(path, (*kinds, RETIRED))
    return kind is not None and kind.name != "page"


def _narrow(paths: list[str], tree: Tree, past: Past) -> Side:
    """What some files of a tree hold, and nothing else."""
    records: dict[str, dict[str, Record]] = {kind.name: {} for kind in past.kinds}
    aliases: dict[Key, str] = {}
    retired: dict[Key, Tombstone] = {}
    unread: set[Key] = set()
    for path in paths:
        held = past.of(path, tree.get(path, ""), tree.get(FORMAT_FILE, ""))
        unread |= set(held.unread)
        kind = kind_of(path, (*past.kinds, RETIRED))
        assert kind is not None
        for record in held.records:
            if isinstance(record, Tombstone):
                retired |= {(record.was[0], str(id)): record for id in (record.was[1], *record.aliases)}
            else:
                records[kind.name][record.id] = record
                aliases |= {(kind.name, str(alias)): record.id for alias in record.aliases}
    ordered = {name: dict(sorted(found.items())) for name, found in records.items()}
    return Side("", Catalogue(past.kinds, ordered, {}, aliases, retired), unread=frozenset(unread))


def _matters(change: RecordChange) -> bool:
    """Another order alone is no news."""
    return change.sort is not Sort.CHANGED or any(not each.order_only for each in change.fields)


def _change(told: RecordChange, narrow: list[Side], whole: list[Side]) -> Change:
    kind, id = told.key
    fields = [each for each in told.fields if not each.order_only]
    states: list[tuple[Any, Catalogue]] = [
        (side.catalogue.find(kind, name), wide.catalogue)
        for side, wide, name in zip(narrow, whole, (told.old or id, id), strict=True)
    ]
    there = [(record, catalogue) for record, catalogue in states if record is not None]
    return Change(
        sort=told.sort.value,
        kind=kind,
        id=id,
        title=told.title,
        facts=told.facts,
        old=told.old or "",
        because=told.because,
        fields=tuple(map(_told, fields[:TOLD])),
        more=len(fields[TOLD:]),
        countries=_merged(countries_of(catalogue, kind, record) for record, catalogue in there),
        themes=_merged(themes_of(kind, record) for record, _ in there),
    )


def _merged(found: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({each for names in found for each in names}))


def _told(change: FieldChange) -> Told:
    runs = in_short(stretches(change.before or "", change.after or ""))
    item = isinstance(change.path[-1], int)
    return Told(change.where, tuple(_cut((mark.value, text) for mark, text in runs)), item)


def _cut(run: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """No more than the first letters of a value; each mark of it stays, so that what came is told beside what went."""
    for mark, text in run:
        yield mark, text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"
