"""Documents become Records: the model of the kind, then the rules that need one record only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.markdown import prose_faults
from generator.model.catalogue import Validated
from generator.model.document import Document, Path
from generator.model.edtf import Interval, PartialDate
from generator.model.evidence import Record, Source, field_order
from generator.model.kind import Kind
from generator.model.retired import RETIRED, Tombstone
from generator.model.values import (
    DEVICES,
    ID,
    RESERVED,
    FieldPath,
    Model,
    Prose,
    SourceId,
    Vocabulary,
    near,
    same,
    written,
)
from generator.model.walk import at, has_fact, walk
from generator.problems import Code, Fault, Mend, Problem, Way

CODES = {code.slug: code for code in Code}


def validate(documents: list[Document], kinds: tuple[Kind, ...]) -> tuple[list[Validated], list[Problem]]:
    """Records, and what is wrong with the others."""
    passed: list[Validated] = []
    problems: list[Problem] = []
    by_name = {kind.name: kind for kind in kinds}
    taken = {kind.section for kind in kinds} | OURS
    for document in documents:
        if document.unread:
            continue
        kind = by_name[document.kind]
        record, faults = _validate_one(document, kind, taken)
        if isinstance(record, Tombstone):
            faults += _tombstone_faults(record, by_name)
        problems += [document.problem(fault) for fault in faults]
        if record is not None:
            passed.append(Validated(kind, record, document))
    problems += _shared_sources(passed, documents)
    return passed, problems


OURS = frozenset(
    {
        "codes",
        "fields",
        "schema",
        "search",
        "bibliography",
        "statistics",
        "compare",
        "state",
        "timeline",
        "follow",
        "feeds",
        "calendars",
        "assets",
        "api",
    }
)
"""First parts of addresses that the site makes itself, beside those of the kinds."""


def _validate_one(document: Document, kind: Kind, taken: Set[str]) -> tuple[Record | None, list[Fault]]:
    if not document.values:
        message = f"The record '{document.id}' has no fields."
        return None, [Fault((), Code.EMPTY_RECORD, message, "Fill it in, or delete it.")]
    faults = list(_page_faults(document, taken) if kind.name == "page" else _id_faults(document, kind))
    try:
        record = kind.model.model_validate(_values(document, kind))
    except ValidationError as error:
        return None, faults + _from_errors(error.errors(), kind)
    faults += _alias_faults(record, kind, taken)
    rules = [fault for rule in (*kind.checks, *COMMON) for fault in rule(record)]
    if faults:  # an id that is wrong in form is not looked up
        rules = [fault for fault in rules if fault.path]
    return record, faults + list(_source_faults(record, whole=document.shared is None)) + rules


def _values(document: Document, kind: Kind) -> dict[str, Any]:
    values = dict(document.values)
    if document.shared is not None:
        values |= {"sources": document.shared}
    if document.shared is not None or kind.name == "page":
        values |= {"id": document.id}
    return values


def _page_faults(document: Document, taken: Set[str]) -> Iterator[Fault]:
    """A page's place in the folder is its address, which must be one and not yet taken."""
    if "id" in document.values:
        message, hint = "A page has no field 'id'.", "Its id is its place in the folder."
        yield Fault(("id",), Code.UNKNOWN_FIELD, message, hint, at_key=True)
    parts = document.id.split("/")
    if not all(ID.match(part) and part not in DEVICES for part in parts):
        message, hint = f"'{document.path}' is no address.", "Write lower case letters, digits and single hyphens."
        if DEVICES.intersection(parts):
            hint = "Windows can have no file of this name. Choose another."
        yield Fault((), Code.BAD_ID, message, hint, at_key=True)
    elif parts[0] in taken:
        message = f"The site makes the pages below '{parts[0]}' itself."
        yield Fault((), Code.BAD_ID, message, "Put the page elsewhere, as below about/.", at_key=True)


def _id_faults(document: Document, kind: Kind) -> Iterator[Fault]:
    own_file = document.shared is None
    if own_file:
        written = document.values.get("id")
        if isinstance(written, str) and written != document.id:
            message = f"The id is '{written}' but the file is called '{document.id}.yml'."
            yield Fault(("id",), Code.ID_MISMATCH, message, "Make the two the same.")
            return
    elif "id" in document.values or "sources" in document.values:
        field = "id" if "id" in document.values else "sources"
        message = f"A record of this file has no field '{field}'."
        hint = "Its id is the key above it." if field == "id" else "Sources stand at the top of the file."
        yield Fault((field,), Code.UNKNOWN_FIELD, message, hint, at_key=True)
    if not kind.is_id(document.id):
        yield _bad_id(("id",) if own_file else (), document.id, kind)


