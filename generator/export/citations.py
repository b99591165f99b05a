"""How a record is cited, in the formats that reference managers read: BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from generator.kinds.country import country_name
from generator.model.catalogue import Catalogue
from generator.model.evidence import Record


@dataclass(frozen=True)
class Citation:
    """What is cited: one page of the catalogue as it was on a day."""

    key: str
    title: str
    site: str
    url: str
    day: date
    """The day for which the page was built; it is the version, too."""
    changed: date | None = None
    """When the record's own file last changed, where git knows it."""

    @property
    def note(self) -> str:
        said = f"As of {self.day.isoformat()}"
        return f"{said}; record last changed {self.changed.isoformat()}" if self.changed else said


def citations(
    catalogue: Catalogue, today: date, site: str, address: str, changed: Mapping[str, date]
) -> dict[str, str]:
    """Three files beside each record's page, by path below the site's folder."""
    made: dict[str, str] = {}
    for kind in catalogue.kinds:
        for record in catalogue.of(kind.name) if kind.name != "page" else ():
            place = kind.page(record.id).removesuffix(".md") + "/"
            key = f"{kind.name}-{record.id}".lower()
            # a file of many records tells nothing of one of them
            last = changed.get(f"{kind.folder}/{record.id}.yml") if kind.folder else None
            citation = Citation(key, title_of(kind.name, record), site, address + place, today, last)
            made |= {f"{place}cite.{ending}": write(citation) for ending, write in FORMATS.items()}
    return made


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
    fields = {
        "title": f"{{{_tex(citation.title)}}}",
        "author": f"{{{_tex(citation.site)}}}",
        "year": str(citation.day.year),
        "month": citation.day.strftime("%m").lstrip("0"),
        "note": _tex(citation.note),
        "version": citation.day.isoformat(),
        "url": quote(citation.url, safe=":/?#[]@!$&'()*+,;=%~_-."),
        "language": "english",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{citation.key},\n{lines}\n}}\n"


def _tex(text: str) -> str:
    return "".join(SPECIAL.get(letter, letter) for letter in _line(text))


# -- RIS


def ris(citation: Citation) -> str:
    """Lines of two letters, two blanks, a hyphen and a blank, each ended by CR and LF."""
    day = citation.day.strftime("%Y/%m/%d/")
    fields = (
        ("TY", "ELEC"),
        ("ID", citation.key),
        ("TI", _line(citation.title)),
        ("AU", f"{_line(citation.site)},"),  # the comma tells that all of it is a last name
        ("PY", str(citation.day.year)),
        ("DA", day),
        ("ET", citation.day.isoformat()),
        ("N1", _line(citation.note)),
        ("LA", "en"),
        ("UR", citation.url),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)


# -- CSL-JSON


def csl_json(citation: Citation) -> str:
    """A list of one item, as the Citation Style Language describes it."""
    item: dict[str, Any] = {
        "id": citation.key,
        "type": "webpage",
        "title": _line(citation.title),
        "author": [{"literal": _line(citation.site)}],
        "container-title": _line(citation.site),
        "issued": {"date-parts": [[citation.day.year, citation.day.month, citation.day.day]]},
        "version": citation.day.isoformat(),
        "note": citation.note,
        "URL": citation.url,
        "language": "en",
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


FORMATS: dict[str, Callable[[Citation], str]] = {"bib": bibtex, "ris": ris, "json": csl_json}
"""Each format by the ending of its file."""
