"""What pages tell is what the data say: each number and status on a built page, compared with the records themselves.

The pages are read as a reader reads them, by words and links; the numbers are counted here anew, from the records.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from conftest import TODAY
from site_fixture import BuiltSite, Element

from generator.derive import Views, derive
from generator.derive.status import Standing
from generator.kinds import KINDS
from generator.model.edtf import PartialDate
from generator.render.place import PagePlace
from generator.render.words import words_of

BY_NAME = {kind.name: kind for kind in KINDS}
DATED = ("programme", "agreement", "dialogue")
WORDS = words_of("en")


@pytest.fixture(scope="module")
def views(built: BuiltSite) -> Views:
    return derive(built.catalogue, TODAY)


# -- reading a page


def address(kind: str, id: str) -> str:
    return PagePlace(BY_NAME[kind].page(id)).address


def lines(built: BuiltSite, page: str) -> dict[str, list[Element]]:
    """The rows and list items of a page, by the address that each links to first."""
    found: dict[str, list[Element]] = defaultdict(list)
    for article in built.page(page).all("article"):
        for line in article.all("tr", "li"):
            link = next((each for each in line.all("a") if not _is_mark(each)), None)
            if link is not None and not any(part.tag in ("ul", "ol") for part in line.elements):
                target = urljoin(f"/{page}", link.attributes.get("href", "")).partition("#")[0]
                found[target.removeprefix("/")].append(line)
    return found


def _is_mark(link: Element) -> bool:
    return link.attributes.get("href", "").startswith("#")


def marks(line: Element) -> set[str]:
    """The shapes drawn in a line: `full`, `ended` …"""
    return {
        name
        for each in line.all("svg")
        for name in each.attributes.get("class", "").split()
        if "mk" in each.attributes.get("class", "").split() and name != "mk"
    }


def cells(line: Element) -> dict[str, str]:
    """The cells of a row by the name that a phone shows before each."""
    return {each.attributes["data-l"]: each.text for each in line.all("td") if "data-l" in each.attributes}


def tiles(built: BuiltSite, page: str) -> dict[str, int]:
    """Pairs of name and number that stand above a list."""
    for article in built.page(page).all("article"):
        for each in article.all("dl"):
            if "tiles" in each.attributes.get("class", "").split():
                terms, values = [e.text for e in each.all("dt")], [e.text for e in each.all("dd")]
                return {term: number(value) for term, value in zip(terms, values, strict=True)}
    return {}


def number(text: str) -> int:
    """A number as pages write it; a dash is none."""
    found = re.match(r"[\d,]+", text)
    return int(found[0].replace(",", "")) if found else 0


def label(standing: Standing | None) -> str:
    return standing.status.label if standing else "Not known"


# -- listings


@pytest.mark.parametrize("kind", DATED)
def test_the_listing_tells_each_status_and_counts_them(built: BuiltSite, views: Views, kind: str) -> None:
    page = built.listing(BY_NAME[kind])
    shown = lines(built, page)
    records = built.catalogue.of(kind)
    assert len(records) > 10
    for record in records:
        standing = views.standings.get((kind, record.id))
        (row,) = [each for each in shown[address(kind, record.id)] if each.tag == "tr"]
        assert label(standing) in row.text, (record.id, row.text)
        assert ("not verified" in row.text) == (standing is not None and not standing.verified), record.id
        if standing:
            assert standing.status.mark in marks(row), record.id
    counted = Counter(label(standing) for (name, _), standing in views.standings.items() if name == kind)
    facet = next(each for each in built.page(page).all("details") if each.attributes.get("data-facet") == "status")
    told = {
        item.elements[0].elements[0].text.removeprefix("?"): item.elements[0].elements[-1].text
        for item in facet.all("li")
    }
    assert {name: int(n) for name, n in told.items() if n != "0"} == dict(counted)


def test_the_listing_of_countries_counts_what_concerns_each(built: BuiltSite, views: Views) -> None:
    shown = lines(built, "countries/")
    for country in built.catalogue.of("country"):
        (row,) = [each for each in shown[address("country", country.id)] if each.tag == "tr"]
        told = {name: number(text) for name, text in cells(row).items()}
        applied = [
            agreement.id
            for agreement in built.catalogue.of("agreement")
            if (standing := views.lives[agreement.id].party_on(country.id, TODAY))
            and standing.status.value in ("in-force", "provisionally-applied")
        ]
        programmes = [p.id for p in built.catalogue.of("programme") if country.id in (*p.countries, *p.eu_countries)]
        areas = [a.id for a in built.catalogue.of("border-area") if country.id in a.countries]
        assert told["Agreements that apply"] == len(applied), country.id
        assert told["Programmes"] == len(programmes), country.id
        assert told["Border areas"] == len(areas), country.id


def test_the_listing_of_groups_counts_the_members_of_the_day(built: BuiltSite) -> None:
    shown = lines(built, "groups/")
    for group in built.catalogue.of("group"):
        now = {
            country
            for row in group.members
            if row.role.value == "member" and (row.until is None or row.until.latest >= TODAY)
            for country in row.countries
            if row.since is None or row.since.earliest <= TODAY
        }
        (line,) = shown[address("group", group.id)]
        assert number(cells(line)["Members in this catalogue"]) == len(now), group.id


def test_the_listing_of_organisations_counts_their_records(built: BuiltSite) -> None:
    shown = lines(built, "organisations/")
    for organisation in built.catalogue.of("organisation"):
        naming = {(link.kind, link.id) for link in built.catalogue.links_to.get(("organisation", organisation.id), ())}
        wanted = len([key for key in naming if key[0] != "organisation"])
        (line,) = shown[address("organisation", organisation.id)]
        assert number(cells(line)["Records"]) == wanted, organisation.id


def test_the_list_of_themes_counts_the_records_of_each(built: BuiltSite) -> None:
    shown = lines(built, "themes/")
    for theme in built.catalogue.of("theme"):
        naming = sum(theme.id in record.themes for kind in DATED for record in built.catalogue.of(kind))
        assert [number(line.text.split()[-1]) for line in shown[address("theme", theme.id)]] == [naming], theme.id


def test_the_bibliography_counts_and_lists_each_publication_once(built: BuiltSite, views: Views) -> None:
    page = built.page("bibliography/")
    entries = [
        item for each in page.all("ul") if "bib" in each.attributes.get("class", "").split() for item in each.elements
    ]
    assert len(entries) == len(views.bibliography) == sum(tiles(built, "bibliography/").values())
    assert f"{WORDS.number(len(views.bibliography))} publications" in next(page.all("article")).text
    addresses = [next(link.attributes["href"] for link in entry.all("a")) for entry in entries]
    cited = {
        source.url
        for kind in built.catalogue.records.values()
        for record in kind.values()
        for source in record.sources
        if source.url
    }
    assert len(cited) > 100
    assert {url for url in addresses if url.startswith("http")} <= {str(url) for url in cited}


def test_each_amount_stands_on_its_page_and_in_the_list(built: BuiltSite) -> None:
    amounts = [figure for figure in built.catalogue.of("figure") if figure.amount is not None and figure.currency]
    assert len(amounts) > 10
    shown = lines(built, "figures/")
    for figure in amounts:
        said = " ".join(WORDS.money(figure.amount, figure.currency, figure.qualifier).split())
        assert said in next(built.page(address("figure", figure.id)).all("article")).text, figure.id
        assert any(said in line.text for line in shown[address("figure", figure.id)]), figure.id


def test_the_home_page_counts_kinds_and_statuses(built: BuiltSite, views: Views) -> None:
    text = " ".join(next(built.page("").all("article")).text.split())
    for kind in DATED:
        title = BY_NAME[kind].title
        assert re.search(rf"\b{len(built.catalogue.of(kind))} {title}", text), title
    for status, n in Counter(label(s) for (kind, _), s in views.standings.items() if kind == "agreement").items():
        assert re.search(rf"{re.escape(status)} ?{n}\b", text), status


# -- records


def test_the_page_of_a_country_tells_what_binds_it_and_what_it_takes_part_in(built: BuiltSite, views: Views) -> None:
    for country in built.catalogue.of("country"):
        shown = lines(built, address("country", country.id))
        for agreement in built.catalogue.of("agreement"):
            if country.id in agreement.parties:
                standing = views.lives[agreement.id].party_on(country.id, TODAY)
                rows = [row for row in shown[address("agreement", agreement.id)] if marks(row)]
                assert rows, (country.id, agreement.id)
                assert {standing.status.mark if standing else "unknown"} <= marks(rows[0]), (country.id, agreement.id)
        for programme in built.catalogue.of("programme"):
            named = country.id in (*programme.countries, *programme.eu_countries)
            rows = [row for row in shown[address("programme", programme.id)] if row.tag == "tr"]
            assert bool(rows) == named, (country.id, programme.id)
            for row in rows[:1]:
                assert label(views.standings.get(("programme", programme.id))) in row.text, (country.id, programme.id)


def test_the_table_of_an_agreement_tells_the_status_of_each_party(built: BuiltSite, views: Views) -> None:
    """And every date of it is the date of a step of the record that concerns the party."""
    for agreement in built.catalogue.of("agreement"):
        life = views.lives[agreement.id]
        (table,) = _with_class(built, address("agreement", agreement.id), "matrix")
        rows = [row for body in table.all("tbody") for row in body.elements]
        assert len(rows) == len(life.parties), agreement.id
        for party, row in zip(life.parties, rows, strict=True):
            standing = life.party_on(party, TODAY)
            assert label(standing) in row.elements[-1].text, (agreement.id, party)
            assert ("not verified" in row.text) == (standing is not None and not standing.verified), party
            for link in row.all("a"):
                step = re.fullmatch(r"#e(\d+)", link.attributes.get("href", ""))
                if step:
                    event = agreement.events[int(step[1]) - 1]
                    assert link.text == " ".join(WORDS.short_date(event.date).split()), (agreement.id, party)
                    assert not event.parties or party in event.parties or party == "EU", (agreement.id, party)


def _with_class(built: BuiltSite, page: str, name: str) -> Iterator[Element]:
    for article in built.page(page).all("article"):
        for each in article.all():
            if name in each.attributes.get("class", "").split():
                yield each


@pytest.mark.parametrize("kind", DATED)
def test_the_sentence_of_a_record_names_its_day_and_draws_its_mark(built: BuiltSite, views: Views, kind: str) -> None:
    told = 0
    for record in built.catalogue.of(kind):
        standing = views.standings.get((kind, record.id))
        for box in _with_class(built, address(kind, record.id), "says"):
            told += 1
            assert " ".join(WORDS.day(TODAY).split()) in box.text or "As of" not in box.text, record.id
            if standing:
                assert standing.status.mark in marks(box), record.id
    assert told > 10


def test_dates_of_a_programme_are_those_of_its_record(built: BuiltSite) -> None:
    for record in built.catalogue.of("programme"):
        facts = _facts(built, address("programme", record.id))
        if isinstance(record.start, PartialDate):
            assert " ".join(WORDS.date(record.start).split()) in facts["Start"], record.id
        if isinstance(record.end, PartialDate):
            assert " ".join(WORDS.date(record.end).split()) in facts["End"], record.id
        for budget in record.budget:
            said = " ".join(WORDS.money(budget.amount, budget.currency, budget.qualifier).split())
            assert said in next(built.page(address("programme", record.id)).all("article")).text, record.id


def _facts(built: BuiltSite, page: str) -> dict[str, str]:
    (panel,) = _with_class(built, page, "facts")
    return {
        next(pair.all("dt")).text: next(pair.all("dd")).text
        for each in panel.all("dl")
        for pair in each.elements
        if pair.tag == "div"
    }


def test_the_page_of_a_group_names_each_member_with_its_dates(built: BuiltSite) -> None:
    for group in built.catalogue.of("group"):
        article = next(built.page(address("group", group.id)).all("article"))
        rows = {each.attributes["id"]: each for each in article.all("tr") if "id" in each.attributes}
        for position, member in enumerate(group.members, start=1):
            row = rows[f"members-{position}"]
            for country in member.countries:
                found = built.catalogue.find("country", country)
                assert found is None or found.title in row.text, (group.id, country)
            for when in (member.since, member.until):
                assert when is None or " ".join(WORDS.date(when).split()) in row.text, (group.id, position)


def test_the_page_of_an_organisation_lists_what_names_it(built: BuiltSite, views: Views) -> None:
    for organisation in built.catalogue.of("organisation"):
        shown = lines(built, address("organisation", organisation.id))
        for kind in ("programme", "dialogue"):
            for record in built.catalogue.of(kind):
                named = any(each.organisation == organisation.id for each in record.participants)
                rows = [row for row in shown[address(kind, record.id)] if row.tag == "tr"]
                assert bool(rows) == named, (organisation.id, record.id)
                if named:
                    assert label(views.standings.get((kind, record.id))) in rows[0].text, (organisation.id, record.id)


def test_the_page_of_a_theme_lists_its_records_with_their_status(built: BuiltSite, views: Views) -> None:
    for theme in built.catalogue.of("theme"):
        shown = lines(built, address("theme", theme.id))
        for kind in DATED:
            for record in built.catalogue.of(kind):
                if theme.id in record.themes:
                    rows = shown[address(kind, record.id)]
                    assert rows, (theme.id, record.id)
                    assert label(views.standings.get((kind, record.id))) in rows[0].text, (theme.id, record.id)


def test_the_page_of_a_dialogue_lists_its_outcomes_with_their_dates(built: BuiltSite) -> None:
    told = 0
    for dialogue in built.catalogue.of("dialogue"):
        article = next(built.page(address("dialogue", dialogue.id)).all("article"))
        rows = {each.attributes["id"]: each for each in article.all("tr", "li") if "id" in each.attributes}
        for position, outcome in enumerate(dialogue.outcomes, start=1):
            row = rows[f"outcome-{position}"]
            assert " ".join(str(outcome.title).split()) in row.text, dialogue.id
            assert outcome.date is None or " ".join(WORDS.date(outcome.date).split()) in row.text, dialogue.id
            told += 1
    assert told > 20


def test_the_page_of_a_border_area_names_its_countries_and_programmes(built: BuiltSite) -> None:
    for area in built.catalogue.of("border-area"):
        page = address("border-area", area.id)
        text, shown = next(built.page(page).all("article")).text, lines(built, page)
        for country in area.countries:
            found: Any = built.catalogue.find("country", country)
            assert found.title in text, (area.id, country)
        for programme in built.catalogue.of("programme"):
            named = any(each.area == area.id for each in programme.border_areas)
            rows = [row for row in shown[address("programme", programme.id)] if row.tag == "tr"]
            assert bool(rows) == named, (area.id, programme.id)