def _alias_faults(record: Record, kind: Kind, taken: Set[str]) -> Iterator[Fault]:
    """Each former id has the form of an id: an address is made of it. Those of a tombstone `link` looks at."""
    for number, alias in enumerate(record.aliases):
        elsewhere = kind.name == "page" and alias.partition("/")[0] in taken
        if kind is not RETIRED and (elsewhere or not kind.is_id(alias)):
            yield _bad_id(("aliases", number), alias, kind)


def _tombstone_faults(record: Tombstone, kinds: Mapping[str, Kind]) -> Iterator[Fault]:
    """The ids of a tombstone are those of a record which could have been."""
    kind = kinds.get(record.was[0])
    if not RETIRED.is_id(record.id):
        return
    if kind is None or kind is RETIRED:
        names = [name for name in kinds if name != RETIRED.name]
        hint = near(record.was[0], names) or f"Write one of: {', '.join(names)}."
        message = f"There is no kind of record called '{record.was[0]}'."
        yield Fault((), Code.BAD_ID, message, hint, at_key=True)
        return
    for number, id in enumerate((record.was[1], *map(str, record.aliases))):
        if not kind.is_id(id):
            path: Path = ("aliases", number - 1) if number else ()
            yield Fault(path, Code.BAD_ID, f"'{id}' is no id of {kind.a}.", "Write it as it was.", not path)


def _bad_id(path: Path, id: str, kind: Kind) -> Fault:
    plain = "Write lower case letters, digits and single hyphens."
    hint = HINTS.get(kind.name, plain)
    if id.lower() in RESERVED:
        hint = "Choose another; this one is taken."
    known = kind.respell(id)
    hint = f"Write {known}." if known else hint
    return Fault(path, Code.BAD_ID, f"'{id}' is no id of {kind.a}.", hint, not path, written(known))


HINTS = {
    "country": "Write two capitals, as CL.",
    "group": "Write capitals, as SICA.",
    "page": "Write a place in the folder of pages that the site does not make itself, as about/partnership.",
    "retired": "Write the kind and the id that the record had, as programme/urbelac.",
}


# -- what pydantic found, in the editor's words


def _from_errors(errors: list[ErrorDetails], kind: Kind) -> list[Fault]:
    """All that pydantic found, without the missing field that a misspelt one was meant for."""
    faults = [(details, _from_pydantic(details, kind)) for details in errors]
    faults = _with_needed(faults)
    meant = {(details["loc"][:-1], fault.hint) for details, fault in faults if details["type"] == "extra_forbidden"}
    return [
        fault
        for details, fault in faults
        if details["type"] != "missing" or (details["loc"][:-1], f"Did you mean '{details['loc'][-1]}'?") not in meant
    ]


Found = list[tuple[ErrorDetails, Fault]]


def _with_needed(faults: Found) -> Found:
    """A field that is like none, and one that is missing beside it: most likely the one is meant for the other."""
    beside: dict[Path, list[str]] = defaultdict(list)
    for details, _ in faults:
        if details["type"] in ("missing", "extra_forbidden"):
            beside[details["loc"][:-1]].append(details["type"])
    missing = {d["loc"][:-1]: d["loc"][-1] for d, _ in faults if d["type"] == "missing"}
    return [
        (details, replace(fault, hint=f"Did you mean '{missing[details['loc'][:-1]]}'?"))
        if details["type"] == "extra_forbidden"
        and "Did you mean" not in fault.hint
        and sorted(beside[details["loc"][:-1]]) == ["extra_forbidden", "missing"]
        else (details, fault)
        for details, fault in faults
    ]


def _from_pydantic(details: ErrorDetails, kind: Kind) -> Fault:
    path = tuple(details["loc"])
    sort, context = details["type"], details.get("ctx") or {}
    if sort in CODES:
        return Fault(path, CODES[sort], context["message"], context["hint"], mend=context["mend"])
    if sort == "extra_forbidden":
        return _unknown_field(path, kind)
    if sort == "missing":
        where = _thing(path[:-1], kind)
        return Fault(path[:-1], Code.MISSING_FIELD, f"{where} needs the field '{path[-1]}'.", _to_add(path, kind))
    return _wrong_sort(path, sort, details["input"]) if sort in SORTS else _wants_fields(path, kind)


