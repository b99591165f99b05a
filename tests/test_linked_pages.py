"""The data in each page: words that schema.org has, no more than the sources say, and nothing that ends the element."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import pytest
from conftest import TODAY, base_files, catalogue_of
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld
from rdf import graph_of
from rdflib import DCAT, RDF
from schema_org import faults
from site_fixture import CONFIG
from standards import standard
from strategies import HOSTILE, drawn_files
from tables_fixture import ADDRESS, Published

from generator.build import pages_of
from generator.derive import derive
from generator.export.linked import schemaorg
from generator.export.linked.addresses import Addresses
from generator.export.linked.pages import script, with_linked_data
from generator.export.offered import offered
from generator.kinds import KINDS
from generator.render import Site
from generator.render.data import data_page
from generator.schema.fields import Field, Nested, describe
from generator.site import renderer_of

LIMIT = 1_500
"""Bytes, compressed, that the data may add to a page."""
SITE = Site("Catalogue", "https://git.example/catalogue", ADDRESS)


class Blocks(HTMLParser):
    """The data blocks of a page as a browser finds them, and the text that is not in them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "script" and ("type", "application/ld+json") in attributes:
            self.inside = True
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.blocks[-1] += data


def data_of(page: str) -> dict[str, Any]:
    [block] = Blocks(page.rpartition("\n<script")[1] + page.rpartition("\n<script")[2]).blocks
    return json.loads(block)  # type: ignore[no-any-return]


def tree_of(files: Mapping[str, str | bytes]) -> dict[str, str]:
    catalogue = catalogue_of(files)
    views = derive(catalogue, TODAY)
    return with_linked_data(pages_of(catalogue, views, SITE), catalogue, views, "Catalogue", ADDRESS, {})


def node_of(files: Mapping[str, str | bytes], place: str) -> dict[str, Any]:
    """The thing that a page tells of."""
    found = data_of(tree_of(files)[f"{place}index.md"])["@graph"]
    return next(node for node in found if node["@id" if "@id" in node else "@type"] == f"{ADDRESS}{place}#it")


@pytest.fixture(scope="module")
def plain_pages(published: Published) -> dict[str, str]:
    files = offered(published.files, KINDS)
    of_data = data_page(published.catalogue, published.views, SITE, files)
    return {**pages_of(published.catalogue, published.views, SITE), **of_data}


@pytest.fixture(scope="module")
def pages(published: Published, plain_pages: dict[str, str]) -> dict[str, str]:
    """All pages of the real content, with their data."""
    files = offered(published.files, KINDS)
    made = with_linked_data(plain_pages, published.catalogue, published.views, "Catalogue", ADDRESS, {}, files)
    return {path: text for path, text in made.items() if path.endswith(".md")}


@pytest.fixture(scope="module")
def data(pages: dict[str, str]) -> dict[str, dict[str, Any]]:
    return {path: data_of(text) for path, text in pages.items()}


# -- every page


def test_every_page_says_what_it_is(pages: dict[str, str], data: dict[str, dict[str, Any]]) -> None:
    assert len(data) == len(pages) > 500
    for path, found in data.items():
        page = found["@graph"][0]
        assert page["@id"] == ADDRESS + path.removesuffix("index.md")
        assert page["name"]
        assert page["description"]


def test_schema_org_has_every_word_and_it_takes_every_value(data: dict[str, dict[str, Any]]) -> None:
    found = {fault for each in data.values() for node in each["@graph"] for fault in faults(node)}
    assert not found


def test_the_judge_sees_a_word_of_another_type_and_a_wrong_value() -> None:
    assert list(faults({"@type": "Place", "foundingDate": "2012"}))
    assert list(faults({"@type": "Project", "foundingDate": "2012~"}))
    assert list(faults({"@type": "Project", "member": {"@type": "Country"}}))
    assert not list(faults({"@type": "Project", "foundingDate": "2012-06"}))


def test_pyld_expands_all_of_it(data: dict[str, dict[str, Any]]) -> None:
    """By schema.org's own context, which is read from disk; a word that it has not would be dropped."""
    context = json.loads(standard("schemaorg/context.json", "JSON-LD of pages by schema.org's context").read_text())

    def load(url: str, options: object) -> dict[str, Any]:
        assert url == "https://schema.org"
        return {"contextUrl": None, "documentUrl": url, "document": context}

    whole = {"@context": "https://schema.org", "@graph": [node for each in data.values() for node in each["@graph"]]}
    expanded = jsonld.expand(whole, {"documentLoader": load})
    assert expanded == jsonld.expand(whole | {"@context": context["@context"]})
    assert len(expanded) == len(whole["@graph"])
    for told, node in zip(whole["@graph"], expanded, strict=True):
        assert len(node) == len(told)
        assert all(name.startswith(("@", "http://schema.org/")) for name in node)


def test_the_data_of_a_page_weighs_little(pages: dict[str, str], plain_pages: dict[str, str]) -> None:
    def weight(text: str) -> int:
        return len(gzip.compress(text.encode(), mtime=0))

    weights = {path: weight(text) - weight(plain_pages[path]) for path, text in pages.items()}
    assert weights.pop("data/index.md") < 2000  # ten data sets with their files, and nothing else there is large
    assert max(weights.values()) < LIMIT


