"""Dates: our small reader against the `edtf` package, its messages, its order."""

from __future__ import annotations

from datetime import date

import edtf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import dates, intervals

from generator.model.edtf import OPEN, DateFault, Interval, PartialDate, Precision, parse_end, parse_when


def bounds(text: str) -> tuple[date, date]:
    """The first and last day that the oracle reads."""
    read = edtf.parse_edtf(text)
    return date(*read.lower_strict()[:3]), date(*read.upper_strict()[:3])


@given(dates())
@example("199X")
@example("2012-02-29?")
@example("1900-02")
@example("9999-12-31%")
def test_the_bounds_of_a_date_are_those_of_the_edtf_package(text: str) -> None:
    read = PartialDate.parse(text)
    assert (read.earliest, read.latest) == bounds(text)


@given(dates())
def test_marks_are_read_as_the_edtf_package_reads_them(text: str) -> None:
    read, oracle = PartialDate.parse(text), edtf.parse_edtf(text)
    assert read.approximate == bool(oracle.is_approximate or text.endswith("%"))
    assert read.uncertain == bool(oracle.is_uncertain or text.endswith("%"))


@given(intervals(ends=dates()))
@example("2018-08-08?/2018-08-10?")
@example("199X/2001-02")
def test_the_bounds_of_an_interval_are_those_of_the_edtf_package(text: str) -> None:
    read = Interval.parse(text)
    start, _, end = text.partition("/")
    assert (read.earliest, read.latest) == (bounds(start)[0], bounds(end)[1])
    if "X" not in text:  # the package reads a decade with a mark by itself only
        assert (read.earliest, read.latest) == bounds(text)


@given(st.text(alphabet="0123456789-X/?~%. ２٣", max_size=12))
@example("2012-06-31")
@example("2012-6")
@example("2012-06-")
@example("20120626")
@example("２０１２")
@example("-2012")
@example("2012-XX")
@example("2012\n")
def test_whatever_we_read_the_edtf_package_reads_too(text: str) -> None:
    try:
        parse_when(text)
    except DateFault:
        return
    for each in text.replace("..", "").split("/"):
        assert not each or edtf.parse_edtf(each)


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_a_date_fault(text: str) -> None:
    for parse in (parse_when, parse_end, PartialDate.parse):
        try:
            read = parse(text)
        except DateFault as fault:
            told = fault.hint
        else:
            told = str(read)
        assert told == text or told.startswith(("Write ", "Look "))


@given(dates() | intervals(ends=dates() | st.sampled_from(["", ".."])))
def test_what_was_written_is_kept(text: str) -> None:
    assert str(parse_when(text)) == text


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("199X", date(1990, 1, 1), date(1999, 12, 31), Precision.DECADE),
        ("2012", date(2012, 1, 1), date(2012, 12, 31), Precision.YEAR),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29), Precision.MONTH),
        ("2012-06-26", date(2012, 6, 26), date(2012, 6, 26), Precision.DAY),
        ("2012-12?", date(2012, 12, 1), date(2012, 12, 31), Precision.MONTH),
    ],
)
def test_the_precision_written_is_the_precision_kept(
    text: str, earliest: date, latest: date, precision: Precision
) -> None:
    read = PartialDate.parse(text)
    assert (read.earliest, read.latest, read.precision) == (earliest, latest, precision)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [("2012", False, False), ("2012~", True, False), ("2012?", False, True), ("2012-06-26%", True, True)],
)
def test_marks_say_about_uncertain_or_both(text: str, approximate: bool, uncertain: bool) -> None:
    read = PartialDate.parse(text)
    assert (read.approximate, read.uncertain) == (approximate, uncertain)


def test_an_interval_may_have_no_end_or_one_that_nobody_found() -> None:
    assert Interval.parse("2012/..").end is OPEN
    assert Interval.parse("2012/").end is None
    assert Interval.parse("2012/..").latest == Interval.parse("2012/").latest == date.max
    assert parse_end("..") is OPEN


@pytest.mark.parametrize(
    ("text", "message", "hint", "impossible"),
    [
        ("18/05/2010", "'18/05/2010' is not a date.", "Write 2010-05-18.", False),
        ("1.2.2010", "'1.2.2010' is not a date.", "Write 2010-02-01, or 2010-01-02 if the month stands first.", False),
        ("2012-6-1", "'2012-6-1' is not a date.", "Write 2012-06-01.", False),
        ("2012/5", "'2012/5' is not a date.", "Write 2012-05.", False),
        ("May 2012", "'May 2012' is not a date.", "Write 2012-05.", False),
        ("199X-05", "'199X-05' names a month of an unknown year.", "Write 199X for the 1990s.", False),
        ("2011-02-29", "'2011-02-29' is no day of the calendar.", "Look it up again.", True),
        ("2012-13", "'2012-13' is no day of the calendar.", "Look it up again.", True),
        ("0000", "'0000' is no day of the calendar.", "Look it up again.", True),
    ],
)
def test_a_text_that_is_no_date_is_told_how_it_is_written(text: str, message: str, hint: str, impossible: bool) -> None:
    with pytest.raises(DateFault) as caught:
        PartialDate.parse(text)
    assert (caught.value.message, caught.value.hint, caught.value.impossible) == (message, hint, impossible)


@pytest.mark.parametrize("text", ["/2012", "2012/2013/2014", "/", "../2012", "2012/../", "2012/13", "2012/..?"])
def test_an_interval_has_a_start_and_at_most_one_end(text: str) -> None:
    with pytest.raises(DateFault):
        Interval.parse(text)


@given(dates(), dates())
def test_certainly_before_means_that_no_reading_says_otherwise(one: str, other: str) -> None:
    a, b = PartialDate.parse(one), PartialDate.parse(other)
    assert a.certainly_before(b) == (bounds(one)[1] < bounds(other)[0])
    assert not (a.certainly_before(b) and b.certainly_before(a))
    if a.certainly_before(b):
        assert a.sort_key < b.sort_key


def test_dates_sort_by_the_day_by_which_they_have_happened() -> None:
    texts = ["2012-06-26", "2011", "2012", "2012-06", "2010~", "199X", "2012-12-31"]
    in_order = sorted(texts, key=lambda text: PartialDate.parse(text).sort_key)
    assert in_order == ["199X", "2010~", "2011", "2012-06-26", "2012-06", "2012", "2012-12-31"]


def test_dates_that_overlap_prove_nothing() -> None:
    month, day = PartialDate.parse("2026-03"), PartialDate.parse("2026-03-23")
    assert not month.certainly_before(day)
    assert not day.certainly_before(month)
