"""Numbers that move and statuses that change, on the same day by the two catalogues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from generator.derive import Views
from generator.derive.figures import compare
from generator.derive.quality import quality
from generator.derive.statistics import CountryCount, statistics
from generator.derive.status import Standing
from generator.difference.records import Compared
from generator.difference.shapes import StatusChange, Total
from generator.model.catalogue import Catalogue, Key

Numbers = Mapping[tuple[str, str], int]

GROUPS = {
    "kinds": "Records",
    "agreement_statuses": "Agreements by status",
    "agreement_types": "Agreements by type",
    "programme_statuses": "Programmes by status",
    "programme_levels": "Programmes by level",
    "programme_decades": "Programmes by decade of start",
    "programme_themes": "Programmes by theme",
    "programme_instruments": "Programmes by what pays them",
    "dialogue_types": "Dialogues by type",
    "dialogue_years": "Dialogues by year",
    "tiers": "Sources by sort",
}
"""The counts of the statistics page, by the name they have there."""


def moved_totals(before: Catalogue, after: Catalogue, earlier: Views, later: Views) -> tuple[Total, ...]:
    """Every number of the statistics, of the figures and of the state of the facts that is not what it was."""
    old, new = dict(_numbers(before, earlier)), dict(_numbers(after, later))
    order = {group: n for n, group in enumerate(dict.fromkeys(group for group, _ in (*old, *new)))}
    keys = sorted({*old, *new}, key=lambda key: (order[key[0]], list(new).index(key) if key in new else -1, key))
    made = (Total(group, label, old.get((group, label), 0), new.get((group, label), 0)) for group, label in keys)
    return tuple(total for total in made if total.before != total.after)


def _numbers(catalogue: Catalogue, views: Views) -> Iterator[tuple[tuple[str, str], int]]:
    counted = statistics(catalogue, views)
    for name, group in GROUPS.items():
        for key, number in getattr(counted, name).items():
            yield (group, _label(catalogue, name, key)), number
    yield ("Dialogues by year", "not known"), counted.dialogues_without_year
    yield from _of_countries(catalogue, counted.countries)
    yield from _of_facts(catalogue, views.today)
    sets = compare(catalogue.of("figure"))
    yield ("Figures", "sets that compare"), len(sets.sets)
    yield ("Figures", "that stand alone"), len(sets.alone)


def _label(catalogue: Catalogue, name: str, key: Any) -> str:
    if key is None:
        return "not known"
    if name == "kinds":
        return next(kind.title for kind in catalogue.kinds if kind.name == key)
    if name == "programme_themes":
        found = catalogue.find("theme", key)
        return found.title if found else str(key)
    return f"{key}s" if name == "programme_decades" else str(getattr(key, "label", key))


def _of_countries(catalogue: Catalogue, counts: tuple[CountryCount, ...]) -> Iterator[tuple[tuple[str, str], int]]:
    for count in sorted(counts, key=lambda each: each.id):
        country = catalogue.find("country", count.id)
        for each in fields(count)[1:]:
            label = f"{country.title if country else count.id}: {each.name.replace('_', ' ')}"
            yield ("By country", label), getattr(count, each.name)


def _of_facts(catalogue: Catalogue, today: date) -> Iterator[tuple[tuple[str, str], int]]:
    states = quality(catalogue, today).kinds
    grades = sum((Counter(dict(state.facts)) for state in states), Counter())
    yield ("Facts", "all"), grades.total()
    for grade, number in grades.items():
        yield ("Facts", grade.label.lower()), number
    yield ("Facts", "places where sources disagree"), sum(state.disputed for state in states)
    yield ("Facts", "records without any source"), sum(state.unsourced for state in states)


def status_changes(compared: tuple[Compared, ...], earlier: Views, later: Views) -> tuple[StatusChange, ...]:
    """Each programme, agreement and dialogue, and each party of an agreement, whose status is not what it was."""
    return tuple(found for each in compared for found in _of_record(each, earlier, later))


def _of_record(each: Compared, earlier: Views, later: Views) -> Iterator[StatusChange]:
    name, title = each.kind.name, each.after.title
    before: Key = (name, each.before.id)
    if before not in earlier.spans or each.key not in later.spans:
        return
    whole = _said(earlier.standings.get(before)), _said(later.standings.get(each.key))
    if whole[0] != whole[1]:
        yield StatusChange(each.key, title, None, *whole)
    if name == "agreement":
        one, other = earlier.lives[each.before.id], later.lives[each.after.id]
        for party in sorted(one.parties.keys() & other.parties.keys()):
            said = _said(one.party_on(party, earlier.today)), _said(other.party_on(party, later.today))
            if said[0] != said[1] and said != whole:
                found = each.new.catalogue.party(party)
                yield StatusChange(each.key, title, found.title if found else party, *said)


def _said(standing: Standing | None) -> str:
    if standing is None:
        return "Not known"
    label = standing.status.label
    return label if standing.verified else f"{label} (not verified)"
