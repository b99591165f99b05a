"""Series, successions and rolls of members; and what pages say of them, compared with the real content."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import TODAY, base_files, catalogue_of
from site_fixture import BuiltSite, Element

from generator.derive.agreements import life_of
from generator.derive.membership import roll_of
from generator.derive.series import meetings_of, numbers_of, origins_of, position_of
from generator.derive.successions import successions_of
from generator.derive.themes import countries_by_theme
from generator.kinds.group import MemberRole
from generator.model.catalogue import Catalogue
from generator.render.words import words_of


def with_meetings(*numbers: int | None) -> Catalogue:
    """The base catalogue with meetings in 2015, 2016 … of one series."""
    files = base_files()
    text = files["dialogues/summit-2015.yml"]
    for year, number in enumerate(numbers, 2015):
        own = text.replace("2015", str(year)).replace("number: 8", f"number: {number}" if number else "celac_number: 1")
        files[f"dialogues/summit-{year}.yml"] = own
    return catalogue_of(files)


@pytest.mark.parametrize(
    ("numbers", "called"),
    [((8, 9, 10), ("8", "9", "10")), ((8, None, 9), ("1", "2", "3")), ((8, 8, 9), ("1", "2", "3"))],
)
def test_meetings_are_called_by_their_numbers_or_else_by_their_places(
    numbers: tuple[int | None, ...], called: tuple[str, ...]
) -> None:
    catalogue = with_meetings(*numbers)
    meetings = meetings_of(catalogue.records["dialogue"]["summits"], catalogue)
    assert [meeting.id for meeting in meetings] == ["summit-2015", "summit-2016", "summit-2017"]
    assert numbers_of(meetings) == called


def test_a_meeting_knows_where_it_stands() -> None:
    catalogue = with_meetings(8, 9, 10)
    found = position_of(catalogue.records["dialogue"]["summit-2016"], catalogue)
    assert found is not None
    assert (found.series, found.number, found.of) == ("summits", 2, 3)
    assert (found.previous, found.next) == ("summit-2015", "summit-2017")
    assert position_of(catalogue.records["dialogue"]["summits"], catalogue) is None


def test_what_came_out_of_a_meeting_knows_where_from() -> None:
    assert origins_of(catalogue_of(base_files())) == {("agreement", "eu-andean"): (("summit-2015", 0),)}


def test_a_succession_has_a_date_only_where_an_event_gives_it() -> None:
    files = base_files()
    text = files["agreements/eu-andean.yml"]
    files["agreements/newer.yml"] = text.replace("id: eu-andean", "id: newer") + "replaces: [eu-andean]\n"
    catalogue = catalogue_of(files)
    old, new = (catalogue.records["agreement"][id] for id in ("eu-andean", "newer"))
    (after,) = successions_of(old, catalogue)
    assert (after.other, after.after, after.when, after.event) == ("newer", True, None, None)
    event = "  - {date: 2025-01-01, event: replaced, scope: trade, agreement: newer, sources: [s1]}\nlegal:"
    catalogue = catalogue_of(files | {"agreements/eu-andean.yml": text.replace("legal:", event)})
    old, new = (catalogue.records["agreement"][id] for id in ("eu-andean", "newer"))
    (after,), (before,) = successions_of(old, catalogue), successions_of(new, catalogue)
    assert (after.other, before.other, before.after) == ("newer", "eu-andean", False)
    assert str(after.when) == str(before.when) == "2025-01-01"
    assert (after.scope, after.where, after.event) == ("trade", "eu-andean", 6)


def test_members_of_a_day_and_former_ones_are_apart() -> None:
    union = catalogue_of(base_files()).records["group"]["EU"]
    today, before = roll_of(union, TODAY), roll_of(union, date(2013, 6, 30))
    assert today.now == {MemberRole.MEMBER: ("ES", "FR", "HR"), MemberRole.OBSERVER: ("CL",)}
    assert today.former == ("GB",)
    assert before.now[MemberRole.MEMBER] == ("ES", "FR", "GB")
    assert before.former == ()


def test_a_group_that_has_ended_has_only_former_members() -> None:
    files = base_files()
    files["groups.yml"] = files["groups.yml"].replace("founded: 1993-11-01", "founded: 1993-11-01\n    ended: 2024")
    roll = roll_of(catalogue_of(files).records["group"]["EU"], TODAY)
    assert (roll.now, roll.former) == ({}, ("ES", "FR", "GB", "HR"))


def test_countries_of_a_theme_are_those_of_the_other_side_that_records_name() -> None:
    assert countries_by_theme(catalogue_of(base_files()))["governance"] == (("CL", 2), ("PE", 2), ("EC", 1))


# -- pages of the real content


def section(page: Element, id: str) -> list[Element]:
    """What stands between a heading and the next of its level."""
    (article,) = page.all("article")
    parts = article.elements
    start = next(n for n, part in enumerate(parts) if part.attributes.get("id") == id)
    end = next((n for n in range(start + 1, len(parts)) if parts[n].tag == "h2"), len(parts))
    return parts[start:end]


def test_the_page_of_the_summits_has_each_meeting_as_a_dot_and_a_row(built: BuiltSite) -> None:
    meetings = [d for d in built.catalogue.of("dialogue") if d.series and d.series.of == "eu-lac-summits"]
    parts = section(built.page("dialogues/eu-lac-summits/"), "meetings")
    expected = [str(n) for n in sorted(d.series.number for d in meetings)]
    wide = next(svg for part in parts for svg in part.all("svg") if "chart-wide" in svg.attributes["class"])
    assert [t.text for t in wide.all("text") if "t-d-" in t.attributes.get("class", "")] == expected
    rows = [row for part in parts for body in part.all("tbody") for row in body.elements]
    assert [row.elements[0].text for row in rows] == expected
    for meeting in meetings:
        (row,) = (row for row in rows if row.elements[0].text == str(meeting.series.number))
        assert all(outcome.title in row.text for outcome in meeting.outcomes)


def test_each_meeting_says_where_it_stands(built: BuiltSite) -> None:
    meetings = [d for d in built.catalogue.of("dialogue") if d.series and d.series.of == "eu-lac-summits"]
    order = sorted(meetings, key=lambda d: d.date.earliest)
    for number, meeting in enumerate(order, 1):
        page = built.page(f"dialogues/{meeting.id}/")
        (nav,) = (nav for nav in page.all("nav") if nav.attributes.get("class") == "turn")
        assert f"Meeting {number} of {len(order)} recorded" in nav.text
        links = {a.attributes["rel"]: a.text for a in nav.all("a") if "rel" in a.attributes}
        beside = {"prev": number - 2, "next": number}
        assert links == {rel: order[n].title for rel, n in beside.items() if 0 <= n < len(order)}


def test_each_party_of_each_agreement_has_a_sentence_with_its_day(built: BuiltSite) -> None:
    w = words_of("en")
    for agreement in built.catalogue.of("agreement"):
        life = life_of(agreement)
        page = built.page(f"agreements/{agreement.id}/")
        (words,) = (d for d in page.all("details") if d.attributes.get("class") == "words")
        said = [li.text for li in words.all("li")]
        assert len(said) == len(life.parties)
        for sentence, party in zip(said, life.parties, strict=True):
            name = "the European Union" if party == "EU" else w.country(party)
            assert sentence.startswith(f"For {name}"), sentence
            assert sentence.endswith(f"(as of {w.day(TODAY).replace(chr(160), ' ')})."), sentence
            standing = life.party_on(party, TODAY)
            if standing and standing.since:
                assert w.date(standing.since).replace("\u00a0", " ") in sentence


def test_the_tiles_of_a_country_are_the_rows_of_its_sections(built: BuiltSite) -> None:
    for code in ("pe", "cl", "cu", "ht"):
        page = built.page(f"countries/{code}/")
        (tiles,) = (d for d in page.all("dl") if "links" in d.attributes.get("class", ""))
        for link in tiles.all("a"):
            parts = section(page, link.attributes["href"].removeprefix("#"))
            rows = [row for part in parts for body in part.all("tbody") for row in body.elements]
            rows += [li for part in parts for ul in part.all("ul") for li in ul.elements]
            counted = sum(int(word) for word in link.text.replace(",", "").split() if word.isdigit())
            assert counted == len(rows), (code, link.text)


def test_an_agreement_names_what_it_replaced_with_the_recorded_day(built: BuiltSite) -> None:
    text = built.page("agreements/eu-central-america-association-agreement/").text
    assert "Replaces: EU–Central America Political Dialogue and Cooperation Agreement (2003)" in text
    assert "replaced on 1 May 2024" in text
    chile = built.page("agreements/eu-chile-association-agreement/").text
    assert "trade part replaced on 1 February 2025" in chile
    assert "no date of a replacement is recorded" in chile
    assert "For Chile, it has been in force since 1 March 2005; its trade part was replaced on 1 February 2025" in chile


def test_the_members_of_a_group_on_its_page_are_those_of_the_day(built: BuiltSite) -> None:
    w = words_of("en")
    for group in built.catalogue.of("group"):
        roll = roll_of(group, TODAY)
        page = built.page(f"groups/{group.id.lower()}/")
        shown = [d for d in page.all("div") if d.attributes.get("class") == "roll"]
        assert bool(shown) == bool(roll.now or roll.former)
        lists = [[li.text for li in ul.all("li")] for div in shown for ul in div.all("ul")]
        expected = [*roll.now.values(), *([roll.former] if roll.former else [])]
        assert [sorted(names) for names in lists] == [sorted(w.country(id) for id in ids) for ids in expected]
