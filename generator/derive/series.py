"""Series of meetings: which meetings there are, where one stands among them, what came out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.kinds.dialogue import Dialogue, Outcome
from generator.model.catalogue import Catalogue, Key


@dataclass(frozen=True)
class SeriesPosition:
    """Where one meeting stands in its series, of those that are recorded, by date."""

    series: str
    number: int
    of: int
    previous: str | None
    next: str | None


def meetings_of(record: Dialogue, catalogue: Catalogue) -> tuple[Dialogue, ...]:
    """The meetings of a series, by date."""
    links = catalogue.links_to.get(("dialogue", record.id), ())
    ids = dict.fromkeys(link.id for link in links if link.path[:1] == ("series",))
    found = [record for record in catalogue.of("dialogue") if record.id in ids]
    return tuple(sorted(found, key=lambda meeting: (_first_day(meeting), meeting.id)))


def numbers_of(meetings: tuple[Dialogue, ...]) -> tuple[str, ...]:
    """What each meeting is called in a drawing and a table: its number, or its position where one has none."""
    own = [meeting.series.number if meeting.series else None for meeting in meetings]
    known = all(number is not None for number in own) and len(set(own)) == len(own)
    return tuple(str(number if known else position) for position, number in enumerate(own, 1))


def position_of(record: Dialogue, catalogue: Catalogue) -> SeriesPosition | None:
    """Where a meeting stands in its series; None where it belongs to none."""
    series = catalogue.find("dialogue", record.series.of) if record.series else None
    if series is None or series.id == record.id:
        return None
    ids = [meeting.id for meeting in meetings_of(series, catalogue)]
    if record.id not in ids:
        return None
    at = ids.index(record.id)
    before = ids[at - 1] if at else None
    return SeriesPosition(series.id, at + 1, len(ids), before, ids[at + 1] if at + 1 < len(ids) else None)


def led_to(outcome: Outcome) -> tuple[Key, ...]:
    """The agreement, programme and dialogue that an outcome names."""
    named = (("agreement", outcome.agreement), ("programme", outcome.programme), ("dialogue", outcome.dialogue))
    return tuple((kind, str(id)) for kind, id in named if id)


def origins_of(catalogue: Catalogue) -> dict[Key, tuple[tuple[str, int], ...]]:
    """For each record that an outcome names: the dialogues, each with the position of the outcome."""
    found: dict[Key, list[tuple[str, int]]] = {}
    for dialogue in catalogue.of("dialogue"):
        for position, outcome in enumerate(dialogue.outcomes):
            for kind, id in led_to(outcome):
                record = catalogue.find(kind, id)
                if record is not None and (kind, record.id) != ("dialogue", dialogue.id):
                    found.setdefault((kind, record.id), []).append((dialogue.id, position))
    return {key: tuple(origins) for key, origins in found.items()}


def _first_day(meeting: Dialogue) -> date:
    """The first day of a meeting; what has no date comes last."""
    when = meeting.date or meeting.start
    return when.earliest if when else date.max
