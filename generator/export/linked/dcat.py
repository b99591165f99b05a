"""The data as DCAT-AP 3.0.1 describes them, for the portals that gather such descriptions: a Catalog, a Dataset for all
and one for each kind of record, a Distribution for each file.

What the profile wants from a list of the EU (languages, formats, licences …) is named by its address there. What it
would like and nobody knows is left out: a first day of publication, or a day of change where git tells none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from generator.export.linked.addresses import IT, Addresses
from generator.export.linked.graph import Iri, Literal, Node, Prefixes, Value, day, named, prefixes, said_in, whole
from generator.export.offered import OPENAPI, Distribution
from generator.export.tables.common import file_of
from generator.kinds.country import three_letters
from generator.model.catalogue import Catalogue
from generator.model.edtf import Interval, PartialDate
from generator.model.evidence import Record
from generator.model.kind import Kind
from generator.model.values import Reference
from generator.model.walk import walk

Said = Iterator[tuple[str, Value]]

DATA = "data/"
"""The page that tells people of the data."""
EU = "http://publications.europa.eu/resource/authority/"
ENGLISH, IRREGULAR, PUBLIC = Iri(f"{EU}language/ENG"), Iri(f"{EU}frequency/IRREG"), Iri(f"{EU}access-right/PUBLIC")
STABLE, AVAILABILITY = Iri(f"{EU}planned-availability/STABLE"), Iri(f"{EU}planned-availability")
LICENCE, LICENCE_SORT = Iri(f"{EU}licence/CC_BY_4_0"), Iri("http://purl.org/adms/licencetype/Attribution")
LICENCE_SORTS, LICENCE_TEXT = "http://purl.org/adms/licencetype/1.0", "https://creativecommons.org/licenses/by/4.0/"
THEMES = Iri(f"{EU}data-theme")
ABOUT = {"agreement": ("INTR", "GOVE"), "border-area": ("INTR", "REGI"), "figure": ("INTR", "ECON")}
"""The EU's themes for data, by kind; all others are about international issues alone."""
INTERNATIONAL = ("INTR",)
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
SHA256 = Iri("https://spdx.org/rdf/terms#checksumAlgorithm_sha256")
"""As the profile's shapes want it, with https; SPDX itself writes its names with http."""

USED = ("dcat", "dcatap", "dct", "foaf", "owl", "schema", "skos", "spdx", "vcard", "xsd")


@dataclass(frozen=True)
class About:
    """What the description must know of the site; `changed` is the day of the last change of each content file."""

    name: str
    description: str
    address: str
    repository: str
    changed: Mapping[str, date] = field(default_factory=dict)


def dcat(
    files: Iterable[Distribution], catalogue: Catalogue, today: date, about: About
) -> tuple[tuple[Node, ...], Prefixes]:
    """The description of these files, for the day for which they were made."""
    made = _Portal(tuple(files), catalogue, today, about)
    return tuple(made.nodes()), prefixes(Addresses(catalogue, about.address).site, *USED)


