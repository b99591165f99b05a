"""`new`: a record to begin with, clean from the first line, that shows in comments what else it may hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.advise import near_duplicates
from generator.checking import Checked
from generator.editing.edits import edited, values_of
from generator.editing.leading import values_in
from generator.editing.records import Change, bytes_of, kind_called, refuse_new_problems, refuse_problems, text_of
from generator.editing.renaming import refuse_id
from generator.model.catalogue import Called
from generator.model.kind import Kind
from generator.model.naming import called
from generator.model.values import near
from generator.problems import Refused
from generator.read import Unreadable
from generator.schema.fields import Field, Nested, as_yaml, part_of
from generator.schema.modeline import modeline

NOT_ASKED = frozenset({"id", "aliases", "evidence", "disagreements", "sources"})


@dataclass(frozen=True)
class FirstSource:
    """The publication that a new record is taken from."""

    title: str
    publisher: str
    url: str = ""
    accessed: date | None = None


def kind_to_begin(checked: Checked, written: str) -> Kind:
    """The kind of that name. Raises `Refused` where there is none."""
    kinds = checked.catalogue.kinds
    kind = kind_called(kinds, written)
    if kind is None:
        names = [each.name for each in kinds]
        raise Refused(f"There is no kind '{written}'. {near(written, names) or 'Write one of: ' + ', '.join(names)}")
    return kind


def fields_of(kind: Kind) -> tuple[Field, ...]:
    """The fields that an editor fills in, in the order in which they are written."""
    return tuple(field for field in part_of(kind.model).fields if field.name not in NOT_ASKED)


def name_field(kind: Kind) -> str:
    """The field that says what a record is called; countries have none."""
    names = [field.name for field in fields_of(kind)]
    return next((name for name in ("name", "title", "label", "labels") if name in names), "")


def proposed_id(kind: Kind, name: str) -> str:
    """An id made of a name: letters without accents, digits and hyphens; for a group in capitals."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower().replace("'", ""))
    id = "-".join(words)[:60].strip("-")
    if kind.name == "page":
        return f"about/{id}"
    return id.upper() if kind.name == "group" else id


def value_of(field: Field, written: str) -> Any:
    """What an editor wrote for a field, as plain values: `[EU, CL]` is a list. Raises `Refused`."""
    bracketed = written.lstrip()[:1] in ("[", "{")
    try:
        return values_of(f"value: {written}\n")["value"] if bracketed else written
    except Unreadable as error:
        raise Refused(f"'{written}' can't be read for {field.name}. {error.message} {error.hint}".strip()) from None


def begin(
    checked: Checked,
    kind: Kind,
    id: str,
    values: Mapping[str, Any],
    source: FirstSource | None = None,
    *,
    anyway: bool = False,
) -> Change:
    """The change that adds a record. Raises `Refused` for what is missing, taken, or nearly there already."""
    _refuse_missing(kind, id, values)
    refuse_id(checked, kind, id)
    if not anyway:
        _refuse_near(checked, kind, id, values)
    if kind.file:
        path, text = kind.file, _with_entry(checked, kind, id, values, source)
    elif kind.name == "page":
        path, text = f"pages/{id}.md", _page(values)
    else:
        path, text = f"{kind.folder}/{id}.yml", _file(kind, id, values, source)
    before = {
        path: data for path, data in checked.files.items() if path == path_of(kind, id) and isinstance(data, bytes)
    }
    change = Change({path: bytes_of(checked.files, path, text)}, _said(kind, id, path), before)
    refuse_new_problems(checked, change)
    return change


def path_of(kind: Kind, id: str) -> str:
    """The file that holds a record of this kind."""
    if kind.file:
        return kind.file
    return f"pages/{id}.md" if kind.name == "page" else f"{kind.folder}/{id}.yml"


def missing(kind: Kind, values: Mapping[str, Any]) -> list[Field]:
    """The fields that the kind needs and nobody has given."""
    return [field for field in fields_of(kind) if field.required and field.name not in values]


def _refuse_missing(kind: Kind, id: str, values: Mapping[str, Any]) -> None:
    known = [field.name for field in fields_of(kind)]
    for name in values:
        if name not in known:
            raise Refused(f"{kind.a.capitalize()} has no field '{name}'. {near(name, known)}".strip())
    lines = [f"  {_way_to_give(kind, field)}" for field in missing(kind, values)]
    lines = lines if id or lines else ["  its id, as the second word"]
    if lines:
        raise Refused("\n".join([f"{kind.a.capitalize()} needs more before it can begin:", *lines]))


def _way_to_give(kind: Kind, field: Field) -> str:
    flag = "--name" if field.name == name_field(kind) and not isinstance(field.shape, Nested) else f"--set {field.name}"
    example = field.examples[0].partition("\n")[0] if field.examples else "…"
    return f"{flag}{' ' if flag == '--name' else '='}{example!r}   ({field.title})"


