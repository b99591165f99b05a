"""What is computed of each record, as the JSON files have it; every rule behind it is one of `derive`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.derive import Views
from generator.derive.figures import compare
from generator.export.api import lives, membership
from generator.export.api.computed_shapes import (
    ComputedAgreement,
    ComputedCountry,
    ComputedDialogue,
    ComputedFigure,
    ComputedGroup,
    ComputedProgramme,
    ComputedTheme,
    ThemeCountry,
)
from generator.export.api.shapes import ChangedIn, Computed, Days, FactGrade, Referrer, filled
from generator.model.catalogue import Catalogue
from generator.model.edtf import Interval, PartialDate, Precision, When
from generator.model.evidence import Item, Record
from generator.model.facts import facts_of
from generator.model.kind import Kind
from generator.model.values import Model
from generator.model.walk import evidence_of, is_about, walk

Made = dict[str, Any]
"""Values by the names of the fields that they are for."""
STATED = "/stated/"
NO_FACT = frozenset({"id", "aliases", "evidence", "disagreements", "sources"})


@dataclass(frozen=True)
class Known:
    """All that a computed value may be looked up in."""

    catalogue: Catalogue
    views: Views
    changed: Mapping[str, date]
    comparable: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, catalogue: Catalogue, views: Views, changed: Mapping[str, date]) -> Known:
        """`changed` are the days of the last changes, by file."""
        sets = compare(catalogue.of("figure")).sets
        together = [[figure.id for figure in each.figures] for each in sets]
        comparable = {id: tuple(other for other in ids if other != id) for ids in together for id in ids}
        return cls(catalogue, views, changed, comparable)


def computed(known: Known, kind: Kind, record: Record) -> Computed:
    """What is computed of a record of a kind."""
    sort, make = BY_KIND.get(kind.name, (Computed, _nothing))
    return filled(sort, **_of_any(known, kind, record), **make(known, record))


def sort_of(kind: Kind) -> type[Computed]:
    """The class of what is computed of records of a kind."""
    return BY_KIND[kind.name][0] if kind.name in BY_KIND else Computed


# -- of every record


def _of_any(known: Known, kind: Kind, record: Record) -> Made:
    facts, dates = _walked(record)
    return {
        "as_of": known.views.today.isoformat(),
        "facts": facts,
        "dates": dates,
        "referred_by": tuple(_referrers(known.catalogue, kind.name, record.id)),
        **_changed(known, kind, record),
    }


def _walked(record: Record) -> tuple[dict[str, FactGrade], dict[str, Days]]:
    places: dict[int, str] = {}
    dates: dict[str, Days] = {}
    for path, value in walk(record):
        if path and path[0] not in NO_FACT:
            if isinstance(value, Item):
                places[id(value)] = place_of(path)
            elif isinstance(value, PartialDate | Interval) and not _is_certain_day(value):
                dates[place_of(path)] = days_of(value)
    return dict(_facts(record, places)), dates


def place_of(path: tuple[str | int, ...]) -> str:
    """The place of a value of the record in its JSON (RFC 6901)."""
    return STATED + "/".join(map(str, path))


def _facts(record: Record, places: Mapping[int, str]) -> Iterator[tuple[str, FactGrade]]:
    about = [str(name) for each in record.disagreements for name in each.about]
    for fact in facts_of(record):
        if _holds_nothing(record, fact.field):
            continue
        place = STATED + fact.field.replace(".", "/") if fact.item is None else places[id(fact.item)]
        sources = evidence_of(record, fact.field, fact.item).sources
        disputed = any(is_about(name, fact.field, fact.item) for name in about) or None
        yield place, filled(FactGrade, grade=fact.grade, sources=sources, disputed=disputed)


def _holds_nothing(record: Any, field: str) -> bool:
    """Whether a field is a group of fields that has evidence, and none of them."""
    value = getattr(record, field, None)
    return isinstance(value, Model) and all(inner in (None, ()) for inner in value.__dict__.values())


def _is_certain_day(value: When) -> bool:
    whole = isinstance(value, PartialDate) and value.precision is Precision.DAY
    return whole and not (value.approximate or value.uncertain)


def days_of(value: When) -> Days:
    """The days that a date or a stretch of time may mean."""
    marks = {"approximate": value.approximate or None, "uncertain": value.uncertain or None}
    return filled(Days, **lives.bounds("", value), **marks)


def _referrers(catalogue: Catalogue, kind: str, id: str) -> Iterator[Referrer]:
    found: dict[tuple[str, str], dict[str, None]] = {}
    for link in catalogue.links_to.get((kind, id), ()):
        if (link.kind, link.id) != (kind, id) and link.kind != "page":
            found.setdefault((link.kind, link.id), {})[link.field] = None
    for (other_kind, other_id), fields in sorted(found.items()):
        yield filled(Referrer, kind=other_kind, id=other_id, fields=tuple(fields))


def _changed(known: Known, kind: Kind, record: Record) -> Made:
    day = known.changed.get(kind.file or f"{kind.folder}/{record.id}.yml")
    if day is None:
        return {}
    return {"last_changed": day.isoformat(), "last_changed_in": ChangedIn.FILE if kind.file else ChangedIn.RECORD}


# -- of one kind


def _nothing(known: Known, record: Record) -> Made:
    return {}


def _living(known: Known, kind: str, record: Record) -> Made:
    key = kind, record.id
    return {
        **lives.life(known.views.spans.get(key, ()), known.views.standings.get(key), agreement=kind == "agreement"),
        "came_out_of": lives.origins(known.views.origins.get(key, ())),
    }


def _programme(known: Known, record: Record) -> Made:
    latest = known.views.latest.get(("programme", record.id))
    return {**_living(known, "programme", record), "latest_trace": lives.trace(latest)}


def _agreement(known: Known, record: Any) -> Made:
    return {**_living(known, "agreement", record), **lives.of_agreement(known.catalogue, known.views, record)}


def _dialogue(known: Known, record: Any) -> Made:
    latest = known.views.latest.get(("dialogue", record.id))
    series = lives.of_series(known.catalogue, record)
    return {**_living(known, "dialogue", record), "latest_trace": lives.trace(latest), **series}


def _country(known: Known, record: Any) -> Made:
    view = known.views.countries[record.id]
    return {
        "names": membership.names_of(record.id),
        "numeric": membership.numeric_code(record.id),
        "groups": tuple(membership.belonging(row) for row in view.groups),
        "agreements": tuple(map(lives.of_country, view.bonds)),
        "group_meetings": tuple(dialogue.id for dialogue in view.summits),
    }


def _group(known: Known, record: Any) -> Made:
    return membership.of_group(record, known.views)


def _theme(known: Known, record: Record) -> Made:
    narrower = (theme.id for theme in known.catalogue.of("theme") if _broader(known, theme) == record.id)
    countries = known.views.theme_countries.get(record.id, ())
    counted = (filled(ThemeCountry, country=code, records=count) for code, count in countries)
    return {"narrower": tuple(narrower), "countries": tuple(counted)}


def _broader(known: Known, theme: Any) -> str | None:
    found = known.catalogue.find("theme", theme.broader) if theme.broader else None
    return found.id if found else None


def _figure(known: Known, record: Record) -> Made:
    return {"comparable_with": known.comparable.get(record.id, ())}


BY_KIND: dict[str, tuple[type[Computed], Callable[[Known, Any], Made]]] = {
    "programme": (ComputedProgramme, _programme),
    "agreement": (ComputedAgreement, _agreement),
    "dialogue": (ComputedDialogue, _dialogue),
    "country": (ComputedCountry, _country),
    "group": (ComputedGroup, _group),
    "theme": (ComputedTheme, _theme),
    "figure": (ComputedFigure, _figure),
}
"""What a kind has beside what every record has; a kind without a row has no more."""
