"""The themes as a SKOS vocabulary, with the concepts of EuroVoc and the codes of the DAC that records match them to.

A match that no source is known to say is left out: SKOS can't mark it, and a match is there to be followed by machines.
The DAC gives its codes no addresses of their own, so each that is matched stands here as a concept of a scheme of its
own, by its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from generator.export.linked.addresses import IT, Addresses
from generator.export.linked.graph import Iri, Literal, Node, Prefixes, Value, named, prefixes, said_in
from generator.export.linked.schemaorg import eurovoc
from generator.kinds.theme import Match
from generator.model.catalogue import Catalogue
from generator.model.facts import Grade, facts_of
from generator.model.kind import Kind

Said = Iterator[tuple[str, Value]]
LICENCE = Iri("https://creativecommons.org/licenses/by/4.0/")
MATCHES = {Match.EXACT: "skos:exactMatch", Match.CLOSE: "skos:closeMatch", Match.BROAD: "skos:broadMatch"}


def themes(catalogue: Catalogue, site: str, address: str) -> tuple[tuple[Node, ...], Prefixes]:
    """The scheme, its concepts, and the codes of the DAC. `site` is the name of the site, `address` its address."""
    addresses = Addresses(catalogue, address)
    kind = next(kind for kind in catalogue.kinds if kind.name == "theme")
    scheme = Iri(f"{addresses.site}{kind.section}/{IT}")
    found = catalogue.of("theme")
    top = [_concept_iri(kind, theme.id, addresses) for theme in found if not theme.broader]
    nodes = (
        _scheme(scheme, f"Themes of the {site}", top),
        *(_concept(theme, found, kind, scheme, addresses) for theme in found),
        *_dac(found, scheme),
    )
    return nodes, prefixes(addresses.site, "skos", "dct", "foaf")


def _scheme(iri: Iri, title: str, top: Iterable[Iri]) -> Node:
    said: list[tuple[str, Value]] = [
        (named("rdf:type"), named("skos:ConceptScheme")),
        (named("dct:title"), said_in("en", title)),
        (named("dct:license"), LICENCE),
    ]
    return Node((*said, *((named("skos:hasTopConcept"), each) for each in top)), iri)


def _concept_iri(kind: Kind, id: str, addresses: Addresses) -> Iri:
    return Iri(addresses.thing(kind, id))


def _concept(theme: Any, themes: Iterable[Any], kind: Kind, scheme: Iri, addresses: Addresses) -> Node:
    def said() -> Said:
        yield "rdf:type", named("skos:Concept")
        yield "skos:inScheme", scheme
        if theme.broader:
            yield "skos:broader", Iri(addresses.meant(theme.broader))
        else:
            yield "skos:topConceptOf", scheme
        for other in themes:
            if other.broader and addresses.meant(other.broader) == addresses.thing(kind, theme.id):
                yield "skos:narrower", _concept_iri(kind, other.id, addresses)
        yield from _labels(theme)
        yield "skos:notation", Literal(theme.id)
        if theme.note:
            yield "skos:scopeNote", said_in("en", str(theme.note))
        yield from _matches(theme, scheme)
        yield "foaf:isPrimaryTopicOf", Iri(addresses.page(kind, theme.id))

    return _node(said(), addresses.thing(kind, theme.id))


def _labels(theme: Any) -> Said:
    for language, label in theme.labels:
        if label:
            yield "skos:prefLabel", said_in(language, str(label))
    for label in dict.fromkeys(map(str, theme.alt_labels)):
        if label != theme.labels.en:  # no label is both (SKOS, S13)
            yield "skos:altLabel", said_in("en", label)


def _matches(theme: Any, scheme: Iri) -> Said:
    if is_told(theme, "eurovoc"):
        yield MATCHES[theme.eurovoc.match], Iri(eurovoc(theme.eurovoc.code))
    if is_told(theme, "dac"):
        yield MATCHES[theme.dac.match], _dac_iri(theme.dac.code, scheme)


def is_told(theme: Any, field: str) -> bool:
    """Whether a theme has this match, and a source says it or it is our own."""
    return any(fact.field == field and fact.grade is not Grade.UNVERIFIED for fact in facts_of(theme))


def _dac_iri(code: str, scheme: Iri) -> Iri:
    return Iri(f"{scheme.removesuffix(IT)}#dac-{quote(code, safe='')}")


def _dac(themes: Iterable[Any], ours: Iri) -> Iterator[Node]:
    labels: dict[str, list[str]] = {}
    for theme in themes:
        if is_told(theme, "dac"):
            labels.setdefault(str(theme.dac.code), []).append(str(theme.dac.label))
    scheme = Iri(f"{ours.removesuffix(IT)}#dac")
    codes = sorted(labels)
    if codes:
        title = "OECD-DAC purpose and sector codes, as far as themes of the catalogue are matched to them"
        said: list[tuple[str, Value]] = [("rdf:type", named("skos:ConceptScheme")), ("dct:title", said_in("en", title))]
        yield _node([*said, *(("skos:hasTopConcept", _dac_iri(code, ours)) for code in codes)], scheme)
    for code in codes:
        first, *others = dict.fromkeys(labels[code])
        said = [
            ("rdf:type", named("skos:Concept")),
            ("skos:topConceptOf", scheme),
            ("skos:inScheme", scheme),
            ("skos:notation", Literal(code)),
            ("skos:prefLabel", said_in("en", first)),
            *(("skos:altLabel", said_in("en", other)) for other in others),
        ]
        yield _node(said, _dac_iri(code, ours))


def _node(said: Iterable[tuple[str, Value]], iri: str) -> Node:
    return Node(tuple((named(word), value) for word, value in said), iri)
