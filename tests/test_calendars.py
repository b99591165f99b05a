"""Calendars of what is dated: read by icalendar and vobject, days as they are known, and what is left out counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
import vobject
from conftest import TODAY, base_files, catalogue_of
from hypothesis import given
from hypothesis import strategies as st
from tables_fixture import Published
from test_chronicle import edit

from generator.derive import derive
from generator.derive.calendars import days_of, left_out
from generator.derive.happenings import Happening, Sort
from generator.export.calendars import calendar_files
from generator.export.calendars.events import Place, named
from generator.export.calendars.ical import escaped, event_text, folded
from generator.model.catalogue import Catalogue
from generator.model.edtf import parse_when
from generator.verification.formats import calendar as ours

HOME = "https://catalogue.example/below/"


def files_of(catalogue: Catalogue, changed: Mapping[str, date] | None = None) -> dict[str, str]:
    found = calendar_files(catalogue, derive(catalogue, TODAY), changed or {}, "The, Catalogue", HOME)
    return {path: text for path, text in found.items() if isinstance(text, str)}


def events_in(text: str) -> dict[str, Any]:
    """The events of a calendar by their summary, as icalendar reads them."""
    return {str(event["SUMMARY"]): event for event in icalendar.Calendar.from_ical(text).walk("VEVENT")}


@pytest.fixture(scope="module")
def base() -> Catalogue:
    return catalogue_of(base_files())


@pytest.fixture(scope="module")
def real(published: Published) -> dict[str, str]:
    return files_of(published.catalogue)


def test_every_calendar_of_the_real_content_is_read_by_others(real: dict[str, str], published: Published) -> None:
    for path, text in real.items():
        assert not ours.fault_in(text.encode()), path
    whole = icalendar.Calendar.from_ical(real["calendars/all.ics"])
    assert not whole.errors
    other = vobject.readOne(real["calendars/all.ics"], validate=True)
    assert len(other.vevent_list) == len(whole.walk("VEVENT"))
    days = {str(e.uid.value): e.dtstart.value for e in other.vevent_list}
    assert days == {str(e["UID"]): e["DTSTART"].dt for e in whole.walk("VEVENT")}
    exact = Counter(h.when.earliest for h in published.views.happenings if days_of(h.when))
    assert Counter(days.values()) == exact


def test_what_is_left_out_is_counted_as_the_catalogue_has_it(real: dict[str, str], published: Published) -> None:
    """By the texts of the dates themselves, not by our own reading of them."""
    texts = [str(h.when) for h in published.views.happenings]
    exact = [text for text in texts if re.fullmatch(r"\d{4}-\d\d-\d\d(/\d{4}-\d\d-\d\d)?", text)]
    doubt = [text for text in texts if re.search("[~?%]", text)]
    endless = [text for text in texts if re.fullmatch(r"\d{4}-\d\d-\d\d/(\.\.)?", text)]
    vague = len(texts) - len(exact) - len(doubt) - len(endless)
    (calendar,) = icalendar.Calendar.from_ical(real["calendars/all.ics"], multiple=True)
    said = str(calendar["DESCRIPTION"])
    assert said.startswith(f"{len(exact)} events with an exact day.")
    assert f"certain: {len(texts) - len(exact)} ({vague} known by month or year only, {len(doubt)} dated" in said
    assert str(calendar["X-WR-CALDESC"]) in (said, escaped(said))  # a text or of no known type, as versions read it


def test_an_event_has_whole_days_and_ends_the_day_after_the_last(base: Catalogue) -> None:
    event = events_in(files_of(base)["calendars/dialogues/summit-2015.ics"])["Summit of 2015"]
    assert event["DTSTART"].dt == date(2015, 6, 10)
    assert event["DTEND"].dt == date(2015, 6, 12)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["URL"] == f"{HOME}dialogues/summit-2015/"
    assert event["LOCATION"] == "Brussels"
    assert event["STATUS"] == "CONFIRMED"
    assert event["TRANSP"] == "TRANSPARENT"
    assert list(event["CATEGORIES"].cats) == ["Dialogues", "Summit"]
    assert "LAST-MODIFIED" not in event
    assert event["DTSTAMP"].dt.date() == TODAY


def test_the_stamp_of_an_event_is_the_day_on_which_its_record_changed(base: Catalogue) -> None:
    files = files_of(base, {"dialogues/summit-2015.yml": date(2022, 3, 4)})
    event = events_in(files["calendars/dialogues/summit-2015.ics"])["Summit of 2015"]
    assert event["DTSTAMP"].dt.isoformat() == event["LAST-MODIFIED"].dt.isoformat() == "2022-03-04T00:00:00+00:00"


def test_steps_of_an_agreement_name_whom_they_concern(base: Catalogue) -> None:
    found = events_in(files_of(base)["calendars/all.ics"])
    assert found["EU–Andean Agreement: Signed (Peru)"]["DTSTART"].dt == date(2012, 6, 26)
    assert found["EU–Andean Agreement: Provisionally applied (trade part; Peru)"]
    assert found["EU–Andean Agreement: In force"]
    assert not [summary for summary in found if "Negotiations opened" in summary]  # 2007-06
    assert found["Spain joined EU"]


def test_what_no_source_says_is_marked_and_tentative(base: Catalogue) -> None:
    text = base_files()
    bare = edit(text["dialogues/summit-2015.yml"], ("evidence: {date: [s1]}\n", ""))
    catalogue = catalogue_of({**text, "dialogues/summit-2015.yml": bare})
    event = events_in(files_of(catalogue)["calendars/all.ics"])["Summit of 2015 (not verified)"]
    assert event["STATUS"] == "TENTATIVE"
    assert "Not verified" in event["DESCRIPTION"]


def test_a_series_holds_its_meetings_and_a_country_what_concerns_it(base: Catalogue) -> None:
    files = files_of(base)
    assert set(events_in(files["calendars/dialogues/summits.ics"])) == {"Summit of 2015", "Summit of 2015: Declaration"}
    assert "EU–Andean Agreement: Signed (Ecuador)" in events_in(files["calendars/countries/ec.ics"])
    assert "EU–Andean Agreement: Signed (Ecuador)" not in events_in(files["calendars/countries/pe.ics"])
    assert "Summit of 2015" in events_in(files["calendars/countries/gb.ics"])


def test_a_calendar_without_an_exact_day_is_valid_and_says_so(base: Catalogue) -> None:
    text = files_of(base)["calendars/countries/gf.ics"]
    read = icalendar.Calendar.from_ical(text)
    assert not read.walk("VEVENT")
    assert read.subcomponents  # section 3.6: a calendar holds something
    assert str(read["X-WR-CALDESC"]).startswith("No event with an exact day is known.")


def test_calendars_under_former_ids_and_of_retired_dialogues_stay() -> None:
    text = base_files()
    renamed = edit(text["dialogues/summit-2015.yml"], ("id: summit-2015", "id: brussels\naliases: [summit-2015]"))
    more = {key: value for key, value in text.items() if key != "dialogues/summit-2015.yml"}
    tomb = "sources: []\nrecords:\n  dialogue/gone: {name: Gone, retired: 2022-05-01, because: A double.}\n"
    files = files_of(catalogue_of({**more, "dialogues/brussels.yml": renamed, "retired.yml": tomb}))
    assert files["calendars/dialogues/summit-2015.ics"] == files["calendars/dialogues/brussels.ics"]
    assert not events_in(files["calendars/dialogues/gone.ics"])


# -- ids


def uids(text: dict[str, str]) -> dict[str, str]:
    found = events_in(files_of(catalogue_of(text))["calendars/all.ics"])
    return {summary: str(event["UID"]) for summary, event in found.items()}


def test_ids_are_given_once(real: dict[str, str]) -> None:
    found = re.findall(r"^UID:(.*)\r$", real["calendars/all.ics"], re.MULTILINE)
    assert len(found) == len(set(found)) > 300


def test_ids_stay_when_other_events_come_and_a_day_is_corrected() -> None:
    text = base_files()
    before = uids(text)
    agreement = edit(
        text["agreements/eu-andean.yml"],
        ("events:\n", "events:\n  - {date: 2006-01-02, event: mandate, sources: [s1]}\n"),
        ("{date: 2024-11-01, event: entry-into-force", "{date: 2024-11-02, event: entry-into-force"),
    )
    summit = edit(text["dialogues/summit-2015.yml"], ("date: 2015-06-10/2015-06-11", "date: 2015-06-09/2015-06-11"))
    after = uids({**text, "agreements/eu-andean.yml": agreement, "dialogues/summit-2015.yml": summit})
    assert {summary: after[summary] for summary in before} == before
    assert after.keys() - before.keys() == {"EU–Andean Agreement: Negotiating mandate"}


def test_events_of_one_name_and_day_are_two(base: Catalogue) -> None:
    happening = Happening("dialogue", "summits", Sort.ACTIVITY, parse_when("2020-01-01"), True, "Talk")
    made = named([happening, replace(happening)], Place(base, HOME, {}, TODAY))
    assert len({event.uid for event in made}) == 2


# -- days and texts


@pytest.mark.parametrize("text", ["2012", "2012-06", "199X", "2012-06-26?", "2012-06-26~", "2012-06-26%",
                                  "2012-06-26/..", "2012-06-26/", "2012-06-26/2012-07", "2012-06-26?/2012-06-27",
                                  "2012/2013"])  # fmt: skip
def test_no_day_is_made_of_what_is_none(text: str) -> None:
    happening = Happening("dialogue", "summits", Sort.ACTIVITY, parse_when(text), True, "Talk")
    assert days_of(happening.when) is None
    assert left_out([happening]).count == 1


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(9000, 1, 1)), st.integers(0, 400))
def test_every_day_is_kept(base: Catalogue, day: date, length: int) -> None:
    """In any year, over the change of summer time and leap days."""
    end = day + timedelta(days=length)
    when = parse_when(f"{day.isoformat()}/{end.isoformat()}")
    happening = Happening("dialogue", "summits", Sort.ACTIVITY, when, True, "Talk")
    (event,) = named([happening], Place(base, HOME, {}, TODAY))
    text = event_text(event)
    assert f"DTSTART;VALUE=DATE:{day.isoformat().replace('-', '')}\r\n" in text
    assert f"DTEND;VALUE=DATE:{(end + timedelta(days=1)).isoformat().replace('-', '')}\r\n" in text
    assert left_out([happening]).count == 0


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_any_text_reads_back_as_itself(base: Catalogue, text: str) -> None:
    happening = Happening("dialogue", "summits", Sort.ACTIVITY, parse_when("2020-12-31"), True, text, place=text)
    (event,) = named([happening], Place(base, HOME, {}, TODAY))
    written = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{event_text(event)}END:VCALENDAR\r\n"
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    (read,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    want = re.sub("[\x00-\x08\x0b-\x1f\x7f]", "\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if text:
        assert str(read["LOCATION"]) == want
        assert want in str(read["SUMMARY"])
    assert read["DTEND"].dt == date(2021, 1, 1)
    assert {str(name) for name in read} <= {
        "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "CATEGORIES", "STATUS",
        "TRANSP",
    }  # fmt: skip


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=400))
def test_folding_is_undone_by_taking_the_breaks_out(text: str) -> None:
    made = folded(text)
    assert made.replace("\r\n ", "") == text
    assert all(len(piece.encode()) <= 75 for piece in made.split("\r\n"))


def test_texts_are_escaped_by_the_rule() -> None:
    assert escaped("a, b; c\\d\r\ne\rf\x00") == "a\\, b\\; c\\\\d\\ne\\nf\ufffd"