def _refuse_near(checked: Checked, kind: Kind, id: str, values: Mapping[str, Any]) -> None:
    fields = (values.get(field) for field in ("name", "short_name", "label"))
    labels = values.get("labels")
    names = [str(each) for each in fields if each] + list(labels.values() if isinstance(labels, dict) else ())
    this = Called(kind.name, id, "~", tuple((1, 1, name) for name in names))
    for one in checked.passed:
        if one.kind.name in ("page", "country", "retired"):
            continue
        if any(True for _ in near_duplicates([called(one), this])):
            raise Refused(
                f"There is «{one.record.title}» already: {one.kind.name}/{one.record.id}, content/{one.document.path}. "
                "Add to that record; or, if this is another thing, say --anyway."
            )


# -- the text


def _ordered(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    return {field.name: values[field.name] for field in fields_of(kind) if field.name in values}


def _source(source: FirstSource, id: str) -> dict[str, Any]:
    told = {"title": source.title, "publisher": source.publisher, "url": source.url}
    read = {"accessed": source.accessed.isoformat()} if source.accessed else {}
    return {"id": id, **{name: value for name, value in told.items() if value}, **read}


def _evidence(values: Mapping[str, Any], id: str) -> dict[str, Any]:
    return {name: [id] for name in values}


def _file(kind: Kind, id: str, values: Mapping[str, Any], source: FirstSource | None) -> str:
    ordered = _ordered(kind, values)
    told = {"evidence": _evidence(ordered, "s1"), "sources": [_source(source, "s1")]} if source else {}
    text = edited(f"id: {id}\n", {"id": id, **ordered, **told}, kind)
    return modeline(kind) + "\n" + _with_comments(kind, text)


def _with_comments(kind: Kind, text: str) -> str:
    """What else the record may hold, in comments at the places where it would stand."""
    lines = text.splitlines()
    starts = {line.partition(":")[0]: number for number, line in enumerate(lines) if re.match(r"[a-z_]+:", line)}
    above: dict[int, list[str]] = {}
    for field in part_of(kind.model).fields:
        if field.name in starts or field.name in ("id", "aliases"):
            continue
        later = _fields_after(kind, field.name)
        spot = min((starts[name] for name in later if name in starts), default=len(lines))
        above.setdefault(spot, []).extend(_comment(field))
    made = [part for number, line in enumerate([*lines, ""]) for part in (*above.get(number, ()), line)]
    return "\n".join(made).rstrip("\n") + "\n"


def _fields_after(kind: Kind, name: str) -> list[str]:
    names = [field.name for field in part_of(kind.model).fields]
    return names[names.index(name) + 1 :]


def _comment(field: Field) -> list[str]:
    told = ". ".join(part.rstrip(".") for part in (field.title, field.what.partition("\n")[0]) if part)
    example = as_yaml(field.name, field.examples[0]).splitlines() if field.examples else [f"{field.name}:"]
    return [f"# {told}.", *(f"#   {line}" for line in example)]


def _page(values: Mapping[str, Any]) -> str:
    front = edited("title: x\n", {"title": values["title"], "description": values["description"]})
    return f"---\n{front}---\n\n{str(values['body']).strip()}\n"


def _with_entry(checked: Checked, kind: Kind, id: str, values: Mapping[str, Any], source: FirstSource | None) -> str:
    path = str(kind.file)
    refuse_problems(checked, [path])
    whole = values_in(checked, path) if path in checked.files else {"records": {}}
    sources, own = _with_source(list(whole.get("sources", [])), source)
    ordered = _ordered(kind, values)
    record = {**ordered, **({"evidence": _evidence(ordered, own)} if own else {})}
    records = {**whole["records"], id: record}
    ids = list(whole["records"])
    if ids == sorted(ids) and len(ids) > 1:
        records = {each: records[each] for each in sorted(records)}
    wanted = {**({"sources": sources} if sources else {}), "records": records}
    return edited(text_of(checked.files, path) if path in checked.files else "records:\n", wanted, kind)


def _with_source(sources: list[dict[str, Any]], source: FirstSource | None) -> tuple[list[dict[str, Any]], str]:
    """The sources of a file with one more, and its id; a publication that is there already is not listed twice."""
    if source is None:
        return sources, ""
    for each in sources:
        same = (each.get("title"), each.get("publisher")) == (source.title, source.publisher)
        if same or (source.url and each.get("url") == source.url):
            return sources, str(each["id"])
    taken = {str(each["id"]) for each in sources}
    id = next(f"s{number}" for number in range(1, len(taken) + 2) if f"s{number}" not in taken)
    return [*sources, _source(source, id)], id


def _said(kind: Kind, id: str, path: str) -> tuple[str, ...]:
    where = f"'{id}' stands in content/{path} now." if kind.file else f"content/{path} is there now."
    return (where, f"Next: fill it in, then say: catalogue check content/{path}")
