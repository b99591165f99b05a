"""What lists are narrowed by: whom a record concerns, when it was alive, in which list by status it stands."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from conftest import TODAY, base_files, catalogue_of, tree_of
from site_fixture import BuiltSite, Element

from generator.charts import Axis, Bar, lifeline_svg
from generator.derive import Views, derive
from generator.derive.facets import STATUSES, Facets
from generator.kinds import KINDS
from generator.render.statuses import HEADS, STAGES

SECTIONS = {kind.name: kind.section for kind in KINDS}


def views_of(more: dict[str, str] | None = None, today: date = TODAY) -> Views:
    return derive(catalogue_of(base_files() | (more or {})), today)


def facets_of(kind: str, id: str, more: dict[str, str] | None = None, today: date = TODAY) -> Facets:
    return views_of(more, today).facets[kind, id]


# -- whom


def test_an_agreement_concerns_its_parties_and_the_members_of_groups_of_the_day() -> None:
    now = facets_of("agreement", "eu-andean")
    assert now.own == ("EC", "PE")
    assert now.countries == ("EC", "ES", "FR", "HR", "PE")
    assert now.groups == ("CAN", "EU")
    before = facets_of("agreement", "eu-andean", today=date(2013, 6, 30))
    assert before.countries == ("EC", "ES", "FR", "GB", "PE")
    assert now.ever == before.ever == ("EC", "ES", "FR", "GB", "HR", "PE")


def test_a_group_beside_the_parties_brings_no_country() -> None:
    """Ecuador and Peru are in the Andean Community, which is named and not party."""
    text = base_files()["agreements/eu-andean.yml"].replace("parties: [EU, PE, EC]", "parties: [EU, PE]")
    text = re.sub(r"  - .*parties: \[EC\].*\n", "", text)
    assert "EC" not in facets_of("agreement", "eu-andean", {"agreements/eu-andean.yml": text}).countries


def test_a_meeting_concerns_the_members_of_its_days() -> None:
    held = facets_of("dialogue", "summit-2015")
    assert held.own == ("CL",)
    assert held.countries == ("CL", "ES", "FR", "GB", "HR")
    text = base_files()["dialogues/summit-2015.yml"].replace("2015-06", "2010-06")
    assert "HR" not in facets_of("dialogue", "summit-2015", {"dialogues/summit-2015.yml": text}).countries


def test_a_programme_concerns_the_countries_that_it_names() -> None:
    found = facets_of("programme", "cohesion")
    assert found.countries == found.own == ("CL", "ES", "PE")
    assert (found.type, found.groups, found.themes) == ("regional", ("CAN",), ("governance", "social-development"))


# -- when, and money


def test_a_life_reaches_from_the_first_step_to_the_day_of_the_page() -> None:
    assert facets_of("agreement", "eu-andean").years == (2007, TODAY.year)
    assert facets_of("agreement", "eu-andean", today=date(2013, 1, 1)).years == (2007, 2013)
    assert facets_of("agreement", "eu-andean", today=date(2001, 1, 1)).years is None


def test_what_was_terminated_ended_in_that_year() -> None:
    text = base_files()["agreements/eu-andean.yml"].replace(
        "legal:", "  - {date: 2025-03, event: terminated, sources: [s1]}\nlegal:", 1
    )
    assert facets_of("agreement", "eu-andean", {"agreements/eu-andean.yml": text}).years == (2007, 2025)


@pytest.mark.parametrize(
    ("times", "years"),
    [
        ("start: 2005-09", (2005, 2010)),  # no end known: its latest trace, the end of a phase
        ("start: 2005-09\nend: 2009", (2005, 2009)),
        ("start: 2005-09\nend: ..", (2005, TODAY.year)),
        ("start: 2005-09\nend: 2031", (2005, 2031)),
        ("end: 2012", (2012, 2012)),
    ],
)
def test_without_a_known_end_a_life_reaches_to_its_latest_trace(times: str, years: tuple[int, int]) -> None:
    text = base_files()["programmes/cohesion.yml"].replace("start: 2005-09\nreported", f"{times}\nreported")
    if "start:" not in times:
        text = text.replace("  start: [s1]\n", "").replace(
            "  - {about: start, text: An older page says 2006., sources: [s1]}",
            "  - {about: name, text: X., sources: [s1]}",
        )
    assert facets_of("programme", "cohesion", {"programmes/cohesion.yml": text}).years == years


def test_what_has_no_date_has_no_years() -> None:
    assert facets_of("dialogue", "summits").years is None


def test_a_sum_of_a_phase_is_a_known_budget() -> None:
    assert facets_of("programme", "cohesion").budget
    text = re.sub(r"    budget:\n.*\n", "", base_files()["programmes/cohesion.yml"])
    assert not facets_of("programme", "cohesion", {"programmes/cohesion.yml": text}).budget


# -- lists by status


def test_every_status_that_a_record_has_has_a_list_and_a_head(built: BuiltSite) -> None:
    for day in (TODAY, date(1990, 1, 1), date(2010, 1, 1), date(2040, 1, 1)):
        for (kind, _), facets in derive(built.catalogue, day).facets.items():
            assert facets.status in STATUSES[kind]
    for kind, statuses in STATUSES.items():
        assert set(HEADS[kind]) == set(statuses)
    assert {status for _, statuses in STAGES for status in statuses} == set(STATUSES["agreement"])


def test_every_list_by_status_names_its_records_and_no_other(built: BuiltSite) -> None:
    facets = derive(built.catalogue, TODAY).facets
    for kind, statuses in STATUSES.items():
        for status in statuses:
            page = built.page(f"{SECTIONS[kind]}/status/{status.value}/")
            there = {row.attributes["id"] for table in page.all("tbody") for row in table.all("tr")}
            assert there == {id for (k, id), each in facets.items() if k == kind and each.status is status}
            assert there or "There are none on this day." in page.text


def test_the_addresses_of_lists_stay_when_nothing_is_in_them() -> None:
    tree = tree_of(base_files())
    assert {f"agreements/status/{s.value}/index.md" for s in STATUSES["agreement"]} <= set(tree)
    assert "There are none" in tree["agreements/status/terminated/index.md"]


def test_the_matrix_says_of_each_agreement_where_it_stands(built: BuiltSite) -> None:
    views = derive(built.catalogue, TODAY)
    page = built.page("agreements/status/")
    heads = [head.text for head in next(page.all("thead")).all("th")]
    rows = list(next(page.all("tbody")).all("tr"))
    assert len(rows) == len(built.catalogue.of("agreement"))
    titles = {agreement.title: agreement.id for agreement in built.catalogue.of("agreement")}
    for row in rows:
        cells = [cell for cell in row.elements if cell.tag in ("th", "td")]
        now = [n for n, cell in enumerate(cells) if cell.attributes.get("class") == "now"]
        status = views.standings["agreement", titles[cells[0].text]].status
        (stage,) = (title for title, statuses in STAGES if status in statuses)
        assert [heads[n] for n in now] == [stage]


def test_the_matrix_names_what_is_not_verified() -> None:
    text = base_files()["agreements/eu-andean.yml"].replace(
        "2024-11-01, event: entry-into-force, sources: [s1]}",
        "2024-11-01, event: entry-into-force, sources: [s1], unverified: [date], note: Not quite.}",
    )
    tree = tree_of(base_files() | {"agreements/eu-andean.yml": text})
    assert "not verified" in tree["agreements/status/index.md"].partition("<tbody>")[2]
    assert "not verified" not in tree_of(base_files())["agreements/status/index.md"].partition("<tbody>")[2]


# -- the listing


@pytest.mark.parametrize("kind", list(STATUSES))
def test_without_a_script_each_value_leads_to_a_list_of_as_many_records(built: BuiltSite, kind: str) -> None:
    page = built.page(f"{SECTIONS[kind]}/")
    checked = 0
    for facet in (
        each for each in page.all("details") if each.attributes.get("data-facet") in ("status", "group", "theme")
    ):
        for link in (each for each in facet.all("a") if "data-value" in each.attributes):
            said = int(next(each for each in link.elements if each.attributes.get("class") == "n").text)
            address, _, anchor = link.attributes["href"].removeprefix("../").partition("#")
            target = built.page(address if not address.startswith("..") else address[3:])
            assert said == len(_listed(target, SECTIONS[kind], anchor)), link.attributes
            checked += 1
    assert checked >= 10


def _listed(page: Element, section: str, anchor: str) -> set[str]:
    """The records of a section that a page lists, in one of its sections or in all."""
    found: set[str] = set()
    here = not anchor
    for element in page.all():
        if re.fullmatch("h[1-3]", element.tag):
            here = not anchor or element.attributes.get("id") == anchor
        place = (
            re.search(rf"/{section}/([a-z0-9-]+)/$", element.attributes.get("href", "")) if element.tag == "a" else None
        )
        if here and place and place[1] != "status":
            found.add(place[1])
    return found


@pytest.mark.parametrize("kind", list(STATUSES))
def test_rows_carry_what_derive_found(built: BuiltSite, kind: str) -> None:
    facets = derive(built.catalogue, TODAY).facets
    rows = {row.attributes["id"]: row for row in next(built.page(f"{SECTIONS[kind]}/").all("tbody")).all("tr")}
    assert set(rows) == {id for k, id in facets if k == kind}
    for id, row in rows.items():
        found, data = facets[kind, id], row.attributes
        assert data["data-status"] == found.status.value
        assert tuple(data.get("data-country", "").split()) == found.countries
        assert tuple(data.get("data-group", "").split()) == found.groups
        assert tuple(data.get("data-theme", "").split()) == found.themes
        assert (data.get("data-budget") == "known") is found.budget
        assert (int(data["data-from"]), int(data["data-to"])) == found.years if found.years else "data-from" not in data


# -- lifelines


def places(svg: str) -> list[tuple[float, float]]:
    found = re.findall(r'd="M([\d.]+) [\d.]+h([\d.]+)', svg)
    return [(float(left), float(left) + float(wide)) for left, wide in found]


def test_a_life_of_a_month_is_seen_and_nothing_leaves_the_axis() -> None:
    axis = Axis(date(1975, 1, 1), TODAY)
    bars = (
        Bar(date(2026, 9, 1), date(2026, 10, 1), "signed"),
        Bar(date(2026, 10, 1), date(2026, 11, 1), "provisional"),
        Bar(date(2026, 11, 1), TODAY, "full"),
    )
    found = places(str(lifeline_svg(bars, axis, "A & B")))
    assert len(found) == 3
    assert all(right - left >= 3 for left, right in found)
    assert found[-1][1] <= 176
    assert all(a[1] <= b[0] for a, b in pairwise(found))


def test_bars_stand_where_their_days_are() -> None:
    axis = Axis(date(2000, 1, 1), date(2020, 1, 1))
    ((left, right),) = places(str(lifeline_svg((Bar(date(2010, 1, 1), date(2015, 1, 1), "full"),), axis, "x")))
    assert left == pytest.approx(88, abs=0.2)
    assert right == pytest.approx(132, abs=0.2)


def test_the_words_of_a_lifeline_are_escaped() -> None:
    assert "A &amp; B" in lifeline_svg((), Axis(date(2000, 1, 1), TODAY), "A & B")
