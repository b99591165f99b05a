"""The themes as SKOS: what the records say, sound by a checker that is not ours."""

from __future__ import annotations

import logging
from typing import Any

import pytest
import skosify
import yaml
from conftest import base_files, catalogue_of
from hypothesis import given, settings
from rdf import graph_of, same
from rdflib import RDF, SKOS, Graph, Literal, URIRef
from strategies import HOSTILE, drawn_files, written
from tables_fixture import ADDRESS, Published

from generator.export.linked.json_ld import json_ld
from generator.export.linked.themes import MATCHES, is_told, themes
from generator.export.linked.turtle import turtle
from generator.kinds import KINDS
from generator.model.catalogue import Catalogue

THEME = next(kind for kind in KINDS if kind.name == "theme")


def files_of(catalogue: Catalogue) -> dict[str, str]:
    vocabulary = themes(catalogue, "Catalogue", ADDRESS)
    return {"api/v1/themes.ttl": turtle(*vocabulary), "api/v1/themes.jsonld": json_ld(*vocabulary)}


def skos_of(catalogue: Catalogue) -> Graph:
    return graph_of(files_of(catalogue)["api/v1/themes.ttl"])


def concept(id: str) -> URIRef:
    return URIRef(f"{ADDRESS}themes/{id}/#it")


@pytest.fixture(scope="module")
def files(published: Published) -> dict[str, str]:
    return files_of(published.catalogue)


@pytest.fixture(scope="module")
def skos(files: dict[str, str]) -> Graph:
    return graph_of(files["api/v1/themes.ttl"])


def complaints_of(graph: Graph, caplog: pytest.LogCaptureFixture) -> list[str]:
    """What skosify warns of, and what it would change."""
    before = set(graph)
    with caplog.at_level(logging.WARNING):
        checked = skosify.skosify(graph, label="Themes")
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    told = [line for line in told if not line.startswith("Multiple concept schemes")]  # ours, and the DAC's beside it
    return told + [str(triple) for triple in before - set(checked)]


def test_skosify_has_nothing_to_say(skos: Graph, caplog: pytest.LogCaptureFixture) -> None:
    assert complaints_of(Graph() + skos, caplog) == []


@pytest.mark.parametrize(
    "broken",
    [
        (concept("trade-agreements"), SKOS.prefLabel, Literal("Another", lang="en")),
        (concept("territorial-development"), SKOS.broader, concept("urban-development")),
    ],
    ids=["two names", "a ring"],
)
def test_skosify_would_see_a_fault(skos: Graph, caplog: pytest.LogCaptureFixture, broken: Any) -> None:
    assert (concept("urban-development"), SKOS.broader, concept("territorial-development")) in skos
    assert complaints_of((Graph() + skos).add(broken), caplog)


def test_json_ld_says_the_same(files: dict[str, str], skos: Graph) -> None:
    assert same(graph_of(files["api/v1/themes.jsonld"], "json-ld"), skos)


def test_every_theme_is_told_as_its_record_has_it(published: Published, skos: Graph) -> None:
    for theme in published.catalogue.of("theme"):
        one = concept(theme.id)
        assert {(str(label), label.language) for label in skos.objects(one, SKOS.prefLabel)} == {
            (str(label), language) for language, label in theme.labels if label
        }
        assert {str(label) for label in skos.objects(one, SKOS.altLabel)} == set(theme.alt_labels) - {theme.labels.en}
        assert list(skos.objects(one, SKOS.broader)) == ([concept(theme.broader)] if theme.broader else [])
        narrower = {concept(other.id) for other in published.catalogue.of("theme") if other.broader == theme.id}
        assert set(skos.objects(one, SKOS.narrower)) == narrower
    assert len(set(skos.subjects(SKOS.broader, None))) > 10


def test_matches_are_as_near_as_the_records_say(published: Published, skos: Graph) -> None:
    told = set()
    for theme in published.catalogue.of("theme"):
        if theme.eurovoc:
            told.add((concept(theme.id), theme.eurovoc.match, URIRef(f"http://eurovoc.europa.eu/{theme.eurovoc.code}")))
        if theme.dac:
            told.add((concept(theme.id), theme.dac.match, URIRef(f"{ADDRESS}themes/#dac-{theme.dac.code}")))
    words = {str(SKOS[name.removeprefix("skos:")]): match for match, name in MATCHES.items()}
    found = {(s, words[str(p)], o) for s, p, o in skos if str(p) in words}
    assert found == told
    assert {match for _, match, _ in found} == set(MATCHES)


def test_a_code_of_the_dac_is_named_as_it_is_there(skos: Graph) -> None:
    one = URIRef(f"{ADDRESS}themes/#dac-43030")
    assert (one, SKOS.notation, Literal("43030")) in skos
    assert (one, SKOS.prefLabel, Literal("Urban development and management", lang="en")) in skos


def with_theme(fields: dict[str, Any]) -> Catalogue:
    files = base_files()
    table = yaml.safe_load(files["themes.yml"])
    drawn = {"labels": {"en": "Drawn"}, "evidence": {"labels": "editorial"}, **fields}
    records = {**table["records"], "drawn": drawn}
    return catalogue_of(files | {"themes.yml": written({**table, "records": records})})


MATCH = {"code": "43030", "label": "Urban", "match": "exact"}


@pytest.mark.parametrize(
    ("match", "told"),
    [
        ({**MATCH, "sources": ["s1"]}, True),
        ({**MATCH, "sources": ["s1"], "unverified": ["match"]}, False),
        (MATCH, False),
    ],
)
def test_a_match_that_nobody_is_known_to_say_is_left_out(match: dict[str, Any], told: bool) -> None:
    catalogue = with_theme({"dac": match, "eurovoc": match})
    found = skos_of(catalogue)
    assert ((concept("drawn"), SKOS.exactMatch, URIRef("http://eurovoc.europa.eu/43030")) in found) == told
    assert ((concept("drawn"), SKOS.exactMatch, URIRef(f"{ADDRESS}themes/#dac-43030")) in found) == told
    assert is_told(catalogue.find("theme", "drawn"), "dac") == told


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_read_back(text: str) -> None:
    code = {**MATCH, "code": text, "sources": ["s1"]}
    catalogue = with_theme({"labels": {"en": text}, "alt_labels": [text, "other"], "dac": code})
    found, one = skos_of(catalogue), catalogue.find("theme", "drawn")
    assert list(found.objects(concept("drawn"), SKOS.prefLabel)) == [Literal(str(one.labels.en), lang="en")]
    assert list(found.objects(concept("drawn"), SKOS.altLabel)) == [Literal("other", lang="en")]
    [code_of_dac] = found.objects(concept("drawn"), SKOS.exactMatch)
    assert list(found.objects(code_of_dac, SKOS.notation)) == [Literal(str(one.dac.code))]


@settings(max_examples=20)
@given(drawn_files((THEME,)))
def test_any_theme_is_told_alike_in_both_forms(files: dict[str, str]) -> None:
    made = files_of(catalogue_of(files))
    turtle, other = graph_of(made["api/v1/themes.ttl"]), graph_of(made["api/v1/themes.jsonld"], "json-ld")
    assert set(turtle) == set(other)
    assert len(set(turtle.subjects(RDF.type, SKOS.Concept))) >= len(catalogue_of(files).of("theme"))