def test_the_trail_is_the_one_on_the_page(data: dict[str, dict[str, Any]]) -> None:
    [trail] = [n for n in data["agreements/status/in-force/index.md"]["@graph"] if n["@type"] == "BreadcrumbList"]
    assert [
        (item["position"], item["name"], item["item"]["@id"].removeprefix(ADDRESS)) for item in trail["itemListElement"]
    ] == [
        (1, "Catalogue", ""),
        (2, "Agreements", "agreements/"),
        (3, "By status", "agreements/status/"),
        (4, "In force", "agreements/status/in-force/"),
    ]
    without = {p for p, each in data.items() if not any(n["@type"] == "BreadcrumbList" for n in each["@graph"])}
    assert without == {"index.md"}


def test_home_can_be_searched(data: dict[str, dict[str, Any]]) -> None:
    [site] = [node for node in data["index.md"]["@graph"] if node["@type"] == "WebSite"]
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{ADDRESS}search/?q={{q}}"


def test_searches_of_data_sets_find_all_of_them(data: dict[str, dict[str, Any]], published: Published) -> None:
    found = data["data/index.md"]["@graph"]
    [catalogue] = [node for node in found if node["@type"] == "DataCatalog"]
    sets = {node["@id"]: node for node in found if node["@type"] == "Dataset"}
    assert [each["@id"] for each in catalogue["dataset"]] == list(sets)
    assert len(sets) == len([kind for kind in KINDS if kind.name != "page"]) + 1
    portal = graph_of(str(published.files["api/v1/dcat.ttl"]))
    assert set(sets) == {str(one) for one in portal.subjects(RDF.type, DCAT.Dataset)}
    for node in sets.values():
        assert 50 <= len(node["description"]) <= 5000  # what Google's search of data sets asks for
        for download in node["distribution"]:
            path = download["contentUrl"].removeprefix(ADDRESS)
            held = published.files[path]
            assert download["contentSize"] == f"{len(held.encode() if isinstance(held, str) else held)} B"
    assert len(sets[f"{ADDRESS}data/#all"]["distribution"]) > 10


def test_every_identifier_that_is_named_is_told_somewhere(data: dict[str, dict[str, Any]]) -> None:
    told = {node["@id"] for each in data.values() for node in each["@graph"] if "@id" in node}
    named = set()

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            named.update({value["@id"]} if "@id" in value else ())
            for inner in value.values():
                collect(inner)
        elif isinstance(value, list):
            for inner in value:
                collect(inner)

    collect(list(data.values()))
    assert {id for id in named - told if id.startswith(ADDRESS)} == set()


def test_a_page_that_only_leads_elsewhere_says_nothing() -> None:
    files = base_files()
    name = next(path for path in files if path.startswith("programmes/"))
    made = tree_of(files | {name: files[name].replace("\nname:", "\naliases: [former-one]\nname:", 1)})
    assert "ld+json" not in made["programmes/former-one/index.md"]


# -- no more than the sources say


PROGRAMME = """\
id: drawn
name: A programme
start: {start}
end: 2015
budget:
- {{amount: 1000000, currency: EUR, basis: {basis}, label: One, sources: [s1]{more}}}
countries: [CL]
summary: A *sentence*.
evidence: {evidence}
sources:
- {{id: s1, title: A, publisher: B}}
"""


def programme(
    start: str = "2010", basis: str = "eu-contribution", more: str = "", evidence: str = ""
) -> dict[str, Any]:
    backing = evidence or "{start: [s1], end: [s1], countries: [s1], name: [s1]}"
    text = PROGRAMME.format(start=start, basis=basis, more=more, evidence=backing)
    return node_of(base_files() | {"programmes/drawn.yml": text}, "programmes/drawn/")


def test_a_verified_programme_is_told() -> None:
    assert programme() == {
        "@type": "Project",
        "@id": f"{ADDRESS}programmes/drawn/#it",
        "mainEntityOfPage": {"@id": f"{ADDRESS}programmes/drawn/"},
        "name": "A programme",
        "foundingDate": "2010",
        "dissolutionDate": "2015",
        "funding": {
            "@type": "MonetaryGrant",
            "name": "One",
            "amount": {"@type": "MonetaryAmount", "currency": "EUR", "value": 1000000},
        },
        "areaServed": {"@type": "Country", "@id": f"{ADDRESS}countries/cl/#it", "name": "Chile"},
        "description": "A sentence.",
    }


@pytest.mark.parametrize(
    ("evidence", "lost"),
    [
        ("{start: {sources: [s1], unverified: true}, end: [s1], countries: [s1]}", "foundingDate"),
        ("{start: [s1], end: [s1]}", "areaServed"),
        ("{start: [s1], countries: [s1]}", "dissolutionDate"),
    ],
)
def test_what_is_not_verified_is_left_out(evidence: str, lost: str) -> None:
    assert set(programme()) - set(programme(evidence=evidence)) == {lost}


