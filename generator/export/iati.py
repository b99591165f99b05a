"""Programmes as IATI 2.03 activities, told second-hand, and what the others lack for that.

IATI wants days, shares and roles that a catalogue of sources often has not. Nothing is made up to fill them: what
has no day of its start, or no verified recipient, stands in `missing.json` with what is missing. Where the standard
wants shares of several countries or sectors, the region as a whole (UN M49 419) and the DAC's code for what concerns
several sectors (43010) stand for them. No money is given: whoever pays tells it first-hand, and would be counted twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from generator.derive import Views
from generator.derive.status import Status
from generator.model.catalogue import Catalogue
from generator.model.edtf import PartialDate, Precision
from generator.model.parts import Level, ReportedState, Role
from generator.model.walk import evidence_of

FOLDER = "api/v1/iati/"
NOWHERE = "catalogue.example"
"""Stands for the address of a site that has none yet (RFC 2606)."""

ROLES = {
    Role.FUNDER: "1",
    Role.MANAGING_AUTHORITY: "2",
    Role.LEAD: "4",
    Role.IMPLEMENTER: "4",
    Role.TECHNICAL_ASSISTANCE: "4",
}
"""Our roles that IATI has a code for: funding, accountable, implementing."""
STATUSES = {Status.ANNOUNCED: "1", Status.RUNNING: "2", Status.ENDED: "4"}
REPORTED = {ReportedState.PLANNED: "1", ReportedState.ACTIVE: "2", ReportedState.COMPLETED: "4"}
REGION, MULTISECTOR = "419", "43010"
OTHER = "90"
"""The type of an organisation of no other type."""


@dataclass(frozen=True)
class Lack:
    """What IATI needs and a record has not: the field, and what of it."""

    field: str
    what: str


@dataclass
class _Parts:
    """What of a record goes into its activity, as far as it is there."""

    organisations: list[tuple[str, str]] = field(default_factory=list)
    """Role and name."""
    status: str = ""
    dates: list[tuple[str, str]] = field(default_factory=list)
    """Type and day."""
    scope: str = ""
    country: str = ""
    sector: tuple[str, str] = ("", "")
    """Vocabulary and code."""
    lacks: list[Lack] = field(default_factory=list)
    left_out: list[Lack] = field(default_factory=list)


def iati_files(catalogue: Catalogue, views: Views, site: str, address: str) -> dict[str, str | bytes]:
    """The activities and the list of what is missing, by path below the site's folder.

    `site` is the name of the site, `address` its address.
    """
    parts = {one.id: _parts(one, catalogue, views) for one in catalogue.of("programme")}
    whole = [one for one in catalogue.of("programme") if not parts[one.id].lacks]
    root = etree.Element("iati-activities")
    root.set("version", "2.03")
    root.set("generated-datetime", f"{views.today.isoformat()}T00:00:00Z")
    for one in whole:
        _activity(root, one, parts[one.id], catalogue, site, address)
    etree.indent(root)
    text = etree.tostring(root, encoding="unicode")
    return {
        f"{FOLDER}activities.xml": f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n',
        f"{FOLDER}missing.json": _missing(parts, views.today),
    }


def _missing(parts: dict[str, _Parts], today: date) -> str:
    told = {
        "as_of": today.isoformat(),
        "activities": [id for id, each in parts.items() if not each.lacks],
        "missing": {id: [_told(lack) for lack in each.lacks] for id, each in parts.items() if each.lacks},
        "left_out": {
            id: [_told(lack) for lack in each.left_out]
            for id, each in parts.items()
            if each.left_out and not each.lacks
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _told(lack: Lack) -> dict[str, str]:
    return {"field": lack.field, "what": lack.what}


# -- what a record has


def _parts(record: Any, catalogue: Catalogue, views: Views) -> _Parts:
    found = _Parts()
    _days(record, found, views.today)
    _status(record, found, views)
    _organisations(record, found, catalogue)
    _recipient(record, found)
    _sector(record, found, catalogue)
    return found


def _days(record: Any, found: _Parts, today: date) -> None:
    fault = _no_day(record, "start")
    if fault:
        found.lacks.append(Lack("start", fault))
        return
    found.dates.append(("2" if record.start.earliest <= today else "1", str(record.start)))
    if isinstance(record.end, PartialDate):
        fault = _no_day(record, "end")
        if fault:
            found.left_out.append(Lack("end", fault))
        else:
            found.dates.append(("4" if record.end.earliest <= today else "3", str(record.end)))


def _no_day(record: Any, name: str) -> str:
    """Why a date is no day that IATI can be told, or nothing."""
    value = getattr(record, name)
    if value is None:
        return f"The record has no {name}."
    if value.precision is not Precision.DAY or value.approximate or value.uncertain:
        return f"IATI wants the day of the {name}; the record knows {value}."
    return "" if evidence_of(record, name).verified else f"No source is known to say the {name}."


def _status(record: Any, found: _Parts, views: Views) -> None:
    standing = views.standings.get(("programme", record.id))
    reported = record.reported_status
    said = reported.state if reported and reported.sources and not reported.unverified else None
    found.status = STATUSES.get(standing.status, "") if standing else ""
    found.status = found.status or (REPORTED.get(said, "") if said else "")
    if not found.status:
        found.lacks.append(Lack("end", "Whether it runs or has ended is not known: neither end nor verified status."))


def _organisations(record: Any, found: _Parts, catalogue: Catalogue) -> None:
    """Those that have a record: a text may stand for «36 funding agencies», which is no organisation."""
    for item in record.participants:
        organisation: Any = catalogue.find("organisation", item.organisation) if item.organisation else None
        role = ROLES.get(item.role, "") if item.role else ""
        why = "" if role else "has no role that IATI has a code for"
        why = why or ("" if organisation else "has no record of its own")
        why = why or ("" if evidence_of(record, "participants", item).verified else "rests on no source")
        if why:
            found.left_out.append(Lack("participants", f"{organisation.name if organisation else item.text} {why}."))
        else:
            found.organisations.append((role, str(organisation.name)))
    if not found.organisations:
        found.lacks.append(Lack("participants", "No organisation with a record is its funder or carries it out."))


def _recipient(record: Any, found: _Parts) -> None:
    """One country, or the region where there are several: IATI wants the shares of each, and no source gives them."""
    countries: tuple[str, ...] = record.countries if evidence_of(record, "countries").verified else ()
    wide = record.level in (Level.BI_REGIONAL, Level.REGIONAL)
    if len(countries) == 1 and not wide:
        found.country, found.scope = str(countries[0]), "4"
    elif countries or wide:
        found.scope = "2" if wide else "3"
    else:
        found.lacks.append(
            Lack("countries", "No partner country is named with a source, and the level is not regional.")
        )


def _sector(record: Any, found: _Parts, catalogue: Catalogue) -> None:
    themes = [theme for id in record.themes if (theme := catalogue.find("theme", id))]
    codes = list(dict.fromkeys(str(theme.dac.code) for theme in themes if theme.dac))
    categories = {code[:3] for code in codes}
    if not codes:
        found.lacks.append(Lack("themes", "None of its themes has a DAC sector."))
    elif len(codes) == 1:
        found.sector = ("1" if len(codes[0]) == 5 else "2", codes[0])
    elif len(categories) == 1:
        found.sector = ("2", categories.pop())
    else:
        found.sector = ("1", MULTISECTOR)


# -- the activity


def _activity(root: Any, record: Any, parts: _Parts, catalogue: Catalogue, site: str, address: str) -> None:
    ref = urlsplit(address).hostname or NOWHERE
    activity = _sub(root, "iati-activity", {"{http://www.w3.org/XML/1998/namespace}lang": "en", "hierarchy": "1"})
    _sub(activity, "iati-identifier").text = f"{ref}-programme-{record.id}"
    reporter = {"ref": ref, "type": OTHER, "secondary-reporter": "1"}
    _narrative(_sub(activity, "reporting-org", reporter), site or ref)
    _narrative(_sub(activity, "title"), record.name)
    _narrative(_sub(activity, "description", {"type": "1"}), record.summary)
    for role, name in dict.fromkeys(parts.organisations):
        _narrative(_sub(activity, "participating-org", {"role": role}), name)
    _sub(activity, "activity-status", {"code": parts.status})
    for kind, day in parts.dates:
        _sub(activity, "activity-date", {"type": kind, "iso-date": day})
    _sub(activity, "activity-scope", {"code": parts.scope})
    if parts.country:
        _sub(activity, "recipient-country", {"code": parts.country})
    else:
        _sub(activity, "recipient-region", {"code": REGION, "vocabulary": "2"})
    _sub(activity, "sector", {"code": parts.sector[1], "vocabulary": parts.sector[0]})
    for id, label in _themes(record, catalogue):
        uri = _page(address, f"themes/{id}/")
        _narrative(_sub(activity, "tag", {"code": id, "vocabulary": "99", "vocabulary-uri": uri}), label)
    for title, url in ((site or ref, _page(address, f"programmes/{record.id}/")), ("Website", record.website)):
        if url:
            _document(activity, title, str(url))


def _themes(record: Any, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for id in record.themes:
        theme = catalogue.find("theme", id)
        if theme:
            yield theme.id, theme.title


def _document(activity: Any, title: str, url: str) -> None:
    document = _sub(activity, "document-link", {"format": "text/html", "url": url})
    _narrative(_sub(document, "title"), title)
    _sub(document, "category", {"code": "A12"})


def _page(address: str, path: str) -> str:
    return f"{(address or f'https://{NOWHERE}/').rstrip('/')}/{path}"


def _sub(parent: Any, tag: str, attributes: dict[str, str] | None = None) -> Any:
    return etree.SubElement(parent, tag, attributes or {})


def _narrative(parent: Any, text: object) -> None:
    """XML 1.0 has no way to write two of the signs that a text may hold."""
    _sub(parent, "narrative").text = re.sub("[\ufffe\uffff]", "\ufffd", str(text))