class _Portal:
    def __init__(self, files: tuple[Distribution, ...], catalogue: Catalogue, today: date, about: About) -> None:
        self._files = tuple(each for each in files if not each.record)
        self._catalogue, self._today, self._about = catalogue, today, about
        self._at = Addresses(catalogue, about.address)
        self._kinds = tuple(kind for kind in catalogue.kinds if kind.name != "page")
        self._page = f"{self._at.site}{DATA}"
        self._publisher, self._contact = Iri(f"{self._page}#publisher"), Iri(f"{self._page}#contact")
        self._service = Iri(f"{self._page}#api") if any(each.path == OPENAPI for each in files) else None

    def nodes(self) -> Iterator[Node]:
        yield self._node(self._page + IT, self._catalog())
        yield self._node(f"{self._page}#all", self._dataset(None))
        for kind in self._kinds:
            yield self._node(f"{self._page}#{kind.section}", self._dataset(kind))
        for each in self._files:
            yield self._node(_file(self._at, each), self._distribution(each))
        if self._service:
            yield self._node(self._service, self._api())
        yield from self._named()

    # -- the four sorts of things

    def _catalog(self) -> Said:
        about = self._about
        yield "rdf:type", named("dcat:Catalog")
        yield from self._common(about.name, about.description or about.name)
        yield "dct:license", LICENCE
        yield "dct:language", ENGLISH
        yield "foaf:homepage", Iri(self._at.site)
        yield "dcat:themeTaxonomy", THEMES
        yield "dcat:themeTaxonomy", self._scheme()
        yield from self._places(self._kinds)
        yield from self._modified(self._kinds)
        yield "dcat:dataset", Iri(f"{self._page}#all")
        for kind in self._kinds:
            yield "dcat:dataset", Iri(f"{self._page}#{kind.section}")
        if self._service:
            yield "dcat:service", self._service

    def _dataset(self, kind: Kind | None) -> Said:
        kinds = (kind,) if kind else self._kinds
        yield "rdf:type", named("dcat:Dataset")
        yield from self._common(*self._words(kind))
        yield "dct:identifier", Literal(f"{self._page}#{kind.section if kind else 'all'}")
        yield "dcat:contactPoint", self._contact
        yield from (("dcat:keyword", said_in("en", word)) for word in self._keywords(kind))
        yield from (("dcat:theme", Iri(f"{EU}data-theme/{word}")) for word in self._about_what(kind))
        yield "dct:language", ENGLISH
        yield "dct:accrualPeriodicity", IRREGULAR
        yield "dct:accessRights", PUBLIC
        yield "dcat:landingPage", Iri(f"{self._at.site}{kind.section}/" if kind else self._page)
        yield "dcat:version", Literal(self._today.isoformat())
        yield from self._places(kinds)
        yield from self._period(kinds)
        yield from self._modified(kinds)
        for each in self._files:
            if each.kind == (kind.name if kind else ""):
                yield "dcat:distribution", Iri(_file(self._at, each))

    def _distribution(self, file: Distribution) -> Said:
        address, sort = Iri(self._at.site + file.path), file.offer.sort
        yield "rdf:type", named("dcat:Distribution")
        yield "dct:title", said_in("en", file.title)
        yield "dct:description", said_in("en", file.what)
        yield "dcat:accessURL", address
        yield "dcat:downloadURL", address
        if sort.media_type:
            yield "dcat:mediaType", Iri(MEDIA_TYPES + sort.media_type)
        if sort.file_type:
            yield "dct:format", Iri(f"{EU}file-type/{sort.file_type}")
        if file.offer.standard:
            yield "dct:conformsTo", Iri(file.offer.standard)
        yield "dcat:byteSize", whole(file.size)
        sum_ = (("rdf:type", named("spdx:Checksum")), ("spdx:algorithm", SHA256),
                ("spdx:checksumValue", Literal(file.sha256, named("xsd:hexBinary"))))  # fmt: skip
        yield "spdx:checksum", self._node("", sum_)
        yield "dct:license", LICENCE
        yield "dct:language", ENGLISH
        yield "dcatap:availability", STABLE

    def _api(self) -> Said:
        yield "rdf:type", named("dcat:DataService")
        what = "Each record, each kind and the lists of codes as JSON at fixed addresses, with their evidence."
        yield from self._common(f"{self._about.name}: JSON", what)
        yield "dcat:endpointURL", Iri(f"{self._at.site}api/v1/index.json")
        yield "dcat:endpointDescription", Iri(self._at.site + OPENAPI)
        yield "dct:conformsTo", Iri("https://spec.openapis.org/oas/v3.1.0")
        yield "dct:format", Iri(f"{EU}file-type/JSON")
        yield "dcat:contactPoint", self._contact
        yield from (("dcat:keyword", said_in("en", word)) for word in self._keywords(None))
        yield from (("dcat:theme", Iri(f"{EU}data-theme/{word}")) for word in INTERNATIONAL)
        yield "dcat:landingPage", Iri(self._page)
        yield "dct:license", LICENCE
        yield "dct:accessRights", PUBLIC
        yield "dcat:servesDataset", Iri(f"{self._page}#all")
        for kind in self._kinds:
            yield "dcat:servesDataset", Iri(f"{self._page}#{kind.section}")

    # -- what they say

    def _common(self, title: str, description: str) -> Said:
        yield "dct:title", said_in("en", title)
        yield "dct:description", said_in("en", description)
        yield "dct:publisher", self._publisher

    def _words(self, kind: Kind | None) -> tuple[str, str]:
        if kind is None:
            return (
                f"{self._about.name}: all records",
                "All records with their evidence, in files for all kinds together.",
            )
        count = len(self._catalogue.of(kind.name))
        word = kind.singular.lower() if count == 1 else kind.title.lower()
        what = f"{count} {word} with the evidence for every statement, in files for this kind alone."
        return f"{self._about.name}: {kind.title.lower()}", what

    def _keywords(self, kind: Kind | None) -> Iterable[str]:
        if kind is None:
            return [each.title.lower() for each in self._kinds]
        used = {str(theme) for record in self._catalogue.of(kind.name) for theme in getattr(record, "themes", ())}
        labels = [str(t.labels.en) for t in self._catalogue.of("theme") if t.id in used and t.labels.en]
        return dict.fromkeys([kind.title.lower(), *labels])

    def _about_what(self, kind: Kind | None) -> Iterable[str]:
        return ABOUT.get(kind.name, INTERNATIONAL) if kind else INTERNATIONAL

    def _places(self, kinds: Iterable[Kind]) -> Said:
        """The countries that records are, or name."""
        found: set[str] = set()
        for record in self._records(kinds):
            ids = {record.id} | {str(value) for _, value in walk(record) if isinstance(value, Reference)}
            found |= {id for id in ids if self._catalogue.find("country", id) and id in three_letters()}
        codes = sorted(three_letters()[id] for id in found)
        yield from (("dct:spatial", Iri(f"{EU}country/{code}")) for code in codes)

    def _period(self, kinds: Iterable[Kind]) -> Said:
        """From the first year that records tell of to the last one."""
        years = {year for record in self._records(kinds) for year in _years(record)}
        if years:
            said: list[tuple[str, Value]] = [("rdf:type", named("dct:PeriodOfTime"))]
            for word, year in (("dcat:startDate", min(years)), ("dcat:endDate", max(years))):
                said.append((word, Literal(f"{year:04d}", named("xsd:gYear"))))
            yield "dct:temporal", self._node("", said)

    def _modified(self, kinds: Iterable[Kind]) -> Said:
        """The day of the last change of a record, where git knows it of each file."""
        files = {file_of(kind, record) for kind in kinds for record in self._catalogue.of(kind.name)}
        if files and files <= set(self._about.changed):
            yield "dct:modified", day(max(self._about.changed[file] for file in files).isoformat())

    def _records(self, kinds: Iterable[Kind]) -> Iterator[Record]:
        for kind in kinds:
            yield from self._catalogue.of(kind.name)

    # -- those that are named

    def _named(self) -> Iterator[Node]:
        """What the profile wants a type of, though others say what it is."""
        name, repository = self._about.name, self._about.repository
        agent: list[tuple[str, Value]] = [
            ("rdf:type", named("foaf:Agent")),
            ("foaf:name", said_in("en", f"The contributors of the {name}")),
        ]
        yield self._node(self._publisher, agent)
        contact: list[tuple[str, Value]] = [("rdf:type", named("vcard:Kind"))]
        contact += [("vcard:fn", said_in("en", f"The contributors of the {name}"))]
        where = f"{repository}/issues/new/choose" if repository else f"{self._at.site}about/"
        yield self._node(self._contact, [*contact, ("vcard:hasURL", Iri(where))])
        licence: list[tuple[str, Value]] = [("rdf:type", named("dct:LicenseDocument")), ("dct:type", LICENCE_SORT)]
        licence += [("dct:title", said_in("en", "Creative Commons Attribution 4.0 International"))]
        yield self._node(LICENCE, [*licence, ("owl:sameAs", Iri(LICENCE_TEXT))])
        for concept, in_scheme, label in (
            (LICENCE_SORT, LICENCE_SORTS, "Attribution"),
            (STABLE, AVAILABILITY, "stable"),
        ):
            said: list[tuple[str, Value]] = [("rdf:type", named("skos:Concept")), ("skos:inScheme", Iri(in_scheme))]
            yield self._node(concept, [*said, ("skos:prefLabel", said_in("en", label))])
        scheme: list[tuple[str, Value]] = [("rdf:type", named("skos:ConceptScheme"))]
        yield self._node(self._scheme(), [*scheme, ("dct:title", said_in("en", f"Themes of the {name}"))])
        yield self._node(SHA256, [("rdf:type", named("spdx:ChecksumAlgorithm"))])
        yield from self._typed()

    def _typed(self) -> Iterator[Node]:
        pages = [self._at.site, self._page, *(f"{self._at.site}{kind.section}/" for kind in self._kinds)]
        standards = {each.offer.standard for each in self._files} - {""}
        standards |= {"https://spec.openapis.org/oas/v3.1.0"} if self._service else set()
        media = {MEDIA_TYPES + each.offer.sort.media_type for each in self._files if each.offer.sort.media_type}
        for type_, all_of_them in (("foaf:Document", pages), ("dct:Standard", standards), ("dct:MediaType", media)):
            for one in sorted(set(all_of_them)):
                yield self._node(one, [("rdf:type", named(type_))])

    def _scheme(self) -> Iri:
        return Iri(f"{self._at.site}themes/{IT}")

    def _node(self, iri: str, said: Iterable[tuple[str, Value]]) -> Node:
        return Node(tuple((named(word), value) for word, value in said), iri)


def _file(at: Addresses, file: Distribution) -> str:
    """What a file is called, apart from where it is."""
    return f"{at.site}{file.path}#file"


def _years(record: Record) -> Iterator[int]:
    """The years that dates of a record name, but not those on which publications were read."""
    for path, value in walk(record):
        if path and path[0] == "sources":
            continue
        ends: tuple[Any, ...] = (value.start, value.end) if isinstance(value, Interval) else (value,)
        for one in ends:
            if isinstance(one, PartialDate):
                yield from (one.earliest.year, one.latest.year)
