"""Changes of the schema bring their own rewrite: from a number of the format to the next, for all records at once.

Records carry no number; the content folder does, in `format.yml`. To change the schema so that records must change:
add the function here under the next number, raise `generator.read.FORMAT`, and give it a test of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from generator.editing.edits import EditError, edited, parts, values_of
from generator.kinds import KINDS
from generator.model.kind import Kind
from generator.problems import Refused
from generator.read import FORMAT_FILE, Unreadable, format_in, kind_of

Values = dict[str, Any]


@dataclass(frozen=True)
class Migration:
    """One change of the schema: what it does, in a sentence, and a function from the kind and the values of a record.

    The function may change the values it is given, and returns them.
    """

    what: str
    change: Callable[[str, Values], Values]


MIGRATIONS: Mapping[int, Migration] = {}
"""By the number of the format that they lead to, from 2 on without a gap."""


@dataclass(frozen=True)
class Migrated:
    """The files that change, `format.yml` last, and the migrations that were made."""

    texts: Mapping[str, str]
    steps: Mapping[int, Migration]


def migrated(
    files: Mapping[str, bytes | str], migrations: Mapping[int, Migration] = MIGRATIONS, kinds: tuple[Kind, ...] = KINDS
) -> Migrated:
    """All files brought to the newest format. Raises `Refused`, with the file, where one of them cannot be."""
    newest = max(migrations, default=1)
    steps = {number: each for number, each in sorted(migrations.items()) if number > _number(files, newest)}
    texts: dict[str, str] = {}
    for name, data in sorted(files.items()):
        kind = kind_of(name, kinds)
        if kind is None or not steps:
            continue
        text = _text(name, data)
        made = _through(name, text, kind, steps)
        if made != text:
            texts[name] = made
    if steps:
        texts[FORMAT_FILE] = _format_text(files.get(FORMAT_FILE), newest)
    return Migrated(texts, steps)


def _number(files: Mapping[str, bytes | str], newest: int) -> int:
    try:
        return format_in(files.get(FORMAT_FILE), newest)
    except Unreadable as error:
        raise Refused(f"{FORMAT_FILE} cannot be read: {error.message} {error.hint}") from None


def _text(name: str, data: bytes | str) -> str:
    try:
        return data if isinstance(data, str) else data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{name} is not UTF-8, so nothing was changed. Run: catalogue check.") from None


def _through(name: str, text: str, kind: Kind, steps: Mapping[int, Migration]) -> str:
    try:
        for migration in steps.values():
            text = edited(text, _changed(values_of(parts(text, kind)[1]), kind, migration), kind)
    except Unreadable as error:
        raise Refused(f"{name}, line {error.line}, cannot be read, so nothing was changed. {error.message}") from None
    except EditError as error:
        raise Refused(f"{name} cannot be migrated. {error}") from None
    return text


def _changed(values: Values, kind: Kind, migration: Migration) -> Values:
    if not kind.file:
        return migration.change(kind.name, deepcopy(values))
    records = {id: migration.change(kind.name, deepcopy(record or {})) for id, record in values["records"].items()}
    return {**values, "records": records}


COMMENT = """\
# The format that the records of this folder are written in. `catalogue migrate` raises it; nobody edits it by hand.
"""


def _format_text(data: bytes | str | None, number: int) -> str:
    comments = COMMENT
    if data is not None:
        lines = _text(FORMAT_FILE, data).splitlines(keepends=True)
        comments = "".join(line for line in lines if line.startswith("#"))
    return f"{comments}format: {number}\n"
