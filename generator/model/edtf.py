"""Dates as the sources give them: a small subset of EDTF (ISO 8601-2:2019, levels 0 and 1).

`2012`, `2012-06`, `2012-06-26`, `199X`; `~` about, `?` uncertain, `%` both, at the end of a date;
intervals `2012/2016-05`, `2012/..` (no end), `2012/` (an end that nobody found). The precision written
is the precision kept: nothing here turns a year into a day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache
from typing import TypeVar

from babel import Locale

T = TypeVar("T")

DATE = re.compile(r"([0-9]{4}|[0-9]{3}X)(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)\Z")
FORMS = "Write 2012-06-26, 2012-06 or 2012."


class DateFault(ValueError):
    """A text that is no date. `impossible` tells 2012-02-30 from 30/2/2012."""

    def __init__(self, message: str, hint: str = FORMS, *, impossible: bool = False, mend: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.impossible = impossible
        self.mend = mend
        """The same date as it is written here, where the text can mean no other."""


class Precision(IntEnum):
    """How much of a date is known."""

    DECADE = 0
    YEAR = 1
    MONTH = 2
    DAY = 3


@dataclass(frozen=True)
class PartialDate:
    """A date as far as it is known.

    `earliest` and `latest` are the first and last day that it may mean; `text` is what was written.
    """

    text: str
    earliest: date
    latest: date
    precision: Precision
    approximate: bool = False
    uncertain: bool = False

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read one date. Raises `DateFault`."""
        return _parse_date(text)

    @property
    def year(self) -> int:
        """The first year that it may mean."""
        return self.earliest.year

    @property
    def sort_key(self) -> tuple[date, date]:
        """Orders dates by the last day they may mean: by then it has happened."""
        return self.latest, self.earliest

    def certainly_before(self, other: PartialDate) -> bool:
        """Whether every day this may mean is before every day the other may mean."""
        return self.latest < other.earliest

    def __str__(self) -> str:
        return self.text


class Open:
    """The end of what has no end (`..`)."""

    text = ".."

    def __repr__(self) -> str:
        return "OPEN"

    def __str__(self) -> str:
        return self.text


OPEN = Open()


@dataclass(frozen=True)
class Interval:
    """From one date to another. An `end` of None is one that nobody found."""

    text: str
    start: PartialDate
    end: PartialDate | Open | None

    @classmethod
    def parse(cls, text: str) -> Interval:
        """Read `start/end`. Raises `DateFault`."""
        return _parse_interval(text)

    @property
    def earliest(self) -> date:
        return self.start.earliest

    @property
    def latest(self) -> date:
        """The last day it may mean; `date.max` where the end is open or unknown."""
        return self.end.latest if isinstance(self.end, PartialDate) else date.max

    @property
    def year(self) -> int:
        return self.start.year

    @property
    def sort_key(self) -> tuple[date, date]:
        return self.latest if isinstance(self.end, PartialDate) else self.start.latest, self.earliest

    @property
    def uncertain(self) -> bool:
        return self.start.uncertain or (isinstance(self.end, PartialDate) and self.end.uncertain)

    @property
    def approximate(self) -> bool:
        return self.start.approximate or (isinstance(self.end, PartialDate) and self.end.approximate)

    def __str__(self) -> str:
        return self.text


When = PartialDate | Interval
"""A date or a stretch of time."""


def parse_when(text: str) -> When:
    """Read a date or an interval. Raises `DateFault`."""
    years = re.match(r"([0-9]{4})\s?[-–—]\s?([0-9]{4})\Z", text)
    if years and years[1] < years[2]:
        meant = f"{years[1]}/{years[2]}"
        raise DateFault(f"'{text}' is not a stretch of time.", f"Write {meant}.", mend=meant)
    return _parse_interval(text) if "/" in text else _parse_date(text)


def parse_end(text: str) -> PartialDate | Open:
    """Read an end: a date, or `..` for none. Raises `DateFault`."""
    try:
        return OPEN if text == ".." else _parse_date(text)
    except DateFault as error:
        hint = f"{FORMS[:-1]}; .. for no end." if error.hint == FORMS else error.hint
        raise DateFault(error.message, hint, impossible=error.impossible, mend=error.mend) from None


@lru_cache(maxsize=8192)
def _parse_date(text: str) -> PartialDate:
    found = DATE.match(text)
    if not found:
        hint, certain = _guess(text)
        raise DateFault(f"'{text}' is not a date.", hint, mend=certain)
    years, month, day, mark = found.groups()
    first, last, precision = _bounds(text, years, month, day)
    return PartialDate(text, first, last, precision, mark in ("~", "%"), mark in ("?", "%"))


