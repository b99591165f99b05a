"""A calendar as iCalendar (RFC 5545, with the properties of RFC 7986).

Written by hand: lines of a name and a value, a rule for texts and one for long lines. The library that reads them in
the tests takes five times as long to write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from generator.derive.calendars import Calendar, Left
from generator.export.calendars.events import Event

LONGEST = 75
"""Octets of a line before its end (section 3.1)."""
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
"""What no text may hold (section 3.1, CONTROL)."""
NO_TIME = (
    "BEGIN:VTIMEZONE",
    "TZID:Etc/UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)
"""Stands in a calendar without events, which must hold something (section 3.6)."""


def calendar_text(calendar: Calendar, events: Iterable[str], site: str, address: str) -> str:
    """The whole file. `events` are written already; `site` is the name of the site."""
    told = "".join(events)
    title = f"{calendar.title} – {site}"
    about = in_words(calendar)
    head = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{escaped(site)}//Catalogue//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{escaped(title)}",
        f"X-WR-CALNAME:{escaped(title)}",
        f"DESCRIPTION:{escaped(about)}",
        f"X-WR-CALDESC:{escaped(about)}",
        f"URL:{address}{calendar.place}",
        f"SOURCE;VALUE=URI:{address}{calendar.stem}.ics",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
    )
    return _lines(head) + (told or _lines(NO_TIME)) + _lines(("END:VCALENDAR",))


def in_words(calendar: Calendar) -> str:
    """How many events a calendar holds, and what it leaves out."""
    number = len(calendar.events)
    held = f"{_counted(number, 'event')} with an exact day." if number else "No event with an exact day is known."
    return " ".join((held, *_left_in_words(calendar.left), "Content under CC BY 4.0."))


def _left_in_words(left: Left) -> Iterator[str]:
    if left.count:
        reasons = (
            (left.vague, "known by month or year only"),
            (left.doubtful, "dated about or with doubt"),
            (left.endless, "without a known last day"),
        )
        said = ", ".join(f"{number:,} {why}" for number, why in reasons if number)
        yield f"Left out, since no exact day is certain: {left.count:,} ({said})."


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one if number == 1 else one + 's'}"


def event_text(event: Event) -> str:
    """One event of whole days; DTEND is the day after the last (section 3.6.1)."""
    return _lines(_event(event))


def _event(event: Event) -> Iterator[str]:
    stamp = f"{_day(event.stamp)}T000000Z"
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{stamp}"
    if event.changed:
        yield f"LAST-MODIFIED:{stamp}"
    yield f"DTSTART;VALUE=DATE:{_day(event.first)}"
    if event.last < date.max:
        yield f"DTEND;VALUE=DATE:{_day(event.last + timedelta(days=1))}"
    yield f"SUMMARY:{escaped(event.summary)}"
    yield f"DESCRIPTION:{escaped(event.description)}"
    if event.place:
        yield f"LOCATION:{escaped(event.place)}"
    yield f"URL:{event.url}"
    yield f"CATEGORIES:{','.join(map(escaped, event.categories))}"
    yield f"STATUS:{'CONFIRMED' if event.happening.verified else 'TENTATIVE'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def escaped(text: str) -> str:
    """A value of the type TEXT (section 3.3.11)."""
    lines = CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return lines.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{folded(line)}\r\n" for line in lines)


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of which cuts a letter in two (section 3.1)."""
    if len(line) * 4 <= LONGEST or len(line.encode()) <= LONGEST:
        return line
    pieces, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LONGEST:
            pieces.append("")
            size = 1  # the blank that begins a folded piece
        pieces[-1] += letter
        size += octets
    return "\r\n ".join(pieces)
