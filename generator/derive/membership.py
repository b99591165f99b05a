"""Who belongs to which group, and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.kinds.group import Group, MemberRole, Membership
from generator.model.catalogue import Catalogue
from generator.model.edtf import PartialDate

FULL = (MemberRole.MEMBER,)


@dataclass(frozen=True)
class Belonging:
    """One country in one group, as one row of the group tells it."""

    group: Group
    country: str
    row: Membership
    position: int
    """Of the row in the group's `members`."""

    @property
    def over(self) -> bool:
        return self.row.until is not None

    def on(self, day: date) -> bool:
        """Whether the country belonged on a day. An undated side counts as always."""
        return is_member(self.row, day, day)


def is_member(row: Membership, first: date, last: date) -> bool:
    """Whether a row certainly holds on some day from `first` to `last`, where its dates are known."""
    begun = row.since is None or row.since.latest <= last
    return begun and (row.until is None or row.until.earliest >= first)


def belongings(catalogue: Catalogue) -> Mapping[str, tuple[Belonging, ...]]:
    """For each country, its rows in all groups, sorted by group and date."""
    found: dict[str, list[Belonging]] = defaultdict(list)
    for group in catalogue.of("group"):
        for position, row in enumerate(group.members):
            for country in row.countries:
                found[str(country)].append(Belonging(group, str(country), row, position))
    return {country: tuple(rows) for country, rows in sorted(found.items())}


def members_on(group: Group, when: PartialDate) -> tuple[str, ...]:
    """The members of a group as of a date: what `parties: [EU]` means for an event of that date."""
    rows = (row for row in group.members if row.role in FULL and is_member(row, when.earliest, when.latest))
    return tuple(sorted({str(country) for row in rows for country in row.countries}))


def expand(catalogue: Catalogue, party: str, when: PartialDate) -> tuple[str, ...]:
    """A party as countries: itself, or the members of the group on that date."""
    group = catalogue.find("group", party)
    return members_on(group, when) if group else (party,)


@dataclass(frozen=True)
class Roll:
    """Who belongs to a group on a day, by role, and who did before. A row without a beginning counts as always."""

    now: Mapping[MemberRole, tuple[str, ...]]
    former: tuple[str, ...]
    """Members once, in no role today."""


def roll_of(group: Group, day: date) -> Roll:
    """The roll of a group. One that has ended has nobody left: all its members are former ones."""
    over = group.ended is not None and group.ended.latest < day
    now: dict[MemberRole, set[str]] = defaultdict(set)
    for row in group.members:
        if not over and is_member(row, day, day):
            now[row.role] |= set(map(str, row.countries))
    there = set().union(*now.values()) if now else set()
    begun = [row for row in group.members if row.role in FULL and (row.since is None or row.since.earliest <= day)]
    former = {str(country) for row in begun for country in row.countries} - there
    return Roll({role: tuple(sorted(now[role])) for role in MemberRole if now.get(role)}, tuple(sorted(former)))
