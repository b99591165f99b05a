"""What a value means, whatever it is written like, and how a reader would say it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from generator.markdown import prose_html
from generator.model.catalogue import Catalogue, Key
from generator.model.edtf import Open
from generator.model.evidence import Disagreement, Evidence, Source, field_order
from generator.model.values import FieldPath, Model, Prose, Reference, SourceId, Vocabulary

LONGEST = 60
"""A text that names an item is cut after so many letters."""


@dataclass(frozen=True)
class Reading:
    """Where the references and sources of one record lead.

    `now` is the present id of records that were renamed; `common` gives a publication the same name on both sides.
    """

    catalogue: Catalogue
    now: Mapping[Key, str] = field(default_factory=dict)
    publications: Mapping[str, Source] = field(default_factory=dict)
    common: Mapping[str, str] = field(default_factory=dict)


def meaning(value: Any, reading: Reading) -> Hashable:
    """Something that is equal for two values exactly where readers could not tell them apart."""
    if isinstance(value, Reference):
        return target_of(value, reading)
    if isinstance(value, SourceId):
        return reading.common.get(value, str(value))
    if isinstance(value, Prose):
        html = str(prose_html(value))
        return html if "<pre" in html else " ".join(html.split())
    if isinstance(value, BaseModel):
        return tuple(parts_of(value, reading).items())
    if isinstance(value, tuple):
        return tuple(meaning(each, reading) for each in value)
    if isinstance(value, dict):
        return tuple(sorted((str(key), meaning(each, reading)) for key, each in value.items()))
    return value if isinstance(value, bool) or value is None else str(value)


def parts_of(model: BaseModel, reading: Reading) -> dict[str, Hashable]:
    """The meaning of each filled field; the id of a publication is local to the record and means nothing."""
    values = {name: value for name, value in model.__dict__.items() if value is not None and value != ()}
    if isinstance(model, Source):
        del values["id"]
    return {name: meaning(value, reading) for name, value in values.items()}


def target_of(reference: Reference, reading: Reading) -> Key:
    """The record that a reference leads to, under its present id."""
    for kind in reference.kinds:
        found = reading.catalogue.find(kind, str(reference))
        if found:
            return kind, reading.now.get((kind, found.id), found.id)
    return "", str(reference)


def shown(value: Any, reading: Reading) -> str:
    """A value in a reader's words, on one line unless it is prose."""
    if isinstance(value, Vocabulary):
        return value.label
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal | int):
        return f"{value:,}"
    if isinstance(value, Open):
        return "no end"
    if isinstance(value, Reference):
        return title_of(value, reading)
    if isinstance(value, SourceId):
        return publication(value, reading)
    if isinstance(value, Evidence):
        return evidence_in_words(value, reading)
    if isinstance(value, BaseModel):
        return _model_in_words(value, reading)
    if isinstance(value, tuple):
        return "; ".join(shown(each, reading) for each in value)
    return str(value)


def title_of(reference: Reference, reading: Reading) -> str:
    """The title of the record that a reference leads to; the reference itself where there is none."""
    found = (reading.catalogue.find(kind, str(reference)) for kind in reference.kinds)
    return next((str(record.title) for record in found if record), str(reference))


def publication(id: str, reading: Reading) -> str:
    """Title and publisher of a source; its id where the record lists none."""
    found = reading.publications.get(id)
    return f"{found.title}, {found.publisher}" if found else str(id)


def evidence_in_words(evidence: Evidence, reading: Reading) -> str:
    """What a plain field rests on."""
    titles = "; ".join(publication(id, reading) for id in evidence.sources)
    said = "our classification" if evidence.editorial else titles or "no source"
    unsure = " (not verified)" if evidence.unverified else ""
    return f"{said}{unsure}. {evidence.note}" if evidence.note else f"{said}{unsure}"


def _model_in_words(model: BaseModel, reading: Reading) -> str:
    """All filled fields with their titles; what an item rests on is said by the fields of its evidence."""
    pairs = [
        (title_of_field(type(model), name), _of_model(model, name, value, reading))
        for name in field_order(type(model))  # type: ignore[arg-type]
        if (value := getattr(model, name)) is not None and value != () and name != "id"
    ]
    return "; ".join(f"{title}: {text}" for title, text in pairs if text)


def _of_model(model: BaseModel, name: str, value: Any, reading: Reading) -> str:
    if isinstance(value, tuple) and value and isinstance(value[0], FieldPath):
        return ", ".join(path_in_words(type(model), each) for each in value)
    if isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
        return " / ".join(f"({shown(each, reading)})" for each in value)
    return shown(value, reading)


def title_of_field(model: type[BaseModel], name: str) -> str:
    """The title of a field by its Python name."""
    field = model.model_fields[name]
    return str(field.title or (field.alias or name).replace("_", " ").capitalize())


def path_in_words(model: type[BaseModel], path: str) -> str:
    """«History: signed» for `events.signed`; the text itself where the model has no such field."""
    first, _, rest = path.partition(".")
    found = next((name for name, field in model.model_fields.items() if (field.alias or name) == first), None)
    if found is None:
        return path
    inner = model.model_fields[found].annotation
    if rest and isinstance(inner, type) and issubclass(inner, BaseModel):
        return f"{title_of_field(model, found)}: {path_in_words(inner, rest)}"
    return f"{title_of_field(model, found)}{f': {rest}' if rest else ''}"


def label_of(item: Model, position: int, reading: Reading) -> str:
    """What an item of a list is called: by the fields that name it, else by its place."""
    if isinstance(item, Source):
        return short(f"{item.title}, {item.publisher}")
    if isinstance(item, Disagreement):
        return short(item.text)
    named = [shown(value, reading) for mark in type(item).marks if (value := getattr(item, mark, None)) is not None]
    return short(" ".join(named)) if named else str(position + 1)


def short(text: str) -> str:
    """The beginning of a long text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"
