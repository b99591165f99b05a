"""What follows from the records on a day: status, membership, what concerns whom.

Everything here is looked up by pages, data and «as of»; no rule of status or membership stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.derive.agreements import AgreementLife, life_of
from generator.derive.bibliography import Publication, bibliography
from generator.derive.countries import CountryView, country_views
from generator.derive.facets import Facets, facets_of
from generator.derive.happenings import Happening, happenings_of
from generator.derive.membership import Belonging, belongings
from generator.derive.related import Relation, related_views
from generator.derive.series import origins_of
from generator.derive.status import Span, Standing, spans_of_meeting, spans_of_times, standing_on
from generator.derive.themes import countries_by_theme
from generator.model.catalogue import Catalogue, Key
from generator.model.edtf import PartialDate, When
from generator.model.evidence import Record

__all__ = ["Views", "derive"]


@dataclass(frozen=True)
class Views:
    """All that is computed from the catalogue for one day."""

    today: date
    spans: Mapping[Key, tuple[Span, ...]]
    """The life of each programme, agreement and dialogue."""
    standings: Mapping[Key, Standing]
    """What holds of them today."""
    lives: Mapping[str, AgreementLife]
    belongings: Mapping[str, tuple[Belonging, ...]]
    countries: Mapping[str, CountryView]
    bibliography: tuple[Publication, ...]
    latest: Mapping[Key, When]
    """For records whose end is not known: the latest dated activity, phase or outcome."""
    related: Mapping[Key, tuple[Relation, ...]]
    """For each programme, agreement, dialogue and border area: what is related, strongest reason first."""
    origins: Mapping[Key, tuple[tuple[str, int], ...]]
    """For each record that a dialogue's outcome names: the dialogue, and the position of the outcome."""
    theme_countries: Mapping[str, tuple[tuple[str, int], ...]]
    """For each theme: the countries that its records name, and by how many, most first."""
    facets: Mapping[Key, Facets]
    """By what lists of agreements, programmes and dialogues are narrowed."""
    happenings: tuple[Happening, ...] = ()
    """Everything dated, from the first to the last."""


def derive(catalogue: Catalogue, today: date) -> Views:
    """Compute everything that pages and data look up."""
    lives = {agreement.id: life_of(agreement) for agreement in catalogue.of("agreement")}
    spans: dict[Key, tuple[Span, ...]] = {("agreement", id): life.headline for id, life in lives.items()}
    spans |= {("programme", p.id): spans_of_times(p) for p in catalogue.of("programme")}
    spans |= {
        ("dialogue", d.id): spans_of_meeting(d) if d.date else spans_of_times(d) for d in catalogue.of("dialogue")
    }
    standings = {key: found for key, life in spans.items() if (found := standing_on(life, today))}
    rows = belongings(catalogue)
    latest = {
        (kind, record.id): when
        for kind in ("programme", "dialogue")
        for record in catalogue.of(kind)
        if (when := latest_trace(record, today))
    }
    return Views(
        today,
        spans,
        standings,
        lives,
        rows,
        country_views(catalogue, lives, rows, today),
        bibliography(catalogue),
        latest,
        related_views(catalogue),
        origins_of(catalogue),
        countries_by_theme(catalogue),
        facets_of(catalogue, spans, standings, latest, today),
        happenings_of(catalogue),
    )


def latest_trace(record: Record, today: date) -> When | None:
    """The latest date up to today of an activity, outcome or phase."""
    past = [when for when in traces(record) if when.earliest <= today]
    return max(past, key=lambda when: when.earliest, default=None)


def traces(record: Record) -> list[When]:
    """All dates of activities, outcomes and phases."""
    items = [*getattr(record, "activities", ()), *getattr(record, "outcomes", ())]
    dates: list[When] = [item.date for item in items if item.date]
    for phase in getattr(record, "phases", ()):
        dates += [when for when in (phase.start, phase.end) if isinstance(when, PartialDate)]
    return dates
