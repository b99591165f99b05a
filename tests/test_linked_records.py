"""The records as RDF: what is read back is the catalogue, every name is explained, every date keeps its bounds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from conftest import TODAY, base_files, catalogue_of
from hypothesis import given, settings
from rdf import ReadBack, graph_of, same
from rdflib import DCTERMS, RDF, RDFS, XSD, Graph, URIRef
from strategies import HOSTILE, drawn_files, file_of
from tables_fixture import ADDRESS, Published

from generator.derive import derive
from generator.export.linked import linked_files
from generator.export.linked.addresses import Addresses
from generator.export.linked.graph import NAMESPACES
from generator.export.linked.names import SAME, Names
from generator.export.linked.records import bounds
from generator.export.linked.statuses import stated
from generator.export.plain import disagreements, evidence, plain, sources
from generator.export.tables import tables
from generator.kinds import KINDS
from generator.model.catalogue import Catalogue
from generator.schema.fields import Nested, describe, inside, part_of

TERM = Names(ADDRESS).base
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
OURS = tuple(kind for kind in KINDS if kind.name != "page")


def files_of(catalogue: Catalogue) -> dict[str, str | bytes]:
    made = tables(catalogue, derive(catalogue, TODAY), ADDRESS)
    spans = next(table for table in made if table.name == "statuses")
    return linked_files(catalogue, spans, "Catalogue", ADDRESS)


def graph(published: Published, name: str, format: str = "turtle") -> Graph:
    return graph_of(published.files[f"api/v1/{name}"], format)


@pytest.fixture(scope="module")
def records(published: Published) -> Graph:
    return graph(published, "catalogue.ttl")


@pytest.fixture(scope="module")
def statuses(published: Published) -> Graph:
    return graph(published, "statuses.ttl")


@pytest.fixture(scope="module")
def terms(published: Published) -> Graph:
    return graph(published, "terms.ttl")


# -- round trip


def differences(found: Graph, catalogue: Catalogue) -> Iterator[tuple[str, Any, Any]]:
    """Each record whose RDF does not say what the record says."""
    read, at = ReadBack(found, ADDRESS), Addresses(catalogue, ADDRESS)
    for kind in OURS:
        for record in catalogue.of(kind.name):
            one = at.thing(kind, record.id)
            told = (read.stated(kind, one), read.evidence(one), read.disagreements(one), read.sources(one))
            wanted = (plain(record), evidence(record), disagreements(record), sources(record))
            if told != wanted or read.aliases(one) != list(map(str, record.aliases)):
                yield one, told, wanted


def test_what_is_read_back_from_turtle_is_the_catalogue(published: Published, records: Graph) -> None:
    assert list(differences(records, published.catalogue)) == []
    kinds = {URIRef(TERM + kind.model.__name__) for kind in OURS}
    counted = [one for one, sort in records.subject_objects(RDF.type) if sort in kinds]
    assert len(counted) == sum(len(published.catalogue.of(kind.name)) for kind in OURS)


def test_what_is_read_back_from_json_ld_is_the_catalogue(published: Published, records: Graph) -> None:
    found = graph(published, "catalogue.jsonld", "json-ld")
    assert list(differences(found, published.catalogue)) == []
    assert len(found) == len(records)


@settings(max_examples=15)
@given(drawn_files(OURS))
def test_any_record_is_read_back(files: dict[str, str]) -> None:
    catalogue = catalogue_of(files)
    made = files_of(catalogue)
    assert list(differences(graph_of(made["api/v1/catalogue.ttl"]), catalogue)) == []
    assert list(differences(graph_of(made["api/v1/catalogue.jsonld"], "json-ld"), catalogue)) == []


def test_a_fact_that_is_missing_would_be_seen(published: Published, records: Graph) -> None:
    triple = next(iter(records.triples((None, URIRef(f"{TERM}acronym"), None))))
    records.remove(triple)
    assert [one for one, _, _ in differences(records, published.catalogue)] == [str(triple[0])]
    records.add(triple)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_read_back(text: str) -> None:
    fields = {
        "name": text, "summary": "S.", "level": "regional", "evidence": {"name": ["s1"], "summary": "editorial"},
        "sources": [{"id": "s1", "title": text, "publisher": text}],
    }  # fmt: skip
    kind = next(kind for kind in KINDS if kind.name == "programme")
    catalogue = catalogue_of(file_of(kind, "drawn", fields)(base_files()))
    made = files_of(catalogue)
    for name, format in (("catalogue.ttl", "turtle"), ("catalogue.jsonld", "json-ld")):
        assert list(differences(graph_of(made[f"api/v1/{name}"], format), catalogue)) == []


def test_both_forms_say_the_same() -> None:
    made = files_of(catalogue_of(base_files()))
    turtle, other = graph_of(made["api/v1/catalogue.ttl"]), graph_of(made["api/v1/catalogue.jsonld"], "json-ld")
    assert same(turtle, other)


def test_json_ld_is_read_line_by_line_too(published: Published) -> None:
    """Each node stands on a line of its own, so large files need not be held in memory."""
    data = published.files["api/v1/catalogue.jsonld"]
    assert isinstance(data, bytes)
    first, *nodes, last = [line for line in data.decode().split("\n") if line and line != '"@graph": [']
    assert (first[:12], last) == ('{"@context":', "]}")
    assert all(json.loads(line.removesuffix(","))["@id"] for line in nodes)


# -- dates


def test_every_date_has_the_days_that_it_may_mean(published: Published, records: Graph) -> None:
    written = [(s, p, o) for s, p, o in records if getattr(o, "datatype", None) == EDTF]
    assert len(written) > 1000
    for node, property_, value in written:
        for ending, day in zip(("earliest", "latest"), bounds(str(value)), strict=True):
            found = records.value(node, URIRef(f"{property_}_{ending}"))
            assert (found and (found.datatype, str(found))) == (day and (XSD.date, str(day))), value
    assert {len(str(value)) for _, _, value in written} >= {4, 7, 10}


def test_a_partial_date_gets_no_day_of_our_own() -> None:
    assert bounds("2012") == (date(2012, 1, 1), date(2012, 12, 31))
    assert bounds("199X~") == (date(1990, 1, 1), date(1999, 12, 31))
    assert bounds("2012/..") == (date(2012, 1, 1), None)
    assert bounds("..") == (None, None)


# -- names


def test_every_name_of_ours_is_explained(records: Graph, statuses: Graph, terms: Graph) -> None:
    used = {term for each in (records, statuses) for triple in each for term in triple if str(term).startswith(TERM)}
    explained = {term for term in terms.subjects() if str(term).startswith(TERM)}
    assert used - explained == set()
    assert len(used) > 250
    assert not [term for term in explained if not (list(terms.objects(term, RDFS.comment)) or is_word(terms, term))]


def is_word(terms: Graph, term: Any) -> bool:
    skos = NAMESPACES["skos"]
    return (term, RDF.type, URIRef(f"{skos}Concept")) in terms and (term, URIRef(f"{skos}prefLabel"), None) in terms


def test_names_of_others_stand_for_one_field_of_a_part() -> None:
    assert len(set(SAME.values())) == len(SAME)
    assert {name.partition(":")[0] for name in SAME.values()} <= set(NAMESPACES)


def test_each_part_and_each_list_of_words_has_a_name_of_its_own() -> None:
    parts: dict[str, Any] = {kind.model.__name__: part_of(kind.model) for kind in OURS}
    assert len(parts) == len(OURS)
    for kind in OURS:
        for part in describe(kind).parts():
            assert parts.setdefault(part.name, part) == part
    choices: dict[str, Any] = {"Status": None, "StatusSpan": None}
    for field in (field for part in parts.values() for field in part.fields):
        for shape in inside(field.shape):
            if not isinstance(shape, Nested) and getattr(shape, "words", None):
                name = shape.name  # type: ignore[union-attr]
                assert choices.setdefault(name, shape) == shape
    assert not set(choices) & set(parts)


def test_a_record_is_named_as_readers_see_it(records: Graph) -> None:
    chile = URIRef(f"{ADDRESS}countries/cl/#it")
    assert str(records.value(chile, RDFS.label)) == "Chile"
    assert str(records.value(chile, DCTERMS.identifier)) == "CL"


# -- statuses


def test_what_is_read_back_of_statuses_is_their_table(published: Published, statuses: Graph) -> None:
    table = published.named("statuses")
    columns = [column for column in stated(table) if column.name != "party_kind"]
    at = Addresses(published.catalogue, ADDRESS)
    kinds = {kind.name: kind for kind in KINDS}

    def cell(row: dict[str, Any], name: str) -> str | None:
        value = row[name]
        if value is None:
            return None
        if name == "party":
            return at.thing(kinds[row["party_kind"]], value)
        if name in ("status", "maybe"):
            return f"{TERM}Status-{value}"
        return str(value).lower() if isinstance(value, bool) else str(value)

    rows = [dict(zip(table.names, row, strict=True)) for row in table.rows]
    wanted = sorted(
        str([at.thing(kinds[row["kind"]], row["record"]), *(cell(row, column.name) for column in columns)])
        for row in rows
    )
    found = []
    for thing, span in statuses.subject_objects(URIRef(f"{TERM}status_span")):
        cells = [statuses.value(span, URIRef(TERM + column.name)) for column in columns]
        found.append(str([str(thing), *(None if cell is None else str(cell) for cell in cells)]))
    assert sorted(found) == wanted
    assert len(wanted) > 500
