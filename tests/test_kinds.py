"""The table of kinds: what follows from a row is there for every row, and a new kind costs one module."""

from __future__ import annotations

from typing import Any, get_args
from urllib.parse import urljoin

import pytest
from conftest import TODAY, base_files
from pydantic import BaseModel, Field
from site_fixture import BuiltSite

from generator.build import build
from generator.export.citations import FORMATS
from generator.kinds import KINDS
from generator.model.evidence import Evidence, Record
from generator.model.kind import Kind
from generator.model.parts import AgreementRef, CountryRef, Labels
from generator.model.values import Date, Line, Many
from generator.render.reading import ENDING

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@each_kind
def test_a_kind_has_a_listing(built: BuiltSite, kind: Kind) -> None:
    assert (built.site / built.listing(kind) / "index.html").is_file()


@each_kind
def test_a_kind_can_be_reached_from_every_page(built: BuiltSite, kind: Kind) -> None:
    """Its listing stands in the navigation or the footer. A new kind needs its place there."""
    home = built.page("")
    frame = [link for part in home.all("header", "footer") for link in part.all("a")]
    addresses = {urljoin("/", link.attributes["href"]).removeprefix("/") for link in frame}
    assert built.listing(kind) in addresses


@each_kind
def test_a_kind_has_records(built: BuiltSite, kind: Kind) -> None:
    assert built.catalogue.of(kind.name)


@each_kind
def test_a_kind_lives_in_one_folder_or_one_file(kind: Kind) -> None:
    assert bool(kind.folder) != bool(kind.file)
    assert kind.section


def test_names_and_places_of_kinds_are_their_own() -> None:
    for values in ([k.name for k in KINDS], [k.section for k in KINDS], [k.title for k in KINDS]):
        assert len(set(values)) == len(KINDS)


SHORT = (Evidence, Labels)
"""Written as a list of sources, and by codes of languages: their fields need no title."""


@each_kind
def test_a_kind_and_its_parts_say_what_they_are(kind: Kind) -> None:
    """A sentence for the class, a title for each field: forms, lists of fields and schemas are made of them."""
    for model in _models(kind.model):
        assert (model.__dict__.get("__doc__") or "").strip(), model
        if model not in SHORT:
            untitled = [name for name, field in model.model_fields.items() if not field.title]
            assert untitled == [], model.__name__


def _models(model: type[BaseModel]) -> set[type[BaseModel]]:
    """A model and all that it is made of."""
    found: set[type[BaseModel]] = set()
    waiting: list[Any] = [model]
    while waiting:
        each = waiting.pop()
        if isinstance(each, type) and issubclass(each, BaseModel):
            if each not in found:
                found.add(each)
                waiting += [field.annotation for field in each.model_fields.values()]
        else:
            waiting += get_args(each)
    return found


# -- a kind that nobody knew of


class Event(Record):
    """A dated meeting of the two regions."""

    name: Line = Field(title="Name")
    starts: Date = Field(title="Starts")
    place: CountryRef | None = Field(None, title="Country")
    about: Many[AgreementRef] = Field((), title="Agreements discussed")


EVENT = Kind("event", Event, "Events", "Event", folder="events")


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """The base, with an event that names a country and an agreement of it."""
    base = base_files()
    agreement = min(path for path in base if path.startswith("agreements/")).removeprefix("agreements/")[:-4]
    event = f"""id: fair-of-books
name: Fair of *books* & maps
starts: 2026-05
place: CL
about: [{agreement}]
evidence: {{name: [s1], starts: [s1], place: [s1], about: [s1]}}
sources:
  - {{id: s1, title: Programme of the fair, publisher: The fair, url: https://example.org/fair}}
"""
    return {**base, "events/fair-of-books.yml": event}


@pytest.fixture(scope="module")
def tree(files: dict[str, str]) -> dict[str, str]:
    done = build(files, TODAY, kinds=(*KINDS, EVENT))
    assert not done.problems, "\n".join(map(str, done.problems))
    return dict(done.tree)


