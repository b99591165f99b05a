"""`retire`: a record goes, and a tombstone stays that says what it was, why it went, and what to read instead."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from generator.checking import Checked
from generator.editing.edits import edited
from generator.editing.leading import counted, led_to, relinked_pages, values_in, written
from generator.editing.mentions import mentions
from generator.editing.records import (
    Change,
    bytes_of,
    counts_told,
    hidden,
    key_of,
    record_called,
    refuse_new_problems,
    refuse_problems,
    text_of,
)
from generator.editing.renaming import OURS
from generator.model.catalogue import Validated
from generator.model.retired import RETIRED
from generator.model.values import SourceId
from generator.model.walk import walk
from generator.problems import Refused

FILE = str(RETIRED.file)


def retire(checked: Checked, id: str, because: str, on: date, successor: str = "") -> Change:
    """The change that takes a record out. Raises `Refused` where something still needs it."""
    one = record_called(checked, id)
    heir = record_called(checked, successor) if successor else None
    _refuse(one, heir, because)
    named = [m for m in mentions(checked, key_of(one)) if (m.document.kind, m.document.id) != key_of(one)]
    same = heir is not None and heir.kind is one.kind
    target = (heir.kind, heir.record.id) if heir else (one.kind, one.record.id)
    pages = relinked_pages(checked, (one.kind, one.record.id), target, key_of(one)) if heir else _links_to(checked, one)
    bound = [m for m in named if not (heir and (same or m.document.kind == RETIRED.name))]
    if bound or (pages and not heir):
        raise Refused(_needed(one, counted(bound, {} if heir else pages), heir))
    refuse_problems(checked, [*{m.document.path for m in named}, one.document.path, *hidden(checked, one.record.id)])
    if FILE in checked.files:
        refuse_problems(checked, [FILE])
    values = led_to(checked, named, heir.record.id) if heir else {}
    values[FILE] = _with_tombstone(values.get(FILE) or _graves(checked), one, heir, because, on)
    if one.kind.file:
        values[one.document.path] = _without(checked, values.get(one.document.path), one)
    graves = values.pop(FILE)
    texts = written(checked, values, pages if heir else {})
    texts[FILE] = edited(text_of(checked.files, FILE) if FILE in checked.files else "records:\n", graves, RETIRED)
    files: dict[str, bytes | None] = {path: bytes_of(checked.files, path, text) for path, text in texts.items()}
    if not one.kind.file:
        files[one.document.path] = None
    before = {path: data for path, data in checked.files.items() if path in files and isinstance(data, bytes)}
    change = Change(files, _said(one, heir, on, counted(named, pages if heir else {})), before)
    refuse_new_problems(checked, change)
    return change


def _refuse(one: Validated, heir: Validated | None, because: str) -> None:
    id = one.record.id
    if not because.strip():
        raise Refused("Say why the record goes: --because 'It was recorded twice.' Readers of its address will see it.")
    if (one.kind.name, id) in OURS:
        raise Refused(f"'{id}' stays: {OURS[one.kind.name, id]}")
    if one.kind.name == "page" and (id == "index" or id.endswith("/index")):
        raise Refused(f"'{id}' is the front of its section, which the navigation of the site names; it stays.")
    if heir and key_of(heir) == key_of(one):
        raise Refused("A record is not its own successor. Name another, or none.")


def _links_to(checked: Checked, one: Validated) -> dict[str, tuple[str, int]]:
    """Pages with links to the record, which would lead nowhere."""
    kind, id = one.kind, one.record.id
    return relinked_pages(checked, (kind, id), (kind, f"{id}-gone"), key_of(one))


def _needed(one: Validated, counts: Counter[str], heir: Validated | None) -> str:
    what = f"The {one.kind.singular.lower()} '{one.record.id}'"
    if heir and heir.kind is not one.kind:
        why = f"is named here, where {heir.kind.a} can't stand in its place"
    else:
        why = "is still named here"
    lines = [f"  content/{path}: {count}" for path, count in sorted(counts.items())]
    todo = "Mend these first" if heir else "Mend these first, or name what is to be read instead with --successor"
    return "\n".join([f"Nothing was changed: {what} {why}:", *lines, f"{todo}."])


def _graves(checked: Checked) -> dict[str, Any]:
    return values_in(checked, FILE) if FILE in checked.files else {"records": {}}


def _with_tombstone(
    values: dict[str, Any], one: Validated, heir: Validated | None, because: str, on: date
) -> dict[str, Any]:
    aliases = {"aliases": list(map(str, one.record.aliases))} if one.record.aliases else {}
    named = {"successor": f"{heir.kind.name}/{heir.record.id}"} if heir else {}
    name = str(getattr(one.record, "name", None) or one.record.title)
    tombstone = {**aliases, "name": name, "retired": on.isoformat(), "because": " ".join(because.split()), **named}
    return {**values, "records": {**values["records"], f"{one.kind.name}/{one.record.id}": tombstone}}


def _without(checked: Checked, values: dict[str, Any] | None, one: Validated) -> dict[str, Any]:
    """The values of a file of many records without one, and without the sources that only it rested on."""
    whole = values or values_in(checked, one.document.path)
    records = {id: record for id, record in whole["records"].items() if id != one.document.id}
    others = [each for each in checked.passed if each.document.path == one.document.path and each is not one]
    alone = _sources_of(one) - {source for other in others for source in _sources_of(other)}
    if not alone:
        return {**whole, "records": records}
    sources = [source for source in whole["sources"] if source["id"] not in alone]
    kept = {**whole, "sources": sources, "records": records}
    return kept if sources else {name: value for name, value in kept.items() if name != "sources"}


def _sources_of(one: Validated) -> set[str]:
    return {str(value) for path, value in walk(one.record) if isinstance(value, SourceId) and path[0] != "sources"}


def _said(one: Validated, heir: Validated | None, on: date, counts: Counter[str]) -> tuple[str, ...]:
    what = f"The {one.kind.singular.lower()} '{one.record.id}'"
    leads = f", which leads to {heir.kind.name}/{heir.record.id}" if heir else ""
    where = one.document.path
    return (
        f"{what} is retired on {on.isoformat()}. A tombstone stays in content/{FILE}{leads}.",
        f"  content/{where} {'no longer holds it' if one.kind.file else 'is gone'}; its text stays in git.",
        *counts_told(counts),
    )