def _to_add(path: Path, kind: Kind) -> str:
    """What may be written in a field that is missing, where that is one of a few words."""
    field = _by_written_name(_model_at(kind.model, path[:-1])).get(str(path[-1]))
    sort = field.annotation if field else None
    words = [str(word) for word in sort] if isinstance(sort, type) and issubclass(sort, Vocabulary) else []
    return f"Add it, as one of: {', '.join(words)}." if 0 < len(words) <= FEW else "Add it."


def _wrong_sort(path: Path, sort: str, given: Any) -> Fault:
    """A list, text or truth value that is wanted where something else stands."""
    wanted, hint = SORTS[sort]
    mend = None
    one_line = isinstance(given, str) and given.strip() and "\n" not in given
    if sort in ("tuple_type", "list_type") and isinstance(given, dict):
        hint = "Put a hyphen before its first line: it is one item of the list."
    elif sort in ("tuple_type", "list_type") and one_line and not re.search(r",|;| - ", given):
        hint, mend = f"Write [{given.strip()}].", Mend(Way.LIST, given.strip())
    elif sort == "bool_type" and one_line and (truth := TRUTHS.get(given.strip().casefold())):
        hint, mend = f"Write {truth}, without quotes.", Mend(Way.BARE, truth)
    return Fault(path, Code.WRONG_TYPE, f"'{_last_name(path)}' must be {wanted}.", hint, mend=mend)


def _wants_fields(path: Path, kind: Kind) -> Fault:
    """A value that has fields of its own, where something else stands."""
    model = _model_at(kind.model, path)
    names = [] if model is kind.model else _shown_names(model)[:FEW]
    hint = f"Write them below it: {', '.join(names)}." if names else "Write `name: value` lines below it."
    name = f"An item of '{_last_name(path)}'" if path and isinstance(path[-1], int) else f"'{_last_name(path)}'"
    return Fault(path, Code.WRONG_TYPE, f"{name} has fields of its own.", hint)


TRUTHS = {"yes": "true", "true": "true", "no": "false", "false": "false"}


LIST = ("a list", "Write [one, two], or lines that begin with a hyphen.")
SORTS = {
    "tuple_type": LIST,
    "list_type": LIST,
    "bool_type": ("true or false", "Write one of the two, without quotes."),
    "string_type": ("a text", ""),
}
"""What pydantic wanted, and how it is written; else fields."""


def _unknown_field(path: Path, kind: Kind) -> Fault:
    model = _model_at(kind.model, path[:-1])
    names = _shown_names(model)
    hidden = {"id", "sources"} if kind.file else {"id", "body"} if kind.name == "page" else set()
    message = f"{_thing(path[:-1], kind)} has no field '{path[-1]}'."
    shown = [name for name in names if name not in hidden]
    hint = near(str(path[-1]), shown) or (f"It has {', '.join(shown)}." if len(shown) <= FEW else "")
    return Fault(path, Code.UNKNOWN_FIELD, message, hint, at_key=True, mend=written(same(str(path[-1]), shown)))


def _shown_names(model: type[Model]) -> list[str]:
    """The fields as they are written, in the order of a careful person."""
    return [model.model_fields[name].alias or name for name in field_order(model)]


FEW = 16
"""Up to so many fields are listed where none is near."""


def _thing(path: Path, kind: Kind) -> str:
    """What a path leads to, as a noun: «A programme», «An item of phases»."""
    if not path:
        return kind.a.capitalize()
    if isinstance(path[-1], int):
        return f"An item of '{_last_name(path)}'"
    return f"'{path[-1]}'"


def _last_name(path: Path) -> str:
    return next((str(part) for part in reversed(path) if isinstance(part, str)), "record")


def _model_at(model: type[Model], path: Path) -> type[Model]:
    """The model of the value at a path, found by the fields' annotations."""
    for part in path:
        if isinstance(part, str) and part in _by_written_name(model):
            inner = _models_in(_by_written_name(model)[part].annotation)
            model = inner[0] if inner else model
    return model


