"""Looks at the schemas through the program that VS Code has for YAML: what does somebody who writes a record see?

For each kind: the sample is without a fault, an empty record is offered all its fields, each field is explained, a
reference is offered ids with their names, and what is wrong is told on its line in words of ours. All that is wanted
comes from `schema.fields`. Pages are no YAML files, so the program does not read them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from generator.kinds import KINDS
from generator.model.kind import Kind
from generator.model.values import Form
from generator.schema.fields import Either, Field, ListOf, Plain, Refers, Shape, describe
from generator.schema.modeline import modeline
from generator.schema.samples import sample_of
from scripts.language_server import LanguageServer

ROOT = Path(__file__).parent.parent
SERVER = ROOT / "tests" / "verify" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
WRONG = "¿no?"
"""No date, number, address, word, id or list."""
OF_MACHINES = ("does not match the pattern", "Matches multiple schemas")


def editor_faults(program: Path = SERVER) -> Iterator[str]:
    """What an editor's program does not do for those who write, a line each."""
    with LanguageServer(program, ROOT) as server:
        for kind in KINDS:
            if modeline(kind):
                yield from (f"{kind.name}: {fault}" for fault in _faults(_Desk(server, kind)))


NUMBERS = count(1)
"""Each text is a file with a name of its own: an answer about a former one may come late."""


class _Desk:
    """Somebody who writes records of one kind."""

    def __init__(self, server: LanguageServer, kind: Kind) -> None:
        self.server, self.kind = server, kind
        self.fields = describe(kind).fields
        self.indent = "    " if kind.file else ""
        key = "ZZ" if kind.name in ("country", "group") else "zz"
        self.head = f"{modeline(kind)}\n" + (f"sources: []\nrecords:\n  {key}:\n" if kind.file else "")

    def open(self, text: str) -> tuple[Path, list[tuple[str, str]]]:
        """A new file with this text, and its faults: each with the line that it stands on."""
        name = f"x{next(NUMBERS)}.yml"
        path = ROOT / "content" / (name if self.kind.file else f"{self.kind.folder}/{name}")
        lines = text.splitlines()
        found = self.server.open(path, text)
        return path, [(lines[each["range"]["start"]["line"]].strip(), each["message"]) for each in found]

    def offered(self, text: str) -> dict[str, str]:
        """What may be put in at the end of a text, each with what is said of it."""
        path, _ = self.open(text)
        last = text.rpartition("\n")[2]
        found = self.server.offered(path, text.count("\n"), len(last))
        return {each["label"]: str(each.get("documentation", "")) for each in found}


def _faults(desk: _Desk) -> Iterator[str]:
    _, found = desk.open(f"{modeline(desk.kind)}\n{sample_of(desk.kind)}")
    yield from (f"the sample: {line}: {told}" for line, told in found)
    offered = desk.offered(desk.head + desk.indent)
    yield from (f"{field.name} is not offered" for field in desk.fields if field.name not in offered)
    yield from _ids(desk)
    yield from _wrong(desk)


def _ids(desk: _Desk) -> Iterator[str]:
    for field in desk.fields:
        opened = {Refers: "", ListOf: "["}.get(type(field.shape))
        shape = field.shape.of if isinstance(field.shape, ListOf) else field.shape
        if opened is not None and isinstance(shape, Refers) and len(shape.kinds) == 1 and shape.kinds[0] != "page":
            offered = desk.offered(f"{desk.head}{desk.indent}{field.name}: {opened}")
            if not any(offered.values()):
                yield f"{field.name}: no id with its name is offered"


def _wrong(desk: _Desk) -> Iterator[str]:
    written = [f"{field.name}: {WRONG}" for field in desk.fields if _can_be_wrong(field)] + ["budjet: 1"]
    path, told = desk.open(desk.head + "".join(f"{desk.indent}{line}\n" for line in written))
    yield from (f"{line}: nothing is said" for line in written if line not in dict(told))
    yield from (f"{line}: {words}" for line, words in told if any(each in words for each in OF_MACHINES))
    above = desk.head.count("\n")
    for number, field in enumerate(field for field in desk.fields if _can_be_wrong(field)):
        explained = desk.server.explained(path, above + number, len(desk.indent) + 1)
        if field.title not in explained or field.what.partition("\n")[0] not in explained:
            yield f"{field.name} is not explained: {explained[:80]!r}"


def _can_be_wrong(field: Field) -> bool:
    """Whether some text is certainly no value of a field; the id is left to our own check, which knows the file."""
    free = [each for each in _ways(field.shape) if isinstance(each, Plain) and each.form.pattern == Form.pattern]
    return field.name != "id" and not free


def _ways(shape: Shape) -> tuple[Shape, ...]:
    return shape.ways if isinstance(shape, Either) else (shape,)