@pytest.mark.parametrize("start", ["2010~", "2010?", "2010-05%", "201X"])
def test_a_date_with_a_doubt_is_left_out(start: str) -> None:
    assert "foundingDate" not in programme(start)


@pytest.mark.parametrize("basis", ["total-cost", "budget", "allocation", "target", "instrument-total", "spent"])
def test_only_what_the_eu_pays_is_a_grant(basis: str) -> None:
    assert "funding" not in programme(basis=basis)


@pytest.mark.parametrize(
    ("more", "amount"),
    [
        (", qualifier: more-than", {"minValue": 1000000}),
        (", qualifier: up-to", {"maxValue": 1000000}),
        (", qualifier: about", None),
        (", unverified: [amount]", None),
    ],
)
def test_a_sum_is_not_told_more_exactly_than_it_is_known(more: str, amount: dict[str, int] | None) -> None:
    told = programme(more=more).get("funding", {}).get("amount")
    assert told == (amount and {"@type": "MonetaryAmount", "currency": "EUR", **amount})


AGREEMENT = """\
id: drawn
name: An agreement
type: trade-agreement
parties: [EU, CL, PE]
summary: Text.
events: [{events}]
evidence: {{parties: [s1]}}
sources:
- {{id: s1, title: A, publisher: B}}
"""
SIGNED = "{date: 2001-02-03, event: signed, sources: [s1]}"


@pytest.mark.parametrize(
    ("events", "force", "day"),
    [
        (SIGNED, "NotInForce", "2001-02-03"),
        (f"{SIGNED}, {{date: 2002, event: entry-into-force, sources: [s1]}}", "InForce", "2001-02-03"),
        ("{date: 2002, event: entry-into-force, sources: [s1]}", "InForce", None),
        ("{date: 2002, event: entry-into-force, sources: [s1], unverified: [date]}", None, None),
        ("{date: 2002, event: entry-into-force}", None, None),
        ("{date: 2002, event: entry-into-force, parties: [CL], sources: [s1]}", None, None),
        ("{date: 2002, event: provisional-application, sources: [s1]}", None, None),
        ("{date: 2026, event: entry-into-force, sources: [s1]}", None, None),
        ("{date: 2002, event: signed, parties: [CL], sources: [s1]}", None, None),
        ("{date: 2002, event: signed, parties: unnamed, sources: [s1]}", None, None),
        (f"{SIGNED}, {{date: 2009, event: terminated, sources: [s1]}}", "NotInForce", "2001-02-03"),
        ("", None, None),
    ],
)
def test_legal_force_is_told_where_dates_give_it_for_all(events: str, force: str | None, day: str | None) -> None:
    told = node_of(base_files() | {"agreements/drawn.yml": AGREEMENT.format(events=events)}, "agreements/drawn/")
    assert told.get("legislationLegalForce") == (force and {"@id": f"https://schema.org/{force}"})
    assert told.get("legislationDate") == day


# -- the table of words


def field_at(fields: tuple[Field, ...], path: str) -> Field | None:
    name, _, rest = path.partition(".")
    found = next((field for field in fields if field.name == name), None)
    if found is None or not rest:
        return found
    return field_at(found.shape.part.fields, rest) if isinstance(found.shape, Nested) else None


def test_each_word_is_for_a_field_of_the_kind() -> None:
    rows = {
        **{(kind, sort.type): sort for kind, sort in schemaorg.SORTS.items()},
        **{("dialogue", sort.type): sort for sort in (schemaorg.MEETING, schemaorg.MEETINGS, schemaorg.BODY)},
        ("organisation", "public"): schemaorg.PUBLIC_BODY,
    }
    kinds = {kind.name: kind for kind in KINDS}
    for (kind, _), sort in rows.items():
        assert [path for path in sort.words if not field_at(describe(kinds[kind]).fields, path)] == []
    assert {kind for kind, _ in rows} == set(kinds) - {"page"}


# -- any text


@pytest.mark.parametrize("text", [*HOSTILE, "</script>", "<!--<script>", "</SCRIPT ", "]]>", "\u2028"])
def test_no_text_ends_the_element(text: str) -> None:
    block = script({"name": text})
    assert not {"<", ">", "&"} & set(block.split(">", 1)[1].rpartition("</script>")[0])
    assert data_of(f"<p>\n{block}") == {"name": text}
    assert len(block.strip().splitlines()) == 1


@settings(max_examples=15)
@given(drawn_files(KINDS))
def test_any_record_says_words_of_schema_org(files: dict[str, str]) -> None:
    catalogue = catalogue_of(files)
    views, addresses = derive(catalogue, TODAY), Addresses(catalogue, ADDRESS)
    told = [
        schemaorg.described(kind, record, views, addresses)
        for kind in KINDS
        if kind.name != "page"
        for record in catalogue.of(kind.name)
    ]
    assert not {fault for node in told for fault in faults(node)}


@settings(max_examples=10)
@given(st.sampled_from(HOSTILE), st.sampled_from(HOSTILE))
def test_markdown_leaves_the_block_alone(first: str, second: str) -> None:
    block = script({"name": first, "description": second})
    assert block.strip() in renderer_of(CONFIG)(f"# A page\n\nText.\n{block}")
