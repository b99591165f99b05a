"""«As of»: between two turns nothing changes, and what a page's file says of a day is what holds on it."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from conftest import HERE, TODAY, base_files, catalogue_of
from conftest import tree_of as built_tree
from hypothesis import given
from hypothesis import strategies as st

from generator.checking import check
from generator.derive import Views, derive
from generator.derive.asof import (
    Days,
    first_begun,
    may_belong,
    member_table,
    turns,
    turns_of_agreement,
    turns_of_row,
    turns_of_traces,
    views_on,
)
from generator.derive.membership import Belonging, members_on
from generator.derive.status import Span, Status, close, standing_on
from generator.kinds.group import Group, MemberRole, Membership
from generator.model.catalogue import Catalogue
from generator.model.edtf import PartialDate, parse_when
from generator.read import read_folder
from generator.render.asof import asof_files
from generator.render.sentences import agreement_sentence
from generator.render.words import words_of

TEXTS = st.sampled_from(
    ["2001", "2001-06", "2001-06-15", "199X", "2003?", "2003-02~", "2010-01-01", "2010-12", "2011", "2012-02-29"]
)
DATES = TEXTS.map(parse_when)
NEAR = st.dates(date(1989, 1, 1), date(2014, 1, 1))


@pytest.fixture(scope="module")
def real() -> tuple[Catalogue, Views]:
    """The real content, on the day of the tests."""
    files, _ = read_folder(HERE.parent / "content")
    catalogue, problems = check(files)
    assert not problems
    return catalogue, derive(catalogue, TODAY)


@st.composite
def lives(draw: st.DrawFn) -> tuple[Span, ...]:
    """A life as derive may make it: spans by date, some with a further status of an unnamed step."""
    dates = sorted(draw(st.lists(DATES, max_size=5)), key=lambda when: when.sort_key)
    begins = [*([None] if draw(st.booleans()) else []), *dates]
    maybes = st.none() | DATES.filter(lambda when: isinstance(when, PartialDate))
    spans = [
        Span(draw(st.sampled_from(Status)), when, verified=draw(st.booleans()), maybe_since=maybe,
             maybe=Status.IN_FORCE if maybe else None)
        for when in begins
        for maybe in [draw(maybes)]
    ]  # fmt: skip
    return close(spans)


def since(days: Iterable[date], day: date) -> date:
    """The last turn that is not after a day."""
    ordered = sorted({date.min, *days})
    return ordered[bisect_right(ordered, day) - 1]


@given(lives(), NEAR)
def test_between_two_turns_the_standing_stays(spans: tuple[Span, ...], day: date) -> None:
    turn = since(turns(spans), day)
    assert standing_on(spans, day) == standing_on(spans, turn)
    assert first_begun(spans, day) == first_begun(spans, turn)


@given(st.none() | TEXTS, st.none() | TEXTS, NEAR)
def test_between_two_turns_a_membership_stays(begun: Any, until: Any, day: date) -> None:
    row = Membership(countries=("PE",), role=MemberRole.MEMBER, since=begun, until=until)
    group = Group(id="G", name="Group", members=(row,))
    belonging = Belonging(group, "PE", row, 0)
    turn = since(turns_of_row(row), day)
    assert belonging.on(day) == belonging.on(turn)
    assert may_belong(belonging, day) == may_belong(belonging, turn)
    members = dict(member_table(group, date.max))
    assert members[since(members, day)] == members_on(group, PartialDate.parse(day.isoformat()))


def some_days(seed: int, number: int = 200) -> list[date]:
    """Days drawn by a fixed seed, between the first possible one and the day of the tests."""
    first = date(1957, 12, 1).toordinal()
    draw = Random(seed)
    return [date.fromordinal(draw.randint(first, TODAY.toordinal())) for _ in range(number)]


def test_between_two_turns_the_whole_sentence_of_every_agreement_stays(real: tuple[Catalogue, Views]) -> None:
    catalogue, views = real
    words = words_of("en")
    for record in catalogue.of("agreement"):
        life = views.lives[record.id]
        days = turns_of_agreement(record, life)
        for day in some_days(4, 60):
            said = [
                agreement_sentence(record, life, catalogue, views_on(catalogue, views, each, ()), words)
                for each in (day, since(days, day))
            ]
            assert said[0] == said[1], (record.id, day)


def test_between_two_turns_the_latest_trace_stays(real: tuple[Catalogue, Views]) -> None:
    catalogue, views = real
    for kind in ("programme", "dialogue"):
        for record in catalogue.of(kind):
            keys = [(kind, record.id)]
            days: Days = turns_of_traces(record) | turns(views.spans[kind, record.id])
            for day in some_days(5, 20):
                made = [views_on(catalogue, views, each, keys) for each in (day, since(days, day))]
                assert made[0].latest == made[1].latest
                assert made[0].standings == made[1].standings


def looked_up(file: dict[str, Any], place: str, day: date) -> list[Any]:
    """What a file says of a place on a day, as the script finds it."""
    series = file["places"][place]
    number = next(n for each, n in reversed(list(zip(series[::2], series[1::2], strict=True))) if each <= str(day))
    says: list[Any] = file["says"][number]
    return [*says, "", "", 0, "", 0][: len(says)] + ["", "", "", 0, "", 0][len(says) :]


def test_the_last_entry_of_each_place_is_of_today_or_before_and_says_something_new(
    real: tuple[Catalogue, Views],
) -> None:
    catalogue, views = real
    for path, text in asof_files(catalogue, views, words_of("en")):
        file = json.loads(text)
        for place, series in file["places"].items():
            days, numbers = series[::2], series[1::2]
            assert days[0] == "", (path, place)
            assert days == sorted(set(days))
            assert days[-1] <= file["day"]
            assert all(one != other for one, other in pairwise(numbers)), (path, place)


def test_what_came_later_is_said_so() -> None:
    """A programme of 2010 to 2014 is not «announced» in 1990: nobody said that it was."""
    files = base_files()
    tree = built_tree({**files, "programmes/later.yml": LATER}, TODAY)
    file = json.loads(tree["programmes/later/asof.json"])
    said = {day: looked_up(file, "says", date.fromisoformat(day))[0].replace("\u00a0", " ") for day in
            ("1990-01-01", "2010-03-01", "2010-12-31", "2012-06-01", "2014-05-02")}  # fmt: skip
    assert said == {
        "1990-01-01": "Not begun by that day: it began in 2010.",
        "2010-03-01": "Began on a day in 2010 that is not known.",
        "2010-12-31": "Running since 2010; it ended on 1 May 2014.",
        "2012-06-01": "Running since 2010; it ended on 1 May 2014.",
        "2014-05-02": "Ended on 1 May 2014; it began in 2010.",
    }
    row = json.loads(tree["programmes/asof.json"])
    assert looked_up(row, "later", date(1990, 1, 1))[0] == "Later"
    assert looked_up(row, "later", date(2010, 3, 1))[0] == "Not certain"


LATER = """\
id: later
name: Later
start: 2010
end: 2014-05-01
summary: It came later.
evidence: {start: [s1], end: [s1]}
sources:
  - {id: s1, title: A page, publisher: A publisher, url: https://example.org/a, tier: official, accessed: 2026-11-23}
"""


def test_a_day_of_a_partial_membership_is_not_denied() -> None:
    """Where only the year of joining is known, nothing is said of the days in it."""
    row = Membership(countries=("PE",), role=MemberRole.MEMBER, since="1990")  # type: ignore[arg-type]
    belonging = Belonging(Group(id="G", name="Group", members=(row,)), "PE", row, 0)
    assert (belonging.on(date(1990, 5, 1)), may_belong(belonging, date(1990, 5, 1))) == (False, True)
    assert (belonging.on(date(1989, 5, 1)), may_belong(belonging, date(1989, 5, 1))) == (False, False)
    assert (belonging.on(date(1990, 12, 31)), may_belong(belonging, date(1990, 12, 31))) == (True, False)


def test_a_small_catalogue_has_a_file_beside_each_page_that_knows_days() -> None:
    catalogue = catalogue_of(base_files())
    made = dict(asof_files(catalogue, derive(catalogue, TODAY), words_of("en")))
    for kind in catalogue.kinds:
        for record in catalogue.of(kind.name):
            path = kind.page(record.id).removesuffix(".md") + "/asof.json"
            assert (path in made) == (kind.name in ("agreement", "programme", "dialogue", "country"))
