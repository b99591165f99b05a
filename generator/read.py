"""Files become Documents: plain values, and the line and column of each.

YAML is read from the parser's events rather than composed: `compose` recurses in C, so a file nested
ten thousand deep would end the process, and it hides anchors. A scalar stays the text that was written;
only plain `null`, `~`, nothing, `true` and `false` are resolved, since YAML's own rules spoil texts
(`NO`, `12:30`, `010`, the CELEX number `31996E0697`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from generator.model.document import Document, Mark
from generator.model.kind import Kind
from generator.model.values import UNSEEN, near, same, written
from generator.problems import Code, Mend, Place, Problem, Refused, Way

LARGEST = 1024 * 1024
DEEPEST = 20
MOST = 100_000
"""Values that a file may hold. The largest has some three thousand; a file of 1 MiB could hold half a million."""
FORMAT = 1
"""The number of the format of records that the models describe; a migration raises it."""
FORMAT_FILE = "format.yml"
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unreadable(Exception):
    """A file that cannot be read any further."""

    def __init__(
        self, code: Code, line: int, column: int, message: str, hint: str = "", mend: Mend | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.line, self.column, self.message, self.hint = code, line, column, message, hint
        self.mend = mend

    def at(self, path: str) -> Problem:
        return Problem(Place(path, self.line, self.column), self.code, self.message, self.hint, self.mend)


def read_folder(content: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The files of the content folder, by path below it: the only place that reads content from disk."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    root = content.resolve()
    for path in sorted(content.rglob("*")):
        name = path.relative_to(content).as_posix()
        if any(part.startswith(".") for part in PurePosixPath(name).parts):
            continue
        if UNSHOWN.search(name):
            problems.append(_unshown(name))
        elif path.is_symlink() and (fault := _link_fault(path, root)):
            problems.append(Problem(Place(name), Code.SYMLINK, fault, "Put the file itself here."))
        elif not path.is_file():
            continue
        elif path.stat().st_size > LARGEST:
            problems.append(_too_large(name))
        else:
            files[name] = path.read_bytes()
    return files, problems


UNSHOWN = re.compile(f"[\t\n]|{UNSEEN.pattern}")
"""What no name of a file may hold: no report could show where the file is. Bytes that are not UTF-8 are surrogates."""


def _unshown(name: str) -> Problem:
    message = "The name of this file holds characters that cannot be shown."
    return Problem(Place(UNSHOWN.sub("\ufffd", name)), Code.STRAY_FILE, message, "Rename it.")


def _link_fault(path: Path, root: Path) -> str | None:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # to nothing, or round in a ring
        return "This link leads nowhere."
    return None if target.is_relative_to(root) else "This link leads out of the content folder."


def read(files: Mapping[str, bytes | str], kinds: tuple[Kind, ...]) -> tuple[list[Document], list[Problem]]:
    """Files, by path below the content folder, as Documents. Pure: nothing is opened here."""
    documents: list[Document] = []
    problems: list[Problem] = []
    places = [kind.folder for kind in kinds if kind.folder] + [kind.file for kind in kinds if kind.file]
    for name in sorted(files):
        kind = kind_of(name, kinds)
        if name == FORMAT_FILE:
            problems += _old_format(files[name])
            continue
        if kind is None:
            problems.append(_stray(name, places))
            continue
        try:
            documents += _read_file(name, _decode(files[name]), kind)
        except Unreadable as error:
            problems.append(error.at(name))
            id = "" if kind.file else _id_of(name, kind)
            documents.append(Document(name, kind.name, id, {}, Mark(1, 1), unread=True))
    return documents, problems


def _old_format(data: bytes | str) -> Iterator[Problem]:
    try:
        number = format_in(data)
    except Unreadable as error:
        yield error.at(FORMAT_FILE)
        return
    if number < FORMAT:
        message = f"The content has format {number}, the program reads format {FORMAT}."
        yield Problem(Place(FORMAT_FILE), Code.OLD_FORMAT, message, "Run: catalogue migrate.")


def format_in(data: bytes | str | None, newest: int = FORMAT) -> int:
    """The number that `format.yml` gives, 1 where there is no such file.

    Raises `Unreadable` where it gives none, and `Refused` where the program is too old to know it.
    """
    if data is None:
        return 1
    values, mark = _mapping(_decode(data))
    written = values.get("format")
    if list(values) != ["format"] or not isinstance(written, str) or not re.fullmatch("[0-9]{1,6}", written):
        raise Unreadable(Code.WRONG_TYPE, mark.line, mark.column, "This file holds one number.", "Write format: 1.")
    number = int(written)
    if number > newest:
        raise Refused(
            f"The content has format {number}, and this program knows formats up to {newest}. Get its newest version."
        )
    return number


def kind_of(name: str, kinds: tuple[Kind, ...]) -> Kind | None:
    """The kind that a file below the content folder belongs to."""
    by_folder = {kind.folder: kind for kind in kinds if kind.folder}
    in_one_file = next((kind for kind in kinds if kind.file == name), None)
    return in_one_file or _kind_of_folder(PurePosixPath(name), by_folder)


def _kind_of_folder(path: PurePosixPath, by_folder: Mapping[str, Kind]) -> Kind | None:
    """The kind whose folder a file lies in; pages may lie deeper."""
    kind = by_folder.get(path.parts[0]) if len(path.parts) > 1 else None
    if kind is None or path.suffix != _ending(kind):
        return None
    return kind if len(path.parts) == 2 or kind.folder == "pages" else None


def _ending(kind: Kind) -> str:
    return ".md" if kind.folder == "pages" else ".yml"


def _id_of(name: str, kind: Kind) -> str:
    return PurePosixPath(name).relative_to(str(kind.folder)).with_suffix("").as_posix()


def _read_file(name: str, text: str, kind: Kind) -> Iterator[Document]:
    if kind.file:
        yield from _read_table(name, text, kind)
    elif kind.folder == "pages":
        yield _read_page(name, text, kind)
    else:
        values, mark = _mapping(text)
        yield Document(name, kind.name, _id_of(name, kind), values, mark)


def _stray(name: str, known: list[str]) -> Problem:
    path = PurePosixPath(name)
    folder = path.parts[0]
    hint = near(folder, known) or f"Records live in: {', '.join(sorted(known))}."
    if folder in known:
        ending = ".md" if folder == "pages" else ".yml"
        hint = f"Put it into {folder}/ itself." if path.suffix == ending else f"Name it {path.stem}{ending}."
    message = "This file belongs to no kind of record."
    return Problem(Place(name), Code.STRAY_FILE, message, hint)


def _too_large(name: str) -> Problem:
    return Problem(Place(name), Code.TOO_LARGE, "The file is larger than 1 MiB.", "Split it, or leave data out.")


def _decode(data: bytes | str) -> str:
    if isinstance(data, str):
        return data
    if len(data) > LARGEST:
        raise Unreadable(Code.TOO_LARGE, 1, 1, "The file is larger than 1 MiB.", "Split it, or leave data out.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8-sig")) + 1
        byte = data[error.start]
        message = f"The byte 0x{byte:02X} is not UTF-8."
        raise Unreadable(Code.NOT_UTF8, line, column, message, "Save the file as UTF-8.") from None


def _read_table(name: str, text: str, kind: Kind) -> Iterator[Document]:
    values, mark = _mapping(text)
    keys = mark.keys or {}
    for key in values:
        if key not in ("sources", "records"):
            line, column, _ = keys[key]
            hint = near(key, ("sources", "records")) or "It holds `sources` and `records`."
            mend = written(same(key, ("sources", "records")))
            raise Unreadable(Code.UNKNOWN_FIELD, line, column, f"This file has no field '{key}'.", hint, mend)
    if "records" not in values:
        raise Unreadable(Code.MISSING_FIELD, 1, 1, "This file has no `records`.", "Write the records below `records:`.")
    below = keys["records"][2]
    records = values["records"]
    if not isinstance(records, dict):
        raise Unreadable(
            Code.WRONG_TYPE, below.line, below.column, "`records` must be a mapping.", "Write `id:` lines."
        )
    shared_mark = keys["sources"][2] if "sources" in keys else None
    for id, record in records.items():
        line, column, record_mark = (below.keys or {})[id]
        fields = record if isinstance(record, dict) else {}
        at = Mark(line, column, record_mark.keys)
        sources = values.get("sources")
        yield Document(name, kind.name, id, fields, at, [] if sources is None else sources, shared_mark)


def _read_page(name: str, text: str, kind: Kind) -> Document:
    text = text.replace("\r\n", "\n")
    handler = YAMLHandler()
    if not text.startswith("---"):
        message = "A page begins with a block between two lines of ---."
        hint = "Write a line of ---, then title: and description:, then a line of ---."
        raise Unreadable(Code.MISSING_FRONT_MATTER, 1, 1, message, hint)
    try:
        front, body = handler.split(text)
    except ValueError:
        message = "The block that begins with --- is not closed."
        hint = "Write --- on a line of its own after the last field."
        raise Unreadable(Code.FRONT_MATTER, 1, 1, message, hint) from None
    begin = text.index(front, 3)
    front_line = text.count("\n", 0, begin) + 1
    values, mark = _mapping(front, front_line) if front.strip() else ({}, Mark(1, 1))
    rest = len(text) - len(body.lstrip())
    at = Mark(text.count("\n", 0, rest) + 1, 1)
    keys = {**(mark.keys or {}), "body": (at.line, 1, at)}
    return Document(name, kind.name, _id_of(name, kind), {**values, "body": body}, Mark(mark.line, mark.column, keys))


def values_of(text: str) -> dict[str, Any]:
    """What is read from the text of a YAML file, or of the front matter of a page.

    Raises `Unreadable` where it is not one mapping of plain values.
    """
    return _mapping(text)[0]


def _mapping(text: str, first_line: int = 1) -> tuple[dict[str, Any], Mark]:
    """The one mapping that a file holds."""
    try:
        value, mark = _Events(text, first_line).document()
    except yaml.MarkedYAMLError as error:
        raise _syntax(error, text, first_line) from None
    except yaml.reader.ReaderError as error:
        raise _bad_character(error, text, first_line) from None
    if value is None:
        raise Unreadable(Code.EMPTY_FILE, 1, 1, "The file is empty.", "Write a record, or delete the file.")
    if not isinstance(value, dict):
        raise Unreadable(
            Code.WRONG_TYPE,
            mark.line,
            mark.column,
            "The file must hold a mapping.",
            "Write `name: value` lines.",
        )
    if not value:
        raise Unreadable(
            Code.EMPTY_RECORD,
            mark.line,
            mark.column,
            "The record has no fields.",
            "Write a record, or delete the file.",
        )
    return value, mark


def _bad_character(error: yaml.reader.ReaderError, text: str, first_line: int) -> Unreadable:
    """The C parser counts bytes where the other counts letters, so the character is looked for."""
    number = error.character if isinstance(error.character, int) else ord(error.character)
    before = text[: max(text.find(chr(number)), 0)]
    column = len(before) - before.rfind("\n")
    message = f"The character U+{number:04X} cannot stand in YAML."
    mend = Mend(Way.DELETE, chr(number))
    return Unreadable(Code.BAD_TEXT, before.count("\n") + first_line, column, message, "Delete it.", mend)


class _Events:
    """Builds values and marks from the parser's events, one level at a time."""

    def __init__(self, text: str, first_line: int) -> None:
        self.parser = Loader(text)
        self.first_line = first_line
        self.count = 0

    def document(self) -> tuple[Any, Mark]:
        try:
            return self._document()
        finally:
            self.parser.dispose()

    def _document(self) -> tuple[Any, Mark]:
        parser = self.parser
        parser.get_event()  # the stream's start
        if parser.check_event(yaml.StreamEndEvent):
            return None, Mark(self.first_line, 1)
        parser.get_event()  # the document's start
        value, mark = self._value(parser.get_event(), 1)
        parser.get_event()  # the document's end
        if not parser.check_event(yaml.StreamEndEvent):
            second = parser.get_event()
            raise self._stop(
                Code.SECOND_DOCUMENT,
                second,
                "A second document begins here.",
                "Put it into a file of its own.",
            )
        return value, mark

    def _value(self, event: Any, depth: int) -> tuple[Any, Mark]:
        self.count += 1
        if event.anchor or event.tag or depth > DEEPEST or self.count > MOST:
            self._refuse(event, depth)
        sort = type(event)
        if sort is yaml.ScalarEvent:
            at: Any = event.start_mark
            return scalar_of(event), Mark(at.line + self.first_line, at.column + 1)
        return self._list(event, depth) if sort is yaml.SequenceStartEvent else self._dict(event, depth)

    def _list(self, start: Any, depth: int) -> tuple[list[Any], Mark]:
        values, marks = [], []
        while type(event := self.parser.get_event()) is not yaml.SequenceEndEvent:
            value, mark = self._value(event, depth + 1)
            values.append(value)
            marks.append(mark)
        at = self._mark(start)
        return values, Mark(at.line, at.column, items=tuple(marks))

    def _dict(self, start: Any, depth: int) -> tuple[dict[str, Any], Mark]:
        values: dict[str, Any] = {}
        keys: dict[str, tuple[int, int, Mark]] = {}
        event: Any
        at: Any
        while type(event := self.parser.get_event()) is not yaml.MappingEndEvent:
            if event.anchor or event.tag:
                self._refuse(event, depth)
            if type(event) is not yaml.ScalarEvent:
                raise self._stop(Code.WRONG_TYPE, event, "A key must be a word.", "Put braces and brackets in quotes.")
            key, at = str(event.value), event.start_mark
            if key == "<<":
                raise self._stop(Code.ANCHOR, event, "Merge keys are not used here.", "Write the fields out.")
            if key in values:
                first = keys[key][0]
                message = f"The key '{key}' stands here a second time; the first is on line {first}."
                raise self._stop(Code.DUPLICATE_KEY, event, message, "Keep one of the two.")
            values[key], mark = self._value(self.parser.get_event(), depth + 1)
            keys[key] = (at.line + self.first_line, at.column + 1, mark)
        at = self._mark(start)
        return values, Mark(at.line, at.column, keys=keys)

    def _refuse(self, event: Any, depth: int) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._stop(
                Code.ANCHOR,
                event,
                f"The alias *{event.anchor} is not used here.",
                "Write the value out, or put it in quotes.",
            )
        if event.anchor:
            raise self._stop(
                Code.ANCHOR,
                event,
                f"The anchor &{event.anchor} is not used here.",
                "Delete it, or put the value in quotes.",
            )
        if event.tag and not (isinstance(event, yaml.ScalarEvent) and event.tag == "!" and not event.value):
            raise self._stop(
                Code.TAG,
                event,
                f"The tag {event.tag.replace('tag:yaml.org,2002:', '!!')} is not used here.",
                "Delete it, or put the value in quotes.",
            )
        if self.count > MOST:
            raise self._stop(Code.TOO_LARGE, event, f"The file holds more than {MOST:,} values.", "Split it.")
        if depth > DEEPEST:
            raise self._stop(Code.TOO_DEEP, event, f"Values are nested more than {DEEPEST} deep.", "Flatten them.")

    def _mark(self, event: Any) -> Mark:
        at = event.start_mark
        return Mark(at.line + self.first_line, at.column + 1)

    def _stop(self, code: Code, event: Any, message: str, hint: str) -> Unreadable:
        at = self._mark(event)
        return Unreadable(code, at.line, at.column, message, hint)