def _by_written_name(model: type[Model]) -> dict[str, Any]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _models_in(annotation: Any) -> list[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return [annotation]
    found: list[type[Model]] = []
    for part in getattr(annotation, "__args__", ()):
        found += _models_in(part)
    return found


# -- rules of every kind


def prose_is_safe(record: Record) -> Iterator[Fault]:
    """Prose holds no HTML and no link but to the web or a mail address."""
    is_page = hasattr(record, "body")
    for path, value in walk(record):
        if isinstance(value, Prose):
            found = dict(reversed(list(prose_faults(value, local_links=is_page))))
            for sort, what in sorted(found.items()):
                yield _prose_fault(path, sort, what)


def _prose_fault(path: Path, sort: str, what: str) -> Fault:
    if sort == "deep":
        return Fault(path, Code.TOO_DEEP, what, "Flatten it.")
    if sort == "html":
        line = " ".join(what.split())
        short = line if len(line) < 40 else line[:40] + "…"
        return Fault(
            path, Code.RAW_HTML, f"The text holds the HTML '{short}'.", "Use Markdown; write &lt; for a < sign."
        )
    return Fault(path, Code.UNSAFE_LINK, f"The link leads to '{what}'.", "Link to an http(s) or mailto address.")


def evidence_has_a_fact(record: Record) -> Iterator[Fault]:
    """Evidence, disagreements and `unverified` name fields that are there."""
    for field in record.evidence:
        if not has_fact(record, field):
            yield _nowhere(("evidence", field), field, record, at_key=True)
    for number, disagreement in enumerate(record.disagreements):
        for position, field in enumerate(disagreement.about):
            if not has_fact(record, field):
                yield _nowhere(("disagreements", number, "about", position), field, record)
    for path, value in walk(record):
        if isinstance(value, FieldPath) and path[-2:-1] == ("unverified",):
            item = at(record, path[:-2])
            if not has_fact(item, value):
                yield _nowhere(path, value, item)


def _nowhere(path: Path, field: str, model: Model, *, at_key: bool = False) -> Fault:
    name = field.partition(".")[0]
    names = [alias or n for n, f in type(model).model_fields.items() for alias in (f.alias,)]
    if name in names:
        message = f"'{field}' holds nothing that a source could support."
        return Fault(path, Code.EVIDENCE_NOWHERE, message, "Fill it in, or delete this.", at_key)
    known = same(name, names)
    mend = written(known + field[len(name) :] if known else None)
    return Fault(path, Code.EVIDENCE_NOWHERE, f"There is no field '{field}'.", near(name, names), at_key, mend)


def intervals_run_forward(record: Record) -> Iterator[Fault]:
    """A stretch of time ends after it began."""
    for path, value in walk(record):
        if (
            isinstance(value, Interval)
            and isinstance(value.end, PartialDate)
            and value.end.certainly_before(value.start)
        ):
            message = f"It ends in {value.end} but begins in {value.start}."
            yield Fault(path, Code.END_BEFORE_START, message, "Swap or mend them.")


COMMON = (prose_is_safe, evidence_has_a_fact, intervals_run_forward)


# -- sources


def _source_faults(record: Record, *, whole: bool) -> Iterator[Fault]:
    """Source ids are declared once and, in a record with sources of its own, used."""
    declared = {source.id for source in record.sources}
    used: set[str] = set()
    for path, value in walk(record):
        if isinstance(value, SourceId) and path[0] != "sources":
            used.add(value)
            if value not in declared:
                hint = near(value, declared) or "Add it to `sources`."
                mend = written(same(value, declared))
                yield Fault(path, Code.UNDECLARED_SOURCE, f"There is no source '{value}'.", hint, mend=mend)
    if whole:
        yield from _source_list_faults(record.sources, used)


def _source_list_faults(sources: tuple[Source, ...], used: set[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, source in enumerate(sources):
        if source.id in seen:
            message = f"The source id '{source.id}' stands twice."
            yield Fault(("sources", number, "id"), Code.DUPLICATE_ID, message, "Give one of them another id.")
        elif source.id not in used:
            message = f"The source '{source.id}' supports nothing."
            yield Fault(
                ("sources", number),
                Code.UNUSED_SOURCE,
                message,
                "Name it where it is the evidence, or delete it.",
            )
        seen.add(source.id)


def _shared_sources(passed: list[Validated], documents: list[Document]) -> list[Problem]:
    """The same rule for kinds kept in one file, over all records of the file."""
    problems: list[Problem] = []
    for name in sorted({v.document.path for v in passed if v.document.shared is not None}):
        records = [v for v in passed if v.document.path == name]
        complete = len(records) == sum(document.path == name for document in documents)
        used = {
            str(value)
            for v in records
            for path, value in walk(v.record)
            if isinstance(value, SourceId) and path[0] != "sources"
        }
        if complete:
            first = records[0]
            faults = _source_list_faults(first.record.sources, used)
            problems += [first.document.problem(fault) for fault in faults]
    return problems
