"""Timelines: days stand where they belong, what is not known is seen, and text stays text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise

from conftest import TODAY, base_files, catalogue_of, tree_of
from hypothesis import given
from hypothesis import strategies as st

from generator.charts import (
    EDGE,
    NARROW,
    SAMPLES,
    SPREAD,
    Bar,
    Dot,
    Group,
    Lane,
    Timeline,
    key_svg,
    scale_of,
    stacked,
    timeline_svg,
    width_of,
    wrapped,
    years_of,
)
from generator.derive import derive
from generator.derive.status import Span, Status
from generator.derive.timelines import Row, Series, agreement_series, country_series, programme_series, stretches_of
from generator.model.edtf import PartialDate

DAYS = st.dates()


def timeline(*lanes: Lane, first: date = date(2010, 1, 1), last: date = date(2019, 12, 31)) -> Timeline:
    return Timeline("A life", (Group("", lanes),), first, last, TODAY)


def drawings(made: Timeline, prefix: str = "x") -> tuple[str, str]:
    """The wide and the narrow drawing."""
    wide, narrow = str(timeline_svg(made, prefix)).split("</svg>")[:2]
    return wide + "</svg>", narrow + "</svg>"


def bars(svg: str, shape: str) -> list[tuple[float, float, float]]:
    """Left edge, width and height of each bar of a shape."""
    paths = re.findall(rf'class="b-{shape}"[^>]* d="([^"]*)"', svg)
    found = [re.findall(r"M([\d.]+) [\d.]+h([\d.]+)v([\d.]+)", path) for path in paths]
    return [(float(x), float(w), float(h)) for path in found for x, w, h in path]


def test_a_bar_from_the_first_day_to_the_last_fills_the_axis() -> None:
    whole = Bar(date(2010, 1, 1), date(2020, 1, 1), "programme")
    half = Bar(date(2015, 1, 1), date(2020, 1, 1), "dialogue")
    for svg, left, right in zip(drawings(timeline(Lane("", (whole, half)))), (16, EDGE), (750, 348), strict=True):
        [(x, width, _)] = bars(svg, "programme")
        assert (x, x + width) == (left, right)
        [(x, width, _)] = bars(svg, "dialogue")
        assert abs(x - (left + right) / 2) < 0.2
        assert abs(x + width - right) < 0.2


def test_a_bar_without_an_end_goes_to_today() -> None:
    made = timeline(Lane("", (Bar(date(2020, 1, 1), None, "full"),)), last=TODAY)
    svg, _ = drawings(made)
    [(x, width, _)] = bars(svg, "full")
    [now] = re.findall(r'class="today" d="M([\d.]+) ', svg)
    assert abs(x + width - float(now)) < 0.11


def test_today_is_drawn_only_inside_the_axis() -> None:
    lane = Lane("", (Bar(date(2010, 1, 1), date(2012, 1, 1), "full"),))
    assert 'class="today"' not in drawings(timeline(lane))[0]
    assert 'class="today"' in drawings(timeline(lane, last=TODAY))[0]


def test_a_year_of_which_no_day_is_known_is_a_thin_bar() -> None:
    known = Bar(date(2012, 1, 1), date(2013, 1, 1), "programme")
    thin = Bar(date(2011, 1, 1), date(2012, 1, 1), "programme", thin=True)
    [left, right] = bars(drawings(timeline(Lane("", (thin, known))))[0], "programme")
    assert left[2] < right[2] / 2
    assert abs(left[0] + left[1] - right[0]) < 0.11


def test_an_end_that_is_not_known_is_a_dashed_tail_with_a_question_mark_inside_the_drawing() -> None:
    bar = Bar(date(2018, 1, 1), date(2019, 12, 31), "programme")
    assert "b-tail" not in drawings(timeline(Lane("P", (bar,))))[0]
    for svg, width in zip(drawings(timeline(Lane("P", (bar,), tail=True))), (760, 358), strict=True):
        [(x, along)] = re.findall(r'class="b-tail" d="M([\d.]+) [\d.]+h([\d.]+)"', svg)
        [mark] = re.findall(r'class="q" x="([\d.]+)"', svg)
        assert float(x) + float(along) < float(mark) < width - 6
    assert ">?</text>" in drawings(timeline(Lane("P", (bar,), head=True)))[0]


def test_each_shape_has_its_own_class_and_a_sample_in_the_key() -> None:
    lane = Lane("", tuple(Bar(date(2010, n, 1), date(2010, n + 1, 1), shape) for n, shape in enumerate(SHAPES, 1)))
    svg, _ = drawings(timeline(lane))
    for shape in SHAPES:
        assert f'class="b-{shape}"' in svg
        assert f"b-{shape}" in key_svg(shape, "x")
    for sample in SAMPLES:
        ET.fromstring(key_svg(sample, "x"))


SHAPES = ("negotiating", "paused", "concluded", "signed", "perhaps", "provisional", "full", "ended", "unknown")


def test_the_ids_of_a_page_are_all_different() -> None:
    made = timeline(Lane("", (Bar(date(2010, 1, 1), None, "provisional"),)))
    svg = f"{timeline_svg(made, 'a')}{timeline_svg(made, 'b')}{key_svg('provisional', 'a')}"
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert len(ids) == len(set(ids)) == 5
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) == set(ids)


def test_hostile_text_stays_text_and_nothing_is_styled_inline() -> None:
    evil = "<script>alert(1)</script>\"'&"
    lane = Lane(evil, (), (Dot(date(2012, 1, 1), evil),), href='x"onload="y')
    made = Timeline(evil, (Group(evil, (lane, Lane("", (), (Dot(date(2012, 1, 1), evil, shape="number"),)))),),
                    date(2010, 1, 1), date(2019, 1, 1), TODAY)  # fmt: skip
    for svg in drawings(made):
        read = ET.fromstring(svg)
        assert {tag.tag for tag in read.iter()} <= {"svg", "g", "path", "text", "a", "title", "circle", "tspan"}
        assert not {name for tag in read.iter() for name in tag.attrib if name == "style" or name.startswith("on")}
        assert read.attrib["aria-label"] == evil
        assert [tag.attrib["href"] for tag in read.iter("a")] == ['x"onload="y']


def test_drawings_with_links_are_groups_others_images() -> None:
    bar = (Bar(date(2010, 1, 1), None, "full"),)
    assert 'role="img"' in drawings(timeline(Lane("A", bar)))[0]
    assert 'role="group"' in drawings(timeline(Lane("A", bar, href="#a")))[0]


def test_two_dots_of_one_day_stand_above_each_other() -> None:
    dots = tuple(Dot(date(2015, 6, 1), str(n), shape="number") for n in (1, 2, 3))
    for svg in drawings(timeline(Lane("", (), dots))):
        places = [(float(x), float(y)) for x, y in re.findall(r'<circle class="d-number" cx="(.*?)" cy="(.*?)"', svg)]
        assert len({x for x, _ in places}) == 1
        heights = sorted(y for _, y in places)
        assert all(below - above >= 2 * 8.6 for above, below in pairwise(heights))
        assert heights[0] >= 8.6


@given(st.lists(st.floats(0, 700), max_size=30))
def test_no_two_dots_run_into_one_another(places: list[float]) -> None:
    apart = SPREAD["number"]
    placed = list(zip(places, stacked(places, apart), strict=True))
    for number, (x, level) in enumerate(placed):
        assert all(level != other or abs(x - y) >= apart - 1e-6 for y, other in placed[number + 1 :])


def test_an_unsure_dot_is_marked() -> None:
    svg, _ = drawings(timeline(Lane("", (), (Dot(date(2012, 1, 1), "7", unsure=True, shape="number"),))))
    assert 'class="d-unsure"' in svg
    assert 'class="d-number"' not in svg


@given(DAYS, DAYS)
def test_any_two_days_make_an_axis(one: date, other: date) -> None:
    first, last = sorted((one, other))
    made = timeline(Lane("A", (Bar(first, last, "full"),), tail=True), first=first, last=last)
    scale = scale_of(made, NARROW, 10)
    assert scale.at(date(first.year, 1, 1)) == 10
    assert 10 <= scale.at(first) <= scale.at(last) <= scale.right
    named = years_of(scale, NARROW.tick)
    gaps = {later - earlier for earlier, later in pairwise(named)}
    assert all(gap * (scale.right - scale.left) / (scale.end.year - first.year) >= NARROW.tick for gap in gaps)
    for svg in drawings(made):
        ET.fromstring(svg)


@given(st.text(max_size=200))
def test_labels_fit_and_are_whole_or_end_in_dots(text: str) -> None:
    lines, cut = wrapped(text, NARROW)
    assert len(lines) <= NARROW.lines
    assert all(width_of(line, NARROW.letter) <= NARROW.width for line in lines)
    assert lines[-1].endswith("…") if cut else " ".join(lines) == " ".join(text.split())


def test_a_label_that_is_cut_keeps_its_whole_text() -> None:
    long = "word " * 60
    assert f"<title>{long}</title>" in drawings(timeline(Lane(long, (Bar(date(2010, 1, 1), None, "full"),))))[1]


def test_the_same_input_gives_the_same_bytes() -> None:
    made = timeline(Lane("A", (Bar(date(2010, 1, 1), None, "full"),), (Dot(date(2012, 1, 1), "x"),)))
    assert timeline_svg(made, "x") == timeline_svg(made, "x")
    assert tree_of(base_files()) == tree_of(dict(reversed(base_files().items())))


# -- series


def series_of(kind: str, id: str, text: str, today: date = TODAY) -> Series | None:
    """The series of a record that is written as `text` into the base catalogue."""
    catalogue = catalogue_of({**base_files(), f"{kind}s/{id}.yml": text})
    views = derive(catalogue, today)
    record = catalogue.find(kind, id)
    if kind == "agreement":
        return agreement_series(record, views.lives[id], today)
    return programme_series(record, views.latest.get((kind, id)), today)


def programme(more: str, today: date = TODAY) -> Series | None:
    return series_of("programme", "new", f"id: new\nname: New\nsummary: New.\nlevel: regional\n{more}", today)


def told(row: Row) -> list[str]:
    return [f"{s.status.value} {s.start}..{s.end}{' thin' if s.thin else ''}" for s in row.stretches]


PHASE = "phases:\n  - {{name: One, {}}}\n"


def phase(fields: str, today: date = TODAY) -> Row:
    found = programme(PHASE.format(fields), today)
    assert found
    return found.rows[0]


def test_years_are_thin_at_either_end() -> None:
    assert told(phase("start: 2005, end: 2010")) == [
        "running 2005-01-01..2006-01-01 thin",
        "running 2006-01-01..2010-01-01",
        "running 2010-01-01..2011-01-01 thin",
    ]
    assert told(phase("start: 2015, end: 2015")) == ["running 2015-01-01..2016-01-01 thin"]
    assert told(phase("start: 2012-11, end: 2012-11")) == ["running 2012-11-01..2012-12-01"]


def test_no_end_and_an_end_that_nobody_found_differ() -> None:
    open_end, unknown = phase('start: 2020-05-04, end: ".."'), phase("start: 2020-05-04")
    assert (told(open_end), open_end.no_end) == ([f"running 2020-05-04..{TODAY}"], False)
    assert (told(unknown), unknown.no_end) == (["running 2020-05-04..2020-05-05"], True)


def test_an_end_without_a_beginning_has_a_head() -> None:
    row = phase("end: 2020-11-30")
    assert (told(row), row.no_start) == (["running 2020-11-30..2020-12-01"], True)


def test_what_lies_ahead_is_announced() -> None:
    assert told(phase("start: 2025-01-01, end: 2027-12-31")) == [
        f"running 2025-01-01..{TODAY}",
        f"announced {TODAY}..2028-01-01",
    ]


def test_the_whole_runs_to_its_latest_trace_and_phases_without_a_date_are_counted() -> None:
    found = programme(
        "start: 2010-01-01\nactivities:\n  - {title: Seminar, type: meeting, date: 2014-03-05}\n"
        + PHASE.format("note: x")
    )
    assert found
    assert [(row.kind, told(row)) for row in found.rows] == [
        ("programme", ["running 2010-01-01..2014-03-05"]),
        ("activities", []),
    ]
    assert (found.rows[0].no_end, found.left_out) == (True, (("phase", "0"),))
    assert [(mark.label, mark.day, mark.sure) for mark in found.rows[1].marks] == [("Seminar", date(2014, 3, 5), False)]


def test_a_programme_without_any_date_has_no_chart() -> None:
    assert programme("") is None
    assert programme(PHASE.format("note: x")) is None


def test_a_change_in_a_year_leaves_the_earlier_status_thin() -> None:
    spans = (
        Span(Status.SIGNED, PartialDate.parse("2001-02-03"), PartialDate.parse("2005")),
        Span(Status.IN_FORCE, PartialDate.parse("2005")),
    )
    row = Row("party", ("PE",), stretches_of(spans, TODAY))
    assert told(row) == [
        "signed 2001-02-03..2005-01-01",
        "signed 2005-01-01..2006-01-01 thin",
        f"in-force 2006-01-01..{TODAY}",
    ]


def agreement(events: str) -> Series:
    head = "id: new\nname: New\ntype: trade-agreement\nparties: [EU, PE, EC]\nsummary: New.\nevents:\n"
    found = series_of("agreement", "new", head + events)
    assert found
    return found


def test_an_agreement_has_its_numbered_events_and_a_row_a_party() -> None:
    found = agreement(
        "  - {date: 1960-05-01, event: announcement}\n"
        "  - {date: 2010-05-01, event: signed}\n"
        "  - {date: 2012-05-01, event: entry-into-force, parties: [PE]}\n"
    )
    assert [row.ids for row in found.rows] == [(), ("EU",), ("PE",), ("EC",)]
    assert [mark.label for mark in found.rows[0].marks] == ["2", "3"]
    assert [mark.label for mark in found.early] == ["1"]
    assert told(found.rows[2]) == ["signed 2010-05-01..2012-05-01", f"in-force 2012-05-01..{TODAY}"]
    assert told(found.rows[3]) == [f"signed 2010-05-01..{TODAY}"]


def test_parties_of_whom_nothing_is_known_share_the_last_row() -> None:
    found = agreement("  - {date: 2010-05-01, event: signed, parties: unnamed}\n")
    assert [row.ids for row in found.rows[1:]] == [("EU",), ("PE", "EC")]
    assert told(found.rows[2]) == [f"not-known 2010-05-01..{TODAY}"]


def test_what_is_over_is_cut_short() -> None:
    found = agreement("  - {date: 1975-05-01, event: entry-into-force}\n  - {date: 2000-08-01, event: replaced}\n")
    assert found.last.year < 2005


def test_a_country_has_a_row_a_record_and_a_row_for_meetings() -> None:
    catalogue = catalogue_of(base_files())
    views = derive(catalogue, TODAY)
    found = country_series(views.countries["PE"], views.latest, TODAY)
    assert found
    assert {section.name for section in found.sections} >= {"agreements", "programmes"}
    assert all(row.stretches or row.marks for row in found.rows)
    assert found.last == TODAY


@given(st.sampled_from(["0001", "9999", "0001-01-01", "9999-12-31", "999X", "2000"]),
       st.sampled_from(["0001", "9999", "0001-01-01", "9999-12-31", "999X", "2000"]))  # fmt: skip
def test_the_ends_of_the_calendar_can_be_drawn(start: str, end: str) -> None:
    if PartialDate.parse(end).certainly_before(PartialDate.parse(start)):
        return
    files = {**base_files(), "programmes/new.yml": f"id: new\nname: New\nsummary: New.\nlevel: regional\n"
             f"countries: [PE]\nphases:\n  - {{name: One, start: {start!r}, end: {end!r}}}\n"}  # fmt: skip
    assert "programmes/new/index.md" in tree_of(files)
