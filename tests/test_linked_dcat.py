"""The description for data portals keeps to DCAT-AP 3.0.1, by its own shapes, and says of each file what is true."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date

import pyshacl
import pytest
from conftest import TODAY
from rdf import graph_of, same
from rdflib import DCAT, DCTERMS, FOAF, RDF, SH, SKOS, BNode, Graph, Literal, URIRef
from standards import standard
from tables_fixture import ADDRESS, SITE, Published

from generator.export.linked import dcat_files
from generator.export.linked.dcat import EU, LICENCE, STABLE, About
from generator.export.offered import FOLDER, SUMS, offered
from generator.kinds import KINDS

NEEDED = ("shapes.ttl", "range.ttl", "mdr-vocabularies.shape.ttl", "dcat-ap-SHACL.ttl", "deprecateduris.ttl")
ABOUT = About(SITE.name, SITE.description, SITE.address, SITE.repository)
SPDX = "http://spdx.org/rdf/terms#"


def description(published: Published, **about: object) -> dict[str, str]:
    others = {path: data for path, data in published.files.items() if not path.startswith((f"{FOLDER}dcat.", SUMS))}
    told = dataclasses.replace(ABOUT, **about)  # type: ignore[arg-type]
    return dcat_files(offered(others, KINDS), published.catalogue, TODAY, told)


@pytest.fixture(scope="module")
def dcat(published: Published) -> Graph:
    text = published.files["api/v1/dcat.ttl"]
    assert isinstance(text, str)
    return graph_of(text)


@pytest.fixture(scope="module")
def authority() -> Graph:
    return Graph().parse(standard("dcat-ap/authority.ttl", "DCAT-AP by its shapes and by the EU's lists"))


def complaints(graph: Graph, shapes: Iterable[str], authority: Graph) -> set[tuple[str, str, str]]:
    """Severity, path and focus of each result; what a shape asks of a shape is no result of its own."""
    found: set[tuple[str, str, str]] = set()
    for name in shapes:
        shape = Graph().parse(standard(f"dcat-ap/{name}", "DCAT-AP by its shapes and by the EU's lists"))
        for owner, dangling in list(shape.subject_objects(SH.property)):
            if (dangling, None, None) not in shape:  # the file of the profile names two shapes that it does not hold
                shape.remove((owner, SH.property, dangling))
        _, report, _ = pyshacl.validate(graph + authority, shacl_graph=shape, inference="none")
        assert isinstance(report, Graph)
        for result in report.objects(None, SH.result):
            parts = (SH.resultSeverity, SH.resultPath, SH.focusNode)
            severity, path, focus = (str(report.value(result, part) or "") for part in parts)
            found.add((severity.removeprefix(str(SH)), path, focus.removeprefix(ADDRESS)))
    return found


def test_it_is_valid_by_the_shapes_of_the_profile(dcat: Graph, authority: Graph) -> None:
    """One thing only is not as they would like it: nobody behind the catalogue is a body of the EU's list."""
    found = complaints(dcat, NEEDED, authority)
    assert {severity for severity, _, _ in found} <= {"Warning"}
    assert {path for _, path, _ in found} <= {str(DCTERMS.publisher)}


def test_what_is_recommended_is_left_out_only_where_nobody_knows_it(dcat: Graph, authority: Graph) -> None:
    found = complaints(dcat, ("shapes_recommended.ttl",), authority)
    of_ours = {(path.rpartition("/")[2], focus) for _, path, focus in found if not focus.startswith("http")}
    no_format = {f"api/v1/{name}#file" for name in ("CITATION.cff", "catalogue.sqlite", "everything.ndjson")}
    assert {focus for path, focus in of_ours if path == "format"} == no_format  # the EU's list has no word for them
    assert {each for each in of_ours if each[0] != "format"} == {
        ("issued", "data/#it"), ("modified", "data/#it"),  # git is not asked here
        ("type", "data/#publisher"),
        ("spatial", "data/#themes"), ("temporal", "data/#themes"),
        ("temporal", "data/#countries"), ("temporal", "data/#organisations"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "path", "instead"),
    [
        ("data/#it", DCTERMS.publisher, None),
        ("data/#all", DCTERMS.title, None),
        ("data/#publisher", FOAF.name, None),
        ("api/v1/catalogue.xlsx#file", DCAT.accessURL, None),
        ("api/v1/catalogue.xlsx#file", DCAT.byteSize, Literal("many")),
        ("api/v1/catalogue.xlsx#file", DCTERMS.format, Literal("XLSX")),
        ("api/v1/catalogue.xlsx#file", DCAT.mediaType, URIRef("https://example.org/xlsx")),
        ("data/#all", DCTERMS.accrualPeriodicity, Literal("weekly")),
        ("data/#all", DCTERMS.language, Literal("en")),
    ],
)
def test_the_shapes_would_see_a_fault(
    dcat: Graph, authority: Graph, subject: str, path: URIRef, instead: Literal | URIRef | None
) -> None:
    one = URIRef(ADDRESS + subject)
    broken = Graph() + dcat
    assert (one, path, None) in broken
    broken.remove((one, path, None))
    if instead is not None:
        broken.add((one, path, instead))
    found = complaints(broken, NEEDED[:3], authority)
    assert ("Violation", str(path), subject) in found


