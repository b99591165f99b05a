"""Files become Documents: plain values, and the line and column of each.

YAML is read from the parser's events rather than composed: `compose` recurses in C, so a file nested
ten thousand deep would end the process, and it hides anchors. A scalar stays the text that was written;
only plain `null`, `~`, nothing, `true` and `false` are resolved, since YAML's own rules spoil texts
(`NO`, `12:30`, `010`, the CELEX number `31996E0697`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from generator.model.document import Document, Mark
from generator.model.kind import Kind
from generator.model.values import near
from generator.problems import Code, Place, Problem

LARGEST = 1024 * 1024
DEEPEST = 20
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unreadable(Exception):
    """A file that cannot be read any further."""

    def __init__(self, code: Code, line: int, column: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.line, self.column, self.message, self.hint = code, line, column, message, hint

    def at(self, path: str) -> Problem:
        return Problem(Place(path, self.line, self.column), self.code, self.message, self.hint)


def read_folder(content: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The files of the content folder, by path below it: the only place that reads content from disk."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    root = content.resolve()
    for path in sorted(content.rglob("*")):
        name = path.relative_to(content).as_posix()
        if any(part.startswith(".") for part in PurePosixPath(name).parts) or path.is_dir():
            continue
        if not path.resolve().is_relative_to(root):
            message = "This link leads out of the content folder."
            problems.append(Problem(Place(name), Code.SYMLINK, message, "Put the file itself here."))
        elif path.stat().st_size > LARGEST:
            problems.append(_too_large(name))
        else:
            files[name] = path.read_bytes()
    return files, problems


def read(files: Mapping[str, bytes | str], kinds: tuple[Kind, ...]) -> tuple[list[Document], list[Problem]]:
    """Files, by path below the content folder, as Documents. Pure: nothing is opened here."""
    documents: list[Document] = []
    problems: list[Problem] = []
    by_folder = {kind.folder: kind for kind in kinds if kind.folder}
    by_file = {kind.file: kind for kind in kinds if kind.file}
    for name in sorted(files):
        try:
            path = PurePosixPath(name)
            if name in by_file:
                documents += _read_table(name, _decode(files[name]), by_file[name])
            elif path.parts[0] == "pages" and path.suffix == ".md" and "pages" in by_folder:
                documents.append(_read_page(name, _decode(files[name]), by_folder["pages"]))
            elif len(path.parts) == 2 and path.parts[0] in by_folder and path.suffix == ".yml":
                documents.append(_read_record(name, _decode(files[name]), by_folder[path.parts[0]]))
            else:
                problems.append(_stray(name, [*by_folder, *by_file]))
        except Unreadable as error:
            problems.append(error.at(name))
    return documents, problems


def _stray(name: str, known: list[str]) -> Problem:
    path = PurePosixPath(name)
    hint = near(path.parts[0], known)
    if path.suffix in (".yaml", ".yml") and path.parts[0] in known and len(path.parts) == 2:
        hint = f"Name it {path.stem}.yml."
    message = "This file belongs to no kind of record."
    return Problem(Place(name), Code.STRAY_FILE, message, hint or f"Records live in: {', '.join(sorted(known))}.")


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
        column = len(before) - (before.rfind(b"\n") + 1) + 1
        byte = data[error.start]
        message = f"The byte 0x{byte:02X} is not UTF-8."
        raise Unreadable(Code.NOT_UTF8, line, column, message, "Save the file as UTF-8.") from None


def _read_record(name: str, text: str, kind: Kind) -> Document:
    values, mark = _mapping(text)
    return Document(name, kind.name, PurePosixPath(name).stem, values, mark)


def _read_table(name: str, text: str, kind: Kind) -> Iterator[Document]:
    values, mark = _mapping(text)
    keys = mark.keys or {}
    for key in values:
        if key not in ("sources", "records"):
            line, column, _ = keys[key]
            hint = near(key, ("sources", "records")) or "It holds `sources` and `records`."
            raise Unreadable(Code.UNKNOWN_FIELD, line, column, f"This file has no field '{key}'.", hint)
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
        yield Document(name, kind.name, id, fields, at, values.get("sources", []), shared_mark)


def _read_page(name: str, text: str, kind: Kind) -> Document:
    handler = YAMLHandler()
    if not text.startswith("---"):
        message = "A page begins with a block between two lines of ---."
        raise Unreadable(Code.MISSING_FRONT_MATTER, 1, 1, message, "Write --- , title: and description:, --- .")
    try:
        front, body = handler.split(text)
    except ValueError:
        message = "The block that begins with --- is not closed."
        raise Unreadable(
            Code.FRONT_MATTER, 1, 1, message, "Write --- on a line of its own after the last field."
        ) from None
    values, mark = _mapping(front.removeprefix("\n"), first_line=2)
    body_line = text[: len(text) - len(body)].count("\n") + 1
    keys = {**(mark.keys or {}), "body": (body_line, 1, Mark(body_line, 1))}
    id = PurePosixPath(name).relative_to("pages").with_suffix("").as_posix()
    return Document(name, kind.name, id, {**values, "body": body}, Mark(mark.line, mark.column, keys))


def _mapping(text: str, first_line: int = 1) -> tuple[dict[str, Any], Mark]:
    """The one mapping that a file holds."""
    try:
        value, mark = _Events(text, first_line).document()
    except yaml.MarkedYAMLError as error:
        raise _syntax(error, text, first_line) from None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + first_line if isinstance(error.position, int) else 1
        found = error.character
        message = f"The character U+{ord(found) if isinstance(found, str) else found:04X} cannot stand in YAML."
        raise Unreadable(Code.BAD_TEXT, line, 1, message, "Delete it.") from None
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


class _Events:
    """Builds values and marks from the parser's events, one level at a time."""

    def __init__(self, text: str, first_line: int) -> None:
        self.parser = Loader(text)
        self.first_line = first_line

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
        self._refuse(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event), self._mark(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(event, depth)
        return self._dict(event, depth)

    def _list(self, start: Any, depth: int) -> tuple[list[Any], Mark]:
        values, marks = [], []
        while not self.parser.check_event(yaml.SequenceEndEvent):
            value, mark = self._value(self.parser.get_event(), depth + 1)
            values.append(value)
            marks.append(mark)
        self.parser.get_event()
        at = self._mark(start)
        return values, Mark(at.line, at.column, items=tuple(marks))

    def _dict(self, start: Any, depth: int) -> tuple[dict[str, Any], Mark]:
        values: dict[str, Any] = {}
        keys: dict[str, tuple[int, int, Mark]] = {}
        while not self.parser.check_event(yaml.MappingEndEvent):
            event = self.parser.get_event()
            self._refuse(event, depth)
            if not isinstance(event, yaml.ScalarEvent):
                raise self._stop(Code.WRONG_TYPE, event, "A key must be a word.", "Put braces and brackets in quotes.")
            key, at = event.value, self._mark(event)
            if key == "<<":
                raise self._stop(Code.ANCHOR, event, "Merge keys are not used here.", "Write the fields out.")
            if key in values:
                first = keys[key][0]
                message = f"The key '{key}' stands here a second time; the first is on line {first}."
                raise self._stop(Code.DUPLICATE_KEY, event, message, "Keep one of the two.")
            values[key], mark = self._value(self.parser.get_event(), depth + 1)
            keys[key] = (at.line, at.column, mark)
        self.parser.get_event()
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
                f"The tag {event.tag} is not used here.",
                "Delete it, or put the value in quotes.",
            )
        if depth > DEEPEST:
            raise self._stop(Code.TOO_DEEP, event, f"Values are nested more than {DEEPEST} deep.", "Flatten them.")

    def _mark(self, event: Any) -> Mark:
        at = event.start_mark
        return Mark(at.line + self.first_line, at.column + 1)

    def _stop(self, code: Code, event: Any, message: str, hint: str) -> Unreadable:
        at = self._mark(event)
        return Unreadable(code, at.line, at.column, message, hint)


