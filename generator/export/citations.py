"""How records, lists of them and publications are cited, as reference managers read it: BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from generator.derive import Views
from generator.derive.bibliography import Publication
from generator.kinds.country import country_name
from generator.model.catalogue import Catalogue
from generator.model.evidence import Record
from generator.model.kind import Kind


@dataclass(frozen=True)
class Citation:
    """What is cited: one page of the catalogue as it was on a day, or a publication that records rest on."""

    key: str
    title: str
    author: str
    """The site, or who published a publication."""
    url: str = ""
    day: date | None = None
    """The day for which the page was built; it is the version, too. None for a publication, whose day nobody states."""
    changed: date | None = None
    """When the record's own file last changed, where git knows it."""
    read: date | None = None
    """When a publication was last read."""

    @property
    def note(self) -> str:
        if self.day is None:
            return ""
        said = f"As of {self.day.isoformat()}"
        return f"{said}; record last changed {self.changed.isoformat()}" if self.changed else said


def citations(
    catalogue: Catalogue, views: Views, site: str, address: str, changed: Mapping[str, date]
) -> dict[str, str]:
    """Three files beside each record's page, each listing and the bibliography, by path below the site's folder.

    `site` is the site's name and `address` its address; `changed` are the days of the last changes, by file.
    """
    made = _files("bibliography/", [_publication(each) for each in views.bibliography])
    for kind in catalogue.kinds:
        if kind.name == "page":
            continue
        of_kind = {
            place: Citation(
                f"{kind.name}-{record.id}".lower(),
                title_of(kind.name, record),
                site,
                address + place,
                views.today,
                _changed(kind, record, changed),
            )
            for record in catalogue.of(kind.name)
            for place in [kind.page(record.id).removesuffix(".md") + "/"]
        }
        made |= _files(f"{kind.section}/", of_kind.values())
        for place, citation in of_kind.items():
            made |= _files(place, [citation])
    return made


def _files(place: str, cited: Iterable[Citation]) -> dict[str, str]:
    listed = tuple(cited)
    return {f"{place}cite.{ending}": write(listed) for ending, write in FORMATS.items()}


def _changed(kind: Kind, record: Record, changed: Mapping[str, date]) -> date | None:
    """A file of many records tells nothing of one of them."""
    return changed.get(f"{kind.folder}/{record.id}.yml") if kind.folder else None


def _publication(publication: Publication) -> Citation:
    key = hashlib.sha256(publication.identity.encode()).hexdigest()[:12]
    return Citation(
        f"publication-{key}", publication.titles[0], publication.publisher, publication.url or "", read=publication.read
    )


def title_of(kind: str, record: Record) -> str:
    """The English name of a record, as its page is headed."""
    if kind == "country":
        return country_name(record.id, "en")
    labels = getattr(record, "labels", None)
    return str(labels.en) if labels else record.title


# -- BibTeX

SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{letter: f"\\{letter}" for letter in "&%$#_"},
}  # fmt: skip
"""What TeX takes for a command; letters beyond ASCII stay as they are, in UTF-8."""


def bibtex(citation: Citation) -> str:
    """An entry that old BibTeX and biblatex both read. The title is braced twice, so that its capitals stay."""
    day = citation.day
    fields = {
        "title": f"{{{_tex(citation.title)}}}",
        "author": f"{{{_tex(citation.author)}}}",
        "year": str(day.year) if day else "",
        "month": str(day.month) if day else "",
        "note": _tex(citation.note),
        "version": day.isoformat() if day else "",
        "url": quote(citation.url, safe=":/?#[]@!$&'()*+,;=%~_-."),
        "urldate": citation.read.isoformat() if citation.read else "",
        "language": "english" if day else "",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{citation.key},\n{lines}\n}}\n"


def _tex(text: str) -> str:
    return "".join(SPECIAL.get(letter, letter) for letter in _line(text))


# -- RIS


def ris(citation: Citation) -> str:
    """Lines of two letters, two blanks, a hyphen and a blank, each ended by CR and LF."""
    day = citation.day
    fields = (
        ("TY", "ELEC" if citation.url else "GEN"),
        ("ID", citation.key),
        ("TI", _line(citation.title)),
        ("AU", f"{_line(citation.author)},"),  # the comma tells that all of it is a last name
        ("PY", str(day.year) if day else ""),
        ("DA", day.strftime("%Y/%m/%d/") if day else ""),
        ("ET", day.isoformat() if day else ""),
        ("N1", _line(citation.note)),
        ("LA", "en" if day else ""),
        ("UR", citation.url.replace(";", "%3B")),  # readers part several addresses at it
        ("Y2", citation.read.strftime("%Y/%m/%d/") if citation.read else ""),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in (*fields, ("ER", "")) if value or tag == "ER")


# -- CSL-JSON


def csl_json(*citations: Citation) -> str:
    """A list of items, as the Citation Style Language describes it."""
    return json.dumps([_item(each) for each in citations], ensure_ascii=False, indent=2) + "\n"


def _item(citation: Citation) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": citation.key,
        "type": "webpage" if citation.url else "document",
        "title": _line(citation.title),
        "author": [{"literal": _line(citation.author)}],
    }
    if citation.day:
        item |= {
            "container-title": _line(citation.author),
            "issued": _date(citation.day),
            "version": citation.day.isoformat(),
            "note": citation.note,
        }
    if citation.url:
        item["URL"] = citation.url
    if citation.read:
        item["accessed"] = _date(citation.read)
    return item | {"language": "en"} if citation.day else item


def _date(day: date) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


FORMATS: dict[str, Callable[[Iterable[Citation]], str]] = {
    "bib": lambda cited: "\n".join(map(bibtex, cited)),
    "ris": lambda cited: "".join(map(ris, cited)),
    "json": lambda cited: csl_json(*cited),
}
"""Each format by the ending of its file: what one or many citations look like in it."""