def test_the_lists_of_the_eu_know_every_word(dcat: Graph, authority: Graph) -> None:
    used = {term for triple in dcat for term in triple if str(term).startswith(EU)}
    ours = {LICENCE, STABLE, URIRef(STABLE.rpartition("/")[0])}
    assert {
        str(term) for term in used - {URIRef(each) for each in ours} if (term, None, None) not in authority
    } == set()
    assert len(used) > 70


def test_json_ld_says_the_same(published: Published, dcat: Graph) -> None:
    text = published.files["api/v1/dcat.jsonld"]
    assert isinstance(text, str)
    assert same(graph_of(text, "json-ld"), dcat)


def test_every_other_file_is_a_distribution_of_one_dataset(published: Published, dcat: Graph) -> None:
    after = (f"{FOLDER}dcat.ttl", f"{FOLDER}dcat.jsonld", SUMS)  # made when the others are there
    files = [each for each in offered(published.files, KINDS) if each.path not in after]
    told = {str(url).removeprefix(ADDRESS): one for one, url in dcat.subject_objects(DCAT.downloadURL)}
    assert set(told) == {each.path for each in files if not each.record}
    for each in files:
        if each.record:
            continue
        one = told[each.path]
        kind = next((kind.section for kind in KINDS if kind.name == each.kind), "all")
        assert list(dcat.subjects(DCAT.distribution, one)) == [URIRef(f"{ADDRESS}data/#{kind}")]
        assert int(str(dcat.value(one, DCAT.byteSize))) == each.size
        checksum = dcat.value(one, URIRef(f"{SPDX}checksum"))
        assert isinstance(checksum, BNode)
        assert str(dcat.value(checksum, URIRef(f"{SPDX}checksumValue"))) == each.sha256


def test_a_dataset_tells_its_years_and_its_places(published: Published, dcat: Graph) -> None:
    agreements = URIRef(f"{ADDRESS}data/#agreements")
    period = dcat.value(agreements, DCTERMS.temporal)
    begun = int(str(dcat.value(period, DCAT.startDate)))
    assert begun == min(event.date.earliest.year for one in published.catalogue.of("agreement") for event in one.events)
    places = {str(place).rpartition("/")[2] for place in dcat.objects(agreements, DCTERMS.spatial)}
    assert {"CHL", "CUB", "MEX"} <= places
    assert "AFG" not in places
    everywhere = {
        str(place).rpartition("/")[2] for place in dcat.objects(URIRef(f"{ADDRESS}data/#all"), DCTERMS.spatial)
    }
    stated = {str(one.iso3) for one in published.catalogue.of("country") if one.iso3}
    assert stated | {"DEU", "FRA", "GRC"} <= everywhere
    assert len(everywhere) == len(published.catalogue.of("country"))


def test_the_day_of_the_last_change_is_told_where_git_knows_all_files(published: Published) -> None:
    files = {f"programmes/{record.id}.yml": date(2026, 3, 1) for record in published.catalogue.of("programme")}
    changed = {**files, "programmes/urbelac.yml": date(2026, 5, 2)}
    found = graph_of(description(published, changed=changed)["api/v1/dcat.ttl"])
    programmes, all_of_them = URIRef(f"{ADDRESS}data/#programmes"), URIRef(f"{ADDRESS}data/#all")
    assert str(found.value(programmes, DCTERMS.modified)) == "2026-05-02"
    assert found.value(all_of_them, DCTERMS.modified) is None


def test_without_an_address_and_a_repository_it_is_valid_too(published: Published, authority: Graph) -> None:
    found = graph_of(description(published, address="", repository="", description="")["api/v1/dcat.ttl"])
    assert {severity for severity, _, _ in complaints(found, NEEDED[:3], authority)} <= {"Warning"}


def test_the_themes_are_the_vocabulary_that_is_published(dcat: Graph) -> None:
    scheme = URIRef(f"{ADDRESS}themes/#it")
    assert (URIRef(f"{ADDRESS}data/#it"), DCAT.themeTaxonomy, scheme) in dcat
    assert (scheme, RDF.type, SKOS.ConceptScheme) in dcat
