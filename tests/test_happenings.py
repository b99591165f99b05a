"""Everything dated as one list: order, partial dates, what is due and what just happened."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from conftest import TODAY, base_files, catalogue_of, tree_of
from site_fixture import BuiltSite

from generator.derive import derive
from generator.derive.happenings import Happening, Sort, by_year, coming_up, happenings_of, just_happened
from generator.derive.status import Status
from generator.model.edtf import PartialDate, parse_when

PROGRAMME = """id: {id}
name: Programme {id}
summary: Does something.
other_names: [{{name: Programa, language: es, sources: [s1]}}]
countries: [PE]
themes: [governance]
{dates}
sources:
  - {{id: s1, title: A page, publisher: Someone, tier: official}}
"""


def happenings(**programmes: str) -> tuple[Happening, ...]:
    """What happens to programmes, given as their dates; ids have hyphens for underscores."""
    files = base_files()
    for name, dates in programmes.items():
        id = name.replace("_", "-")
        files[f"programmes/{id}.yml"] = PROGRAMME.format(id=id, dates=dates)
    found = happenings_of(catalogue_of(files))
    ids = {name.replace("_", "-") for name in programmes}
    return tuple(h for h in found if not programmes or h.id in ids)


def at(when: str, sort: Sort = Sort.STEP) -> Happening:
    return Happening("agreement", "x", sort, parse_when(when), True)


def test_every_dated_thing_of_the_small_catalogue_is_there_once() -> None:
    found = Counter((h.kind, h.id, h.sort, str(h.when)) for h in happenings())
    assert found == Counter(
        {
            ("agreement", "eu-andean", Sort.TALKS, "2007-06"): 1,
            ("agreement", "eu-andean", Sort.SIGNED, "2012-06-26"): 1,
            ("agreement", "eu-andean", Sort.APPLIED, "2013-03-01"): 1,
            ("agreement", "eu-andean", Sort.SIGNED, "2016-11-11"): 1,
            ("agreement", "eu-andean", Sort.APPLIED, "2017-01-01"): 1,
            ("agreement", "eu-andean", Sort.IN_FORCE, "2024-11-01"): 1,
            ("programme", "cohesion", Sort.BEGAN, "2005-09"): 1,
            ("programme", "cohesion", Sort.ENDED, "2010"): 1,
            ("programme", "cohesion", Sort.ACTIVITY, "2006-03-01/2006-03-03"): 1,
            ("dialogue", "summit-2015", Sort.SUMMIT, "2015-06-10/2015-06-11"): 1,
            ("dialogue", "summit-2015", Sort.OUTCOME, "2015-06-11"): 1,
            ("group", "EU", Sort.GROUP, "1957-03-25"): 1,
            ("group", "EU", Sort.GROUP, "1993-11-01"): 1,
            ("group", "EU", Sort.JOINED, "1958-01-01"): 1,
            ("group", "EU", Sort.JOINED, "1973-01-01"): 1,
            ("group", "EU", Sort.JOINED, "1986-01-01"): 1,
            ("group", "EU", Sort.JOINED, "2013-07-01"): 1,
            ("group", "EU", Sort.LEFT, "2020-01-31"): 1,
        }
    )


def test_a_phase_that_begins_with_its_programme_is_told_once() -> None:
    (begun,) = (h for h in happenings() if h.id == "cohesion" and h.sort is Sort.BEGAN)
    assert begun.label is None


def test_a_year_alone_comes_after_the_days_of_that_year_and_before_the_next() -> None:
    texts = ["2027", "2028-01-01", "2027-12-31", "2027-12", "2027-02", "2027-02-03", "202X", "2026"]
    ordered = sorted((at(text) for text in texts), key=lambda h: h.key)
    assert [str(h.when) for h in ordered] == [
        "2026", "2027-02-03", "2027-02", "2027-12-31", "2027-12", "2027", "2028-01-01", "202X",
    ]  # fmt: skip


def test_years_run_backwards_with_unknown_days_last() -> None:
    years = by_year([at("2012"), at("2012-03"), at("2012-03-31"), at("2011-05-01"), at("199X"), at("1990"), at("1989")])
    assert [(y.year, y.is_decade, [str(h.when) for h in y.happenings]) for y in years] == [
        (2012, False, ["2012-03-31", "2012-03", "2012"]),
        (2011, False, ["2011-05-01"]),
        (1990, False, ["1990"]),
        (1990, True, ["199X"]),
        (1989, False, ["1989"]),
    ]


@pytest.mark.parametrize(
    ("when", "step_is_due", "end_is_due"),
    [
        ("2026-11-22", False, False),
        ("2026-11-23", False, False),
        ("2026-11-24", True, True),
        ("2026-11", False, True),
        ("2026-12", True, True),
        ("2026", False, True),
        ("2025", False, False),
        ("2027", True, True),
        ("202X", False, True),
    ],
)
def test_what_certainly_lies_ahead_is_due_and_an_end_until_it_is_certainly_past(
    when: str, step_is_due: bool, end_is_due: bool
) -> None:
    assert at(when).is_due(TODAY) is step_is_due
    assert at(when, Sort.ENDED).is_due(TODAY) is end_is_due


def test_what_just_happened_certainly_did_in_that_time() -> None:
    texts = ["2026-11-23", "2026-11-24", "2025-11-23", "2025-11-22", "2025", "2025-12", "2026"]
    found = just_happened([at(text) for text in texts], TODAY)
    assert [str(h.when) for h in found] == ["2026-11-23", "2026", "2025-12", "2025-11-23"]


def test_coming_up_and_just_happened_share_nothing_on_either_side_of_a_day() -> None:
    found = happenings(one="start: 2020-01\nend: 2026-11-23\nevidence: {start: [s1], end: [s1]}")
    ends = lambda items: [h.sort for h in items if h.sort is Sort.ENDED]  # noqa: E731
    before, on, after = TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)
    assert [ends(coming_up(found, day)) for day in (before, on, after)] == [[Sort.ENDED], [], []]
    assert [ends(just_happened(found, day)) for day in (before, on, after)] == [[], [Sort.ENDED], [Sort.ENDED]]


def test_what_no_source_says_is_not_verified() -> None:
    found = happenings(
        sourced="start: 2020-01\nevidence: {start: [s1]}",
        bare="start: 2020-01",
        doubted="start: 2020-01\nevidence: {start: {sources: [s1], unverified: true}}",
    )
    assert {h.id: h.verified for h in found} == {"sourced": True, "bare": False, "doubted": False}


def test_an_end_that_is_open_or_unknown_is_no_happening() -> None:
    assert [h.sort for h in happenings(one="start: 2020\nend: ..", two="start: 2021")] == [Sort.BEGAN, Sort.BEGAN]


def test_a_group_counts_with_its_members_of_the_day() -> None:
    signed = next(h for h in happenings() if str(h.when) == "2024-11-01")
    assert set(signed.countries) == {"EC", "PE", "ES", "FR", "HR"}  # without the United Kingdom


def test_the_page_of_a_catalogue_without_a_date_is_whole() -> None:
    page = tree_of(base_files(), date(1950, 1, 1))["timeline/index.md"]
    assert "is due to end" in page
    later = tree_of(base_files())["timeline/index.md"]
    assert "Nothing that the catalogue knows of is dated after" in later
    assert "No end that is certainly dated in the twelve months" in later


# -- the real content


def test_the_page_holds_every_happening_and_leads_to_its_place(built: BuiltSite) -> None:
    views = derive(built.catalogue, TODAY)
    page = built.page("timeline/")
    items = [li for li in page.all("li") if "data-kind" in li.attributes]
    assert len(items) == len(views.happenings) > 700
    assert Counter(li.attributes["data-kind"] for li in items) == Counter(h.kind for h in views.happenings)
    steps = [a.attributes["href"] for li in items if li.attributes["data-kind"] == "agreement" for a in li.all("a")]
    assert all(re.search(r"/agreements/[a-z0-9-]+/#e\d+$", address) for address in steps)
    assert len(set(steps)) == len(steps) == sum(len(a.events) for a in built.catalogue.of("agreement"))


def test_doubt_is_shown_wherever_it_is(built: BuiltSite) -> None:
    views = derive(built.catalogue, TODAY)
    items = [li for li in built.page("timeline/").all("li") if "data-kind" in li.attributes]
    assert sum("not verified" in li.text for li in items) == sum(not h.verified for h in views.happenings) > 0
    assert sum("date inferred" in li.text for li in items) == sum(h.when.uncertain for h in views.happenings) > 0


def test_numbers_of_filters_are_those_of_the_data(built: BuiltSite) -> None:
    found = derive(built.catalogue, TODAY).happenings
    shown = {
        (b.attributes["data-facet"], b.attributes["data-value"]): int(b.elements[-1].text)
        for b in built.page("timeline/").all("button")
        if "data-facet" in b.attributes
    }
    assert shown["country", "PE"] == sum("PE" in h.countries for h in found)
    assert shown["sort", "signed"] == sum(h.sort is Sort.SIGNED for h in found)
    assert shown["kind", "programme"] == sum(h.kind == "programme" for h in found)


def test_the_numbers_of_the_home_page_are_those_of_the_data(built: BuiltSite) -> None:
    views = derive(built.catalogue, TODAY)
    home = built.page("")
    doors = [each for each in home.all("section") if each.attributes.get("class") == "door"]
    for door, kind in zip(doors, ("programme", "agreement", "dialogue"), strict=True):
        assert int(next(door.all("span")).text) == len(built.catalogue.of(kind))
    states = Counter(s.status for (kind, _), s in views.standings.items() if kind == "programme")
    told = next(p for p in doors[0].all("p") if p.attributes.get("class") == "sub").text
    assert told.startswith(f"{states[Status.RUNNING]} running, {states[Status.ENDED]} ended")
    assert sum(map(int, re.findall(r"\d+", told))) == len(built.catalogue.of("programme"))


def test_the_home_page_names_every_agreement_that_applies_and_since_when(built: BuiltSite) -> None:
    views = derive(built.catalogue, TODAY)
    wanted = {
        f"agreements/{id}/": s.since
        for (kind, id), s in views.standings.items()
        if kind == "agreement" and s.status in (Status.IN_FORCE, Status.PROVISIONAL)
    }
    today = next(each for each in built.page("").all("div") if each.attributes.get("class") == "today")
    rows = {next(row.all("a")).attributes["href"]: row.elements[1].text for row in today.all("tr") if any(row.all("a"))}
    assert set(rows) == set(wanted)
    for address, since in wanted.items():
        assert isinstance(since, PartialDate)
        assert str(since.year) in rows[address]


def test_what_the_home_page_says_comes_up_lies_ahead(built: BuiltSite) -> None:
    views = derive(built.catalogue, TODAY)
    due = {h.id for h in coming_up(views.happenings, TODAY)}
    lists = [each for each in built.page("").all("ul") if "dated" in each.attributes.get("class", "")]
    ids = {a.attributes["href"].split("/")[1] for a in lists[0].all("a")}
    assert ids <= due
    assert len(list(lists[0].all("li"))) == min(6, sum(h.major for h in coming_up(views.happenings, TODAY)))
