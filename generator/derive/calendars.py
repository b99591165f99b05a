"""Which dated things a calendar can hold, and which calendars there are.

A calendar knows whole days and nothing less: what is known by month or year, about, or with a mark of doubt is left out
and counted, since any day for it would be made up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from generator.derive.following import name_of
from generator.derive.happenings import Happening
from generator.derive.series import meetings_of
from generator.model.catalogue import Catalogue
from generator.model.edtf import PartialDate, Precision, When
from generator.model.kind import Kind

ALL = "calendars/all"


@dataclass(frozen=True)
class Left:
    """How many dated things a calendar leaves out, and why."""

    vague: int = 0
    """Known by month, year or decade only."""
    doubtful: int = 0
    """Told as «about», or with a mark of doubt."""
    endless: int = 0
    """With a first day, and a last one that nobody found."""

    @property
    def count(self) -> int:
        return self.vague + self.doubtful + self.endless


@dataclass(frozen=True)
class Calendar:
    """A calendar before it is written."""

    stem: str
    """Its address without the ending: `calendars/dialogues/eu-lac-summits`."""
    title: str
    place: str
    """The address of the page that it belongs to, below the top of the site."""
    events: tuple[Happening, ...]
    left: Left
    also: tuple[str, ...] = field(default=())
    """Stems that it had under former ids, where it still stands."""


def days_of(when: When) -> tuple[date, date] | None:
    """The first and the last day; None where they are not certainly these."""
    dates = _ends(when)
    if any(not isinstance(each, PartialDate) or _is_doubtful(each) or _is_vague(each) for each in dates):
        return None
    return when.earliest, when.latest


def left_out(happenings: Iterable[Happening]) -> Left:
    """What of some dated things no calendar can hold; each is counted once."""
    vague = doubtful = endless = 0
    for happening in happenings:
        dates = [each for each in _ends(happening.when) if isinstance(each, PartialDate)]
        if any(map(_is_doubtful, dates)):
            doubtful += 1
        elif any(map(_is_vague, dates)):
            vague += 1
        elif len(dates) < len(_ends(happening.when)):
            endless += 1
    return Left(vague, doubtful, endless)


def _ends(when: When) -> tuple[object, ...]:
    return (when,) if isinstance(when, PartialDate) else (when.start, when.end)


def _is_doubtful(when: PartialDate) -> bool:
    return when.uncertain or when.approximate


def _is_vague(when: PartialDate) -> bool:
    return when.precision is not Precision.DAY


def calendars(catalogue: Catalogue, happenings: Iterable[Happening]) -> tuple[Calendar, ...]:
    """One of all, one for each dialogue with the meetings of its series, one for each country; empty ones too.

    A retired dialogue or country keeps an empty one: an address that somebody follows must not die.
    """
    every = tuple(happenings)
    by_dialogue: dict[str, list[Happening]] = defaultdict(list)
    by_country: dict[str, list[Happening]] = defaultdict(list)
    for happening in every:
        if happening.kind == "dialogue":
            by_dialogue[happening.id].append(happening)
        for country in happening.countries:
            by_country[country].append(happening)
    found = [_calendar(ALL, "All dates", "", every)]
    for kind in catalogue.kinds:
        for record in catalogue.of(kind.name) if kind.name in ("dialogue", "country") else ():
            told = by_country[record.id]
            if kind.name == "dialogue":
                ids = dict.fromkeys((record.id, *(meeting.id for meeting in meetings_of(record, catalogue))))
                told = sorted((h for id in ids for h in by_dialogue[id]), key=lambda h: h.key)
            found.append(_of_record(catalogue, kind, record.id, name_of(kind.name, record), told))
        found += _of_retired(catalogue, kind)
    return tuple(found)


def _calendar(stem: str, title: str, place: str, told: Iterable[Happening], also: tuple[str, ...] = ()) -> Calendar:
    every = tuple(told)
    return Calendar(stem, title, place, tuple(h for h in every if days_of(h.when)), left_out(every), also)


def _of_record(catalogue: Catalogue, kind: Kind, id: str, title: str, told: Iterable[Happening]) -> Calendar:
    former = sorted(alias for (of, alias), now in catalogue.aliases.items() if (of, now) == (kind.name, id))
    also = tuple(stem_of(kind, alias) for alias in former)
    return _calendar(stem_of(kind, id), title, f"{kind.section}/{id.lower()}/", told, also)


def _of_retired(catalogue: Catalogue, kind: Kind) -> Iterator[Calendar]:
    for key, tombstone in catalogue.retired.items():
        if key == tombstone.was and key[0] == kind.name and kind.name in ("dialogue", "country"):
            also = tuple(stem_of(kind, str(alias)) for alias in tombstone.aliases)
            place = f"{kind.section}/{key[1].lower()}/"
            yield _calendar(stem_of(kind, key[1]), str(tombstone.name), place, (), also)


def stem_of(kind: Kind, id: str) -> str:
    """The stem of the calendar of a dialogue or country."""
    return f"calendars/{kind.section}/{id.lower()}"