RESOLVED = {"": None, "~": None, "null": None, "true": True, "false": False}


def _scalar(event: Any) -> Any:
    plain = not event.style  # None in the pure Python parser, '' in the C one
    return RESOLVED[event.value] if plain and event.value in RESOLVED else event.value


def _syntax(error: yaml.MarkedYAMLError, text: str, first_line: int) -> Unreadable:
    """Say in the editor's words what the YAML parser found."""
    problem = str(error.problem or "")
    spot = error.problem_mark or error.context_mark
    line, column = (int(spot.line), int(spot.column)) if spot else (0, 0)
    lines = text.splitlines()
    here = lines[line] if line < len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())] or ("cannot start" in problem and "\t" in here):
        tab = max(here.find("\t"), 0)
        return Unreadable(Code.TAB, line + first_line, tab + 1, "The line holds a tab.", "Use spaces.")
    for part, message, hint in SYNTAX:
        if part in problem:
            if "quoted" in str(error.context or "") and error.context_mark:
                break
            return Unreadable(Code.YAML_SYNTAX, line + first_line, column + 1, message, hint)
    if "quoted" in str(error.context or "") and error.context_mark:
        at = error.context_mark
        return Unreadable(
            Code.YAML_SYNTAX,
            at.line + first_line,
            at.column + 1,
            "The quote that begins here is not closed.",
            "Add the closing quote.",
        )
    sentence = problem[:1].upper() + problem[1:]
    return Unreadable(
        Code.YAML_SYNTAX,
        line + first_line,
        column + 1,
        f"{sentence}.",
        "Look at this line and the one above.",
    )


SYNTAX = (
    (
        "mapping values are not allowed",
        "A colon followed by a blank makes YAML see a key here.",
        "Put the text in quotes, or mend the indentation.",
    ),
    (
        "did not find expected key",
        "The indentation does not fit, or a quote is closed too early.",
        "Line the key up with its neighbours.",
    ),
    (
        "could not find expected ':'",
        "A key without its colon.",
        "Write `key: value`.",
    ),
    (
        "did not find expected ',' or",
        "A list or mapping in brackets is not closed.",
        "Add the comma, or the closing bracket.",
    ),
    (
        "did not find expected '-' indicator",
        "A list and a key stand side by side here.",
        "Mend the indentation.",
    ),
    (
        "block sequence entries are not allowed",
        "A list begins where it cannot.",
        "Begin it on a line of its own, indented.",
    ),
    (
        "found character that cannot start any token",
        "A text cannot begin with this sign.",
        "Put the text in quotes.",
    ),
)