def _bounds(text: str, years: str, month: str | None, day: str | None) -> tuple[date, date, Precision]:
    if years.endswith("X"):
        if month:
            raise DateFault(f"'{text}' names a month of an unknown year.", "Write 199X for the 1990s.")
        decade = int(years[:3] + "0")
        return _day(text, decade, 1, 1), _day(text, decade + 9, 12, 31), Precision.DECADE
    year = int(years)
    if month is None:
        return _day(text, year, 1, 1), _day(text, year, 12, 31), Precision.YEAR
    if day is None:
        first = _day(text, year, int(month), 1)
        return first, first.replace(day=monthrange(year, int(month))[1]), Precision.MONTH
    exact = _day(text, year, int(month), int(day))
    return exact, exact, Precision.DAY


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise DateFault(f"'{text}' is no day of the calendar.", "Look it up again.", impossible=True) from None


@lru_cache(maxsize=2048)
def _parse_interval(text: str) -> Interval:
    start_text, _, end_text = text.partition("/")
    if not start_text or "/" in end_text:
        hint, certain = _guess(text)
        hint = hint if hint != FORMS else "Write 2012/2016, 2012/.. or 2012/."
        what = "a date" if certain else "a stretch of time"
        raise DateFault(f"'{text}' is not {what}.", hint, mend=certain)
    same_month = re.match(r"([0-9]{4}-[0-9]{2}-)[0-9]{2}\Z", start_text)
    if same_month and re.match(r"[0-9]{2}\Z", end_text):
        _, certain = _certain(f"{same_month[1]}{end_text}")
        if certain:
            meant = f"{start_text}/{certain}"
            raise DateFault(f"'{end_text}' is not a date.", f"Write {meant}.", mend=meant)
    start = _end_of_interval(_parse_date, start_text, "", f"/{end_text}")
    end = None if end_text == "" else _end_of_interval(parse_end, end_text, f"{start_text}/", "")
    return Interval(text, start, end)


def _end_of_interval(parse: Callable[[str], T], text: str, before: str, after: str) -> T:
    """Read one end; a mend of it keeps the other."""
    try:
        return parse(text)
    except DateFault as error:
        mend = f"{before}{error.mend}{after}" if error.mend else None
        raise DateFault(error.message, error.hint, impossible=error.impossible, mend=mend) from None


def _guess(text: str) -> tuple[str, str | None]:
    """How another way of writing a date would be written here: a hint, and the date where it can mean no other."""
    found = re.match(r"([0-9]{1,2})[./ -]([0-9]{1,2})[./ -]([0-9]{4})\Z", text)
    if found:
        return _turned(int(found[1]), int(found[2]), int(found[3]))
    found = re.match(r"([0-9]{4})[./-]([0-9]{1,2})(?:[./-]([0-9]{1,2}))?\Z", text)
    if found:
        return _certain("-".join(f"{int(part):02}" for part in found.groups() if part))
    found = re.match(r"([0-9]{1,2})[./-]([0-9]{4})\Z", text)
    if found:
        return _certain(f"{found[2]}-{int(found[1]):02}")
    found = ABOUT.match(text)
    if found:
        return _certain(f"{found[1]}~")
    found = NAMED.match(text)
    month = _months().get(found["month"].casefold()) if found else None
    if found and month:
        day = found["day"] or found["late_day"]
        return _certain(f"{found['year']}-{month:02}" + (f"-{int(day):02}" if day else ""))
    return FORMS, None


def _turned(first: int, second: int, year: int) -> tuple[str, str | None]:
    """A date that ends with its year: certain where one number can only be the day, or both are the same."""
    if first <= 12 and second <= 12 and first != second and first and second:
        return f"Write {year}-{second:02}-{first:02}, or {year}-{first:02}-{second:02} if the month stands first.", None
    day, month = (second, first) if second > 12 else (first, second)
    return _certain(f"{year}-{month:02}-{day:02}")


def _certain(text: str) -> tuple[str, str | None]:
    try:
        _parse_date(text)
    except DateFault:
        return FORMS, None
    return f"Write {text}.", text


ABOUT = re.compile(r"(?:c\.|ca\.?|circa|about|around)\s?([0-9]{4}(?:-[0-9]{2}){0,2})\Z", re.IGNORECASE)
NAMED = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|\.|º)? (?:de )?)?(?P<month>[^\W\d_]{3,10})\.?"
    r"(?: (?P<late_day>[0-9]{1,2}),)? (?:de |del )?(?P<year>[0-9]{4})\Z"
)
"""26 June 2012, June 2012, June 26, 2012; 11 de junio de 2015, 1er juin 2015."""


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """The names of months in the languages of most sources, long and short, by CLDR."""
    found: dict[str, int] = {}
    for language in ("fr", "pt", "es", "en"):
        for width in ("abbreviated", "wide"):
            names = Locale.parse(language).months["format"][width]
            found |= {str(name).rstrip(".").casefold(): number for number, name in names.items()}
    return found
