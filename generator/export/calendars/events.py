"""What is dated, as an event of a calendar: in words, with an id that stays."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.derive.calendars import days_of
from generator.derive.following import name_of
from generator.derive.happenings import Happening, Sort
from generator.kinds.agreement import OFTEN, RANK, EventType
from generator.kinds.group import MemberRole
from generator.model.catalogue import Catalogue
from generator.model.kind import Kind

OURS = uuid.UUID("0b6a4c52-6f0e-5b0c-9d7e-2f8a41c1d6f3")
"""The name space of our ids (RFC 9562, version 5; RFC 7986, section 5.3, asks for a UUID)."""
ONCE = frozenset({Sort.BEGAN, Sort.ENDED, Sort.SUMMIT, Sort.MEETING, Sort.DIALOGUE_BEGAN, Sort.DIALOGUE_ENDED})
"""What happens once in the life of a record, or of a phase with a name: its id stays when its day is corrected."""
NAMED = 4
"""Up to so many parties are named; more are counted."""
TIMES = {
    Sort.BEGAN: "begins",
    Sort.ENDED: "ends",
    Sort.DIALOGUE_BEGAN: "begins",
    Sort.DIALOGUE_ENDED: "ends",
}


@dataclass(frozen=True)
class Event:
    """One event, in plain texts."""

    happening: Happening
    uid: str
    first: date
    last: date
    stamp: date
    changed: bool
    """Whether `stamp` is the day on which the record's file changed; else it is the day of the site."""
    summary: str
    description: str
    url: str
    place: str
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """What events must know of the site."""

    catalogue: Catalogue
    address: str
    changed: Mapping[str, date]
    today: date

    def kind(self, name: str) -> Kind:
        return next(kind for kind in self.catalogue.kinds if kind.name == name)

    def name(self, kind: str, id: str) -> str:
        record = self.catalogue.find(kind, id)
        return name_of(kind, record) if record else id


def named(happenings: Iterable[Happening], place: Place) -> list[Event]:
    """The events of some dated things that have certain days, each with an id of its own."""
    listed = [(happening, days) for happening in happenings if (days := days_of(happening.when))]
    names = [_name(happening) for happening, _ in listed]
    twice = {name for name, number in Counter(names).items() if number > 1}
    dated = [f"{name}/{h.when}" if name in twice else name for name, (h, _) in zip(names, listed, strict=True)]
    seen: Counter[str] = Counter()
    made = []
    for name, (happening, days) in zip(dated, listed, strict=True):
        seen[name] += 1
        own = name if seen[name] == 1 else f"{name}/{seen[name]}"
        made.append(_event(happening, days, str(uuid.uuid5(OURS, own)), place))
    return made


def _name(h: Happening) -> str:
    """What an event is called among all: neither its place in a list nor, for what happens once, its day."""
    parts = (h.kind, h.id, h.sort, h.word or "", h.label or "", h.scope or "", ",".join(h.parties))
    once = h.sort in ONCE or (isinstance(h.word, EventType) and h.word in RANK and h.word not in OFTEN)
    return "/".join(map(str, parts)) + ("" if once else f"/{h.when}")


def _event(h: Happening, days: tuple[date, date], uid: str, place: Place) -> Event:
    kind = place.kind(h.kind)
    changed = place.changed.get(kind.file or f"{kind.folder}/{h.id}.yml")
    page = f"{place.address}{kind.page(h.id).removesuffix('.md')}/"
    url = f"{page}#{h.anchor}" if h.anchor else page
    return Event(
        happening=h,
        uid=uid,
        first=days[0],
        last=days[1],
        stamp=changed or place.today,
        changed=changed is not None,
        summary=_summary(h, place),
        description=_description(h, url, place),
        url=url,
        place=h.place or "",
        categories=(kind.title, h.sort.label),
    )


def _summary(h: Happening, place: Place) -> str:
    title, doubt = place.name(h.kind, h.id), "" if h.verified else " (not verified)"
    if h.sort in (Sort.JOINED, Sort.LEFT):
        return _membership(h, title, place) + doubt
    if h.sort in TIMES:
        return f"{title}{f', {h.label}' if h.label else ''} {TIMES[h.sort]}{doubt}"
    if h.sort in (Sort.SUMMIT, Sort.MEETING):
        return f"{title}{doubt}"
    said = h.label or (h.word.label if h.word else h.sort.label)
    told = [f"{h.scope} part"] if h.scope else []
    told += [_names(h.parties, place)] if h.kind == "agreement" and h.parties else []
    brackets = f" ({'; '.join(told)})" if told else ""
    return f"{title}: {said}{brackets}{doubt}"


def _membership(h: Happening, title: str, place: Place) -> str:
    names = _names(h.parties, place)
    if h.sort is Sort.JOINED and h.word is MemberRole.MEMBER:
        return f"{names} joined {title}"
    role = h.word.label.lower() if h.word else "member"
    return f"{names}: {'last day as ' if h.sort is Sort.LEFT else ''}{role} of {title}"


def _names(ids: tuple[str, ...], place: Place) -> str:
    found = sorted(place.name("group" if place.catalogue.find("group", id) else "country", id) for id in ids)
    return ", ".join(found) if len(found) <= NAMED else f"{len(found)} countries"


def _description(h: Happening, url: str, place: Place) -> str:
    kind = place.kind(h.kind).singular
    said = "A source gives this day." if h.verified else "Not verified: no source quite gives this day."
    return f"{kind}: {place.name(h.kind, h.id)}\n{h.sort.label}. {said}\nEvidence: {url}"