RESOLVED = {"": None, "~": None, "null": None, "true": True, "false": False}


def scalar_of(event: Any) -> Any:
    """The value of a scalar event: nothing, a truth value, or the text that was written."""
    plain = not event.style  # None in the pure Python parser, '' in the C one
    return RESOLVED[event.value] if plain and event.value in RESOLVED else event.value


def _syntax(error: yaml.MarkedYAMLError, text: str, first_line: int) -> Unreadable:
    """Say in the editor's words what the YAML parser found."""
    problem, context = str(error.problem or ""), str(error.context or "")
    spot = error.problem_mark or error.context_mark
    line, column = (spot.line, spot.column) if spot else (0, 0)
    lines = text.splitlines()
    here = lines[line] if line < len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())] or here[column : column + 1] == "\t":
        return Unreadable(Code.TAB, line + first_line, here.find("\t") + 1, "The line holds a tab.", "Use spaces.")
    sentence = f"{problem[:1].upper()}{problem[1:]}."
    unlisted = ("", Code.YAML_SYNTAX, sentence, "Look at this line and the one above.")
    _, code, message, hint = next((row for row in SYNTAX if row[0] in f"{context}: {problem}"), unlisted)
    begin = error.context_mark
    if begin and message.endswith("begins here."):
        line, column = begin.line, begin.column
    return Unreadable(code, line + first_line, column + 1, message, hint)