def test_a_new_kind_has_its_page(tree: dict[str, str]) -> None:
    page = tree["events/fair-of-books/index.md"]
    assert "# Fair of &#42;books&#42; &#38; maps" in page
    for fact in ("<dt>Starts</dt> <dd>May 2026", '<dt>Country</dt> <dd><a href="../../countries/cl/">Chile</a>'):
        assert fact in page
    assert '<dt>Agreements discussed</dt> <dd><a href="../../agreements/' in page
    assert "Programme of the fair" in page


def test_a_new_kind_has_its_listing(tree: dict[str, str]) -> None:
    page = tree["events/index.md"]
    assert "# Events" in page
    assert '<a href="../events/fair-of-books/">Fair of *books* &amp; maps</a>' in page.replace("&#42;", "*")


def test_a_new_kind_is_found_by_name(tree: dict[str, str]) -> None:
    assert "Fair of *books* & maps" in tree["assets/data/names.json"]


def test_what_a_new_kind_names_leads_back_to_it(files: dict[str, str], tree: dict[str, str]) -> None:
    agreement = min(
        path for path in tree if path.startswith("agreements/") and path.count("/") == 2 and path.endswith(".md")
    )
    for path in ("countries/cl/index.md", agreement):
        assert '<a href="../../events/fair-of-books/">' in tree[path], path


def test_mistakes_in_a_new_kind_are_told(files: dict[str, str]) -> None:
    broken = {**files, "events/bad.yml": "id: bad\nname: Bad\nstarts: 2026-13\nplase: CL\n"}
    lines = [str(problem) for problem in build(broken, TODAY, kinds=(*KINDS, EVENT)).problems]
    assert [line.split(": ")[:2] for line in lines] == [
        ["events/bad.yml:3:9", "impossible-date"],
        ["events/bad.yml:4:1", "unknown-field"],
    ]


LISTS_OF_ALL = {
    *(f"bibliography/cite.{ending}" for ending in FORMATS),
    "assets/data/names.json", "llms",
    "data/index.md", "bibliography/index.md", "fields/index.md", "follow/index.md", "state/index.md",
    "statistics/index.md",
    "api/v1/datapackage.json", "api/v1/catalogue.sqlite", "api/v1/catalogue.xlsx",
    "api/v1/tables/csv-metadata.json", "api/v1/index.json", "api/v1/openapi.json", "api/v1/everything.ndjson",
    "api/v1/lookup/vocabularies.json",
    "api/v1/catalogue.ttl", "api/v1/catalogue.jsonld", "api/v1/terms.ttl",
    "api/v1/dcat.ttl", "api/v1/dcat.jsonld", "api/v1/SHA256SUMS",
    *(f"api/v1/tables/{name}.csv" for name in ("records", "sources", "evidence", "facts", "fact_sources")),
}  # fmt: skip


def test_nothing_else_changes_for_a_new_kind(files: dict[str, str], tree: dict[str, str]) -> None:
    """But for the pages of what it names and the lists of all records."""
    before = build(base_files(), TODAY).tree
    cited = {f"{place}/cite.{ending}" for place in ("events", "events/fair-of-books") for ending in FORMATS}
    read = {f"{place}/{ENDING}" for place in ("events", "events/fair-of-books", "fields/event")}
    assert set(tree) - set(before) == {
        "events/index.md", "events/fair-of-books/index.md", "assets/cards/events.svg", "fields/event/index.md",
        "api/v1/tables/events.csv", "api/v1/tables/event_about.csv", *cited, *read,
        "api/v1/events.json", "api/v1/events/fair-of-books.json",
        "api/v1/schema/event.json", "api/v1/schema/events.json",
        "feeds/events.atom", "feeds/events.json",
        *(f"events/fair-of-books/{name}" for name in ("card.svg", "card.html", "oembed.json")),
    }  # fmt: skip
    changed = {path.removesuffix(".txt") for path in before if before[path] != tree[path]} - LISTS_OF_ALL
    agreement = min(
        path for path in tree if path.startswith("agreements/") and path.count("/") == 2 and path.endswith(".md")
    )
    of_chile = ("countries/cl/index.md", "api/v1/countries.json", "api/v1/countries/cl.json")
    named = {agreement, f"api/v1/{agreement.removesuffix('/index.md')}.json", "api/v1/agreements.json", *of_chile}
    assert changed <= named, changed - named
