"""What concerns a country, over all kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.derive.agreements import AgreementLife
from generator.derive.membership import Belonging, is_member
from generator.derive.status import Span, Standing, standing_on
from generator.kinds.agreement import Agreement
from generator.kinds.dialogue import Dialogue
from generator.kinds.group import MemberRole
from generator.model.catalogue import Catalogue
from generator.model.edtf import PartialDate
from generator.model.evidence import Record


@dataclass(frozen=True)
class Bond:
    """An agreement as one country sees it: by itself, or through a group that is party."""

    agreement: Agreement
    party: str
    spans: tuple[Span, ...]
    standing: Standing | None


@dataclass(frozen=True)
class CountryView:
    """All that concerns one country."""

    groups: tuple[Belonging, ...]
    bonds: tuple[Bond, ...]
    programmes: tuple[Record, ...]
    dialogues: tuple[Dialogue, ...]
    summits: tuple[Dialogue, ...]
    """Meetings of a group to which it belonged then."""
    border_areas: tuple[Record, ...]
    figures: tuple[Record, ...]
    organisations: tuple[Record, ...]

    @property
    def count(self) -> int:
        """How many records name the country, by itself or through a group."""
        ties = (self.bonds, self.programmes, self.dialogues, self.summits, self.border_areas, self.figures)
        return sum(map(len, ties))


def country_views(
    catalogue: Catalogue,
    lives: Mapping[str, AgreementLife],
    rows: Mapping[str, tuple[Belonging, ...]],
    today: date,
) -> Mapping[str, CountryView]:
    """The view of every country."""
    bonds = _bonds(catalogue, lives, today)
    meetings = _group_meetings(catalogue)
    return {
        country.id: _view(catalogue, country.id, rows.get(country.id, ()), bonds, meetings)
        for country in catalogue.of("country")
    }


def _view(
    catalogue: Catalogue,
    id: str,
    rows: tuple[Belonging, ...],
    bonds: Mapping[str, tuple[Bond, ...]],
    meetings: Mapping[str, tuple[Dialogue, ...]],
) -> CountryView:
    linked = _linked(catalogue, id)
    dialogues = tuple(d for d in linked["dialogue"].values() if isinstance(d, Dialogue))
    summits = {
        meeting.id: meeting
        for row in rows
        if row.row.role is MemberRole.MEMBER
        for meeting in meetings.get(row.group.id, ())
        if meeting.id not in linked["dialogue"] and is_member(row.row, *days_of(meeting))
    }
    return CountryView(
        groups=rows,
        bonds=bonds.get(id, ()),
        programmes=tuple(linked["programme"].values()),
        dialogues=dialogues,
        summits=tuple(summits.values()),
        border_areas=tuple(linked["border-area"].values()),
        figures=tuple(linked["figure"].values()),
        organisations=tuple(linked["organisation"].values()),
    )


NAMED_BY = {
    "programme": ("countries", "eu_countries"),
    "dialogue": ("parties", "countries"),
    "border-area": ("countries",),
    "figure": ("partners",),
    "organisation": ("country",),
}
"""The fields by which a record concerns a country; a place where something was held does not count."""


def _linked(catalogue: Catalogue, id: str) -> dict[str, dict[str, Record]]:
    found: dict[str, dict[str, Record]] = {kind: {} for kind in NAMED_BY}
    for link in catalogue.links_to.get(("country", id), ()):
        if link.kind in NAMED_BY and link.path[0] in NAMED_BY[link.kind]:
            found[link.kind][link.id] = catalogue.records[link.kind][link.id]
    return found


def _bonds(catalogue: Catalogue, lives: Mapping[str, AgreementLife], today: date) -> dict[str, tuple[Bond, ...]]:
    found: dict[str, list[Bond]] = {}
    for agreement in catalogue.of("agreement"):
        for party in agreement.parties:
            if catalogue.find("country", party):
                spans = lives[agreement.id].parties.get(str(party), ())
                found.setdefault(str(party), []).append(Bond(agreement, str(party), spans, standing_on(spans, today)))
    return {country: tuple(bonds) for country, bonds in found.items()}


def _group_meetings(catalogue: Catalogue) -> dict[str, tuple[Dialogue, ...]]:
    found: dict[str, list[Dialogue]] = {}
    for dialogue in catalogue.of("dialogue"):
        for party in dialogue.parties:
            found.setdefault(str(party), []).append(dialogue)
    return {group: tuple(dialogues) for group, dialogues in found.items()}


def days_of(dialogue: Dialogue) -> tuple[date, date]:
    """From which to which day a meeting, or the life of a standing dialogue, may reach."""
    if dialogue.date:
        return dialogue.date.earliest, dialogue.date.latest
    last = dialogue.end.latest if isinstance(dialogue.end, PartialDate) else date.max
    return dialogue.start.earliest if dialogue.start else date.min, last
