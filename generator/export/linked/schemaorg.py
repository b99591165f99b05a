"""Records in the words of schema.org, for search engines: for each kind its type, and a word for each field that
schema.org has one for. What a field holds is told by its type; nothing here says a second time what fields there are.

schema.org can't say that a fact is not verified, and whoever takes a page's data drops what stands beside it. So a
fact is told here only when a source says it or it is our own classification; the page and the RDF of the whole
catalogue have the others, with their doubt. Dates with a mark of doubt (`2012~`), decades, and sums that are only
«about» are left out for the same reason: none of them has a form here that does not say more than the source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from generator.derive import Views
from generator.derive.status import Span, Status, standing_on
from generator.export.linked.addresses import Addresses, name_of
from generator.export.plain import Json, number
from generator.kinds.agreement import EventType
from generator.kinds.dialogue import DialogueType
from generator.kinds.organisation import OrganisationType
from generator.kinds.theme import Match
from generator.markdown import is_plain, prose_inline
from generator.model.edtf import Interval, PartialDate, Precision
from generator.model.evidence import Item, OtherName, Record
from generator.model.facts import Fact, Grade, facts_of
from generator.model.kind import Kind
from generator.model.parts import Basis, Labels, Money, Qualifier, Role
from generator.model.values import Prose, Reference, Vocabulary

Told = Iterable[tuple[str, Json]]
Says = str | Callable[[Any, Addresses], Told]
"""The word for a field; or a function that gives words and values, where one word does not do."""


@dataclass(frozen=True)
class Sort:
    """A type of schema.org, and its words for the fields of a record; `legal.celex` is a field inside another."""

    type: str
    words: Mapping[str, Says]


def described(kind: Kind, record: Record, views: Views, addresses: Addresses) -> dict[str, Json]:
    """What a record is about, as a node of JSON-LD."""
    sort = sort_of(kind, record)
    doubts = _Doubts(record)
    told: dict[str, list[Json]] = {"name": [name_of(kind, record)]}
    for path, says in sort.words.items():
        for word, value in _field(record, path, says, doubts, addresses):
            if value is not None and value not in told.setdefault(word, []):
                told[word].append(value)
    if kind.name in COMPUTED:
        told |= {word: [value] for word, value in COMPUTED[kind.name](record, views, addresses)}
    told["alternateName"] = [name for name in told.get("alternateName", []) if name not in told["name"]]
    head: dict[str, Json] = {
        "@type": sort.type,
        "@id": addresses.thing(kind, record.id),
        "mainEntityOfPage": {"@id": addresses.page(kind, record.id)},
    }
    return head | {word: values[0] if len(values) == 1 else values for word, values in told.items() if values}


def referred(reference: Reference, addresses: Addresses) -> dict[str, Json]:
    """What a reference leads to, by type, identifier and name."""
    kind, record = addresses.target(reference)
    if record is None:
        return {"@id": addresses.meant(reference)}
    return {
        "@type": sort_of(kind, record).type,
        "@id": addresses.thing(kind, record.id),
        "name": name_of(kind, record),
    }


def sort_of(kind: Kind, record: Any) -> Sort:
    """The type of schema.org for a record."""
    if kind.name == "dialogue":
        if record.type in BODIES:
            return BODY
        return MEETING if record.date else MEETINGS
    if kind.name == "organisation" and record.type in PUBLIC:
        return PUBLIC_BODY
    return SORTS.get(kind.name, THING)


# -- one field


class _Doubts:
    """Which facts of a record are not verified."""

    def __init__(self, record: Record) -> None:
        found = [fact for fact in facts_of(record) if fact.grade is Grade.UNVERIFIED]
        self._items = {id(fact.item) for fact in found if fact.item is not None}
        self._fields = [fact.field for fact in found if _is_plain(fact)]

    def of(self, path: str) -> bool:
        """Whether a field, something in it, or what it is in, is not verified."""
        return any(f"{path}.".startswith(f"{each}.") or each.startswith(f"{path}.") for each in self._fields)

    def of_item(self, item: Any) -> bool:
        """Whether an item of a list is not verified."""
        return id(item) in self._items


def _is_plain(fact: Fact) -> bool:
    return fact.item is None


def _field(record: Record, path: str, says: Says, doubts: _Doubts, addresses: Addresses) -> Told:
    value: Any = record
    for name in path.split("."):
        value = getattr(value, name)
    if value is None or value == () or (path != "name" and doubts.of(path)):
        return
    for each in value if isinstance(value, tuple) else (value,):
        if isinstance(each, Item) and doubts.of_item(each):
            continue
        yield from [(says, value_of(each, addresses))] if isinstance(says, str) else says(each, addresses)


def value_of(value: Any, addresses: Addresses) -> Json:
    """A value in the form that schema.org wants; None where it has none."""
    if isinstance(value, Reference):
        return referred(value, addresses)
    if isinstance(value, PartialDate):
        return iso(value)
    if isinstance(value, Vocabulary):
        return value.label
    if isinstance(value, Prose):
        return words_of(value)
    if isinstance(value, Decimal | int):
        return number(value)
    if isinstance(value, OtherName):
        return str(value.name)
    return str(value) if isinstance(value, str) else None


def iso(value: Any) -> str | None:
    """A date as ISO 8601 writes it; None for one with a mark of doubt, a decade, or no date at all."""
    if not isinstance(value, PartialDate) or value.approximate or value.uncertain:
        return None
    return None if value.precision is Precision.DECADE else value.text


@lru_cache(maxsize=4096)
def words_of(text: Prose) -> str:
    """Prose without its markup."""
    return str(text) if is_plain(text) else prose_inline(text).striptags()


# -- what one word does not do for


def _labels(value: Labels, _: Addresses) -> Told:
    names = [str(name) for _, name in value if name]
    yield from (("alternateName", name) for name in dict.fromkeys(names))


def _days(value: PartialDate | Interval, _: Addresses) -> Told:
    start, end = (value.start, value.end) if isinstance(value, Interval) else (value, value)
    yield "startDate", iso(start)
    yield "endDate", iso(end)


def _place(value: Any, addresses: Addresses) -> Told:
    city, country = value.city, value.country
    if city or country:
        made: dict[str, Json] = {"@type": "PostalAddress"}
        made |= {"addressLocality": str(city)} if city else {}
        made |= {"addressCountry": str(country)} if country else {}
        yield "location", {"@type": "Place", "address": made}


def _at_home(value: Reference, addresses: Addresses) -> Told:
    yield "address", {"@type": "PostalAddress", "addressCountry": str(value)}


def _series(value: Any, addresses: Addresses) -> Told:
    yield "superEvent", referred(value.of, addresses)


def _area(value: Any, addresses: Addresses) -> Told:
    if value.area:
        yield "areaServed", referred(value.area, addresses)


def _party(value: Reference, addresses: Addresses) -> Told:
    """Parties are countries or groups, and schema.org takes only organisations for who attends."""
    yield "about", referred(value, addresses)


def _member(value: Any, addresses: Addresses) -> Told:
    if value.organisation and (word := WORDS_OF_ROLES.get(value.role)):
        yield word, referred(value.organisation, addresses)


def _attendee(value: Any, addresses: Addresses) -> Told:
    if value.organisation:
        yield "attendee", referred(value.organisation, addresses)


WORDS_OF_ROLES: Mapping[Role | None, str] = {
    Role.FUNDER: "funder",
    Role.LEAD: "member",
    Role.IMPLEMENTER: "member",
    Role.PARTNER: "member",
    Role.COORDINATOR: "member",
    Role.MANAGING_AUTHORITY: "member",
    Role.SECRETARIAT: "member",
}
"""Experts, technical assistance and those who only took part, or of whom nobody says how, are no members."""


def _grant(value: Money, addresses: Addresses) -> Told:
    """Only what the EU pays is a grant: a total cost, an allocation or a target is none."""
    amount = _amount(value.amount, value.qualifier)
    if value.basis is Basis.EU_CONTRIBUTION and amount:
        name = str(value.label or value.basis.label)
        sum_of: dict[str, Json] = {"@type": "MonetaryAmount", "currency": value.currency, **amount}
        yield "funding", {"@type": "MonetaryGrant", "name": name, "amount": sum_of}


def _amount(amount: Decimal, qualifier: Qualifier | None) -> dict[str, Json]:
    """A number with its bound; nothing where it is only «about»."""
    word = BOUNDS.get(qualifier)
    return {word: number(amount)} if word else {}


BOUNDS: Mapping[Qualifier | None, str] = {
    None: "value",
    Qualifier.MORE_THAN: "minValue",
    Qualifier.AT_LEAST: "minValue",
    Qualifier.UP_TO: "maxValue",
    Qualifier.NEARLY: "maxValue",
}


def _eurovoc(value: Any, _: Addresses) -> Told:
    if value.match is Match.EXACT:
        yield "sameAs", eurovoc(value.code)


def eurovoc(code: str) -> str:
    """The address of a concept of EuroVoc."""
    return f"http://eurovoc.europa.eu/{quote(code, safe='')}"


# -- what is computed


def _of_agreement(record: Any, views: Views, _: Addresses) -> Told:
    if force := legal_force(views.lives[record.id].parties, views.today):
        yield "legislationLegalForce", {"@id": f"https://schema.org/{force}"}
    signed = [event for event in record.events if event.event is EventType.SIGNED]
    if len(signed) == 1 and _concerns_all(signed[0]) and (day := iso(signed[0].date)):
        yield "legislationDate", day


def _concerns_all(event: Any) -> bool:
    limited = event.parties is not None or event.except_ or event.text or event.scope
    return bool(not limited and event.sources and not event.unverified)


def legal_force(parties: Mapping[str, tuple[Span, ...]], day: date) -> str:
    """`InForce` or `NotInForce` where verified dates say so of every party on a day; else nothing.

    schema.org's `PartiallyInForce` is of parts of a text, not of some of its parties, and has no word for
    provisional application.
    """
    found = [standing_on(spans, day) for spans in parties.values()]
    if not found or not all(each and each.verified and not each.span.maybe and not each.changing for each in found):
        return ""
    words = {FORCE.get(each.status, "") for each in found if each}
    return words.pop() if len(words) == 1 else ""


FORCE = {Status.IN_FORCE: "InForce", Status.TERMINATED: "NotInForce", Status.SUPERSEDED: "NotInForce"} | dict.fromkeys(
    (Status.NEGOTIATING, Status.TALKS_SUSPENDED, Status.CONCLUDED, Status.INITIALLED, Status.SIGNED), "NotInForce"
)


def _of_theme(record: Any, _: Views, addresses: Addresses) -> Told:
    yield "termCode", record.id
    yield "inDefinedTermSet", {"@id": f"{addresses.site}themes/#it"}


def _of_country(record: Any, _: Views, addresses: Addresses) -> Told:
    yield "identifier", record.id


def _of_figure(record: Any, _: Views, addresses: Addresses) -> Told:
    """A sum without its currency, or with a doubt about either, is no number to take away."""
    amount = _amount(record.amount, record.qualifier) if record.amount is not None else {}
    doubts = _Doubts(record)
    if amount and not any(map(doubts.of, ("amount", "currency", "unit", "qualifier", "period", "basis"))):
        yield from amount.items()
        if unit := record.currency or record.unit:
            yield "unitText", str(unit)


COMPUTED: Mapping[str, Callable[[Any, Views, Addresses], Told]] = {
    "agreement": _of_agreement,
    "country": _of_country,
    "figure": _of_figure,
    "theme": _of_theme,
}
"""What follows from several fields, or from the id."""


# -- the words of schema.org

NAMES: Mapping[str, Says] = {"name": "alternateName", "other_names": "alternateName"}
NAMED: Mapping[str, Says] = {**NAMES, "short_name": "alternateName"}
CALLED: Mapping[str, Says] = {**NAMED, "acronym": "alternateName"}

EVENT: Mapping[str, Says] = {
    **CALLED, "type": "additionalType", "parties": _party, "countries": "about", "participants": _attendee,
    "themes": "keywords", "summary": "description",
}  # fmt: skip
MEETING = Sort("Event", {**EVENT, "date": _days, "place": _place, "series": _series})
MEETINGS = Sort("EventSeries", {**EVENT, "start": "startDate", "end": "endDate", "place": _place})
BODY = Sort(
    "Organization",
    {
        **CALLED, "type": "additionalType", "start": "foundingDate", "end": "dissolutionDate", "themes": "keywords",
        "summary": "description",
    },
)  # fmt: skip
BODIES = (DialogueType.INSTITUTION, DialogueType.PARLIAMENTARY)
"""Dialogues that are standing bodies rather than meetings."""

ORGANISATION: Mapping[str, Says] = {
    **CALLED, "country": _at_home, "part_of": "parentOrganization", "website": "sameAs", "summary": "description",
}  # fmt: skip
PUBLIC_BODY = Sort("GovernmentOrganization", ORGANISATION)
PUBLIC = (
    OrganisationType.EU_INSTITUTION,
    OrganisationType.NATIONAL_AGENCY,
    OrganisationType.GOVERNMENT,
    OrganisationType.REGIONAL_AUTHORITY,
)
THING = Sort("Thing", {})

SORTS: Mapping[str, Sort] = {
    "programme": Sort(
        "Project",
        {
            **CALLED, "start": "foundingDate", "end": "dissolutionDate", "budget": _grant, "participants": _member,
            "countries": "areaServed", "border_areas": _area, "themes": "keywords", "website": "sameAs",
            "summary": "description",
        },
    ),
    "agreement": Sort(
        "Legislation",
        {
            **CALLED, "type": "legislationType", "parties": "about", "themes": "keywords", "summary": "description",
            "replaces": "legislationChanges", "legal.celex": "legislationIdentifier", "legal.url": "sameAs",
        },
    ),
    "border-area": Sort("Place", {**NAMED, "countries": "geoOverlaps", "summary": "description"}),
    "country": Sort(
        "Country",
        {
            "official_names": _labels, "iso3": "alternateName", "part_of": "containedInPlace", "summary": "description",
        },
    ),
    "group": Sort(
        "Organization",
        {**NAMED, "founded": "foundingDate", "ended": "dissolutionDate", "website": "sameAs", "summary": "description"},
    ),
    "organisation": Sort("Organization", ORGANISATION),
    "theme": Sort(
        "DefinedTerm",
        {"labels": _labels, "alt_labels": "alternateName", "eurovoc": _eurovoc, "note": "disambiguatingDescription"},
    ),
    "figure": Sort(
        "Observation",
        {
            "type": "additionalType", "basis": "additionalType", "period": "observationDate",
            "partners": "observationAbout", "note": "description",
        },
    ),
}  # fmt: skip
"""By kind. A kind without a row is a Thing with a name."""