SYNTAX = (
    (
        "mapping values are not allowed",
        Code.YAML_SYNTAX,
        "YAML takes what stands before this colon for the name of a field.",
        "Put the text in quotes, or mend the indentation.",
    ),
    (
        "unknown escape character",
        Code.YAML_SYNTAX,
        "YAML does not know what the backslash here stands for.",
        "Use single quotes, or write two backslashes for one.",
    ),
    (
        "Unicode character escape code",
        Code.BAD_TEXT,
        "What the backslash stands for here is no character.",
        "Write the character itself.",
    ),
    (
        "quoted scalar: found unexpected",
        Code.YAML_SYNTAX,
        "A quote that is not closed begins here.",
        "Add the closing quote.",
    ),
    (
        "scanning an alias",
        Code.ANCHOR,
        "A text that YAML reads as an alias begins here.",
        "Put the text in quotes.",
    ),
    (
        "scanning an anchor",
        Code.ANCHOR,
        "A text that YAML reads as an anchor begins here.",
        "Put the text in quotes.",
    ),
    (
        "did not find expected key",
        Code.YAML_SYNTAX,
        "The indentation does not fit, or a quote is closed too early.",
        "Line the key up with its neighbours.",
    ),
    (
        "could not find expected ':'",
        Code.YAML_SYNTAX,
        "A key without its colon.",
        "Write `key: value`.",
    ),
    (
        "expected ',' or",
        Code.YAML_SYNTAX,
        "A list or mapping in brackets that is not closed begins here.",
        "Add the comma, or the closing bracket.",
    ),
    (
        "did not find expected '-' indicator",
        Code.YAML_SYNTAX,
        "A list and a key stand side by side here.",
        "Mend the indentation.",
    ),
    (
        "block sequence entries are not allowed",
        Code.YAML_SYNTAX,
        "A list begins where it cannot.",
        "Begin it on a line of its own, indented.",
    ),
    (
        "did not find expected node content",
        Code.YAML_SYNTAX,
        "A value is missing before this sign.",
        "Write it, or put the text in quotes.",
    ),
    (
        "that cannot start any token",
        Code.YAML_SYNTAX,
        "A text cannot begin with this sign.",
        "Put the text in quotes.",
    ),
)
