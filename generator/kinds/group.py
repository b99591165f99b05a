"""Groups of countries, with dated membership."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from generator.model.edtf import PartialDate
from generator.model.evidence import Item, OtherName, Record
from generator.model.kind import Kind
from generator.model.parts import CountryRef, GroupRef
from generator.model.values import GROUP_ID, Date, Line, Many, Prose, Url, Vocabulary
from generator.problems import Code, Fault


class MemberRole(Vocabulary):
    """How a country belongs to a group."""

    MEMBER = ("member", "Member")
    ASSOCIATE = ("associate", "Associate")
    SUSPENDED = ("suspended", "Suspended member")
    OBSERVER = ("observer", "Observer")


class Membership(Item):
    """Countries that belong to a group from one day to another.

    `since` and `until` are left out where nobody found them; `until` is the last day.
    """

    marks: ClassVar[tuple[str, ...]] = ("role", "since")

    countries: Many[CountryRef] = Field(title="Countries")
    role: MemberRole = Field(MemberRole.MEMBER, title="Role")
    since: Date | None = Field(None, title="Since")
    until: Date | None = Field(None, title="Last day")


class GroupEvent(Item):
    """Something dated in the life of a group."""

    marks: ClassVar[tuple[str, ...]] = ("date",)

    date: Date = Field(title="Date")
    text: Line = Field(title="What happened")


class Group(Record):
    """A group of countries: a union, a community, a forum."""

    name: Line = Field(title="Name")
    short_name: Line | None = Field(None, title="Short name")
    other_names: Many[OtherName] = Field((), title="Other names")
    founded: Date | None = Field(None, title="Founded")
    ended: Date | None = Field(None, title="Ended")
    website: Url | None = Field(None, title="Website")
    summary: Prose | None = Field(None, title="Summary")
    members: Many[Membership] = Field((), title="Members")
    events: Many[GroupEvent] = Field((), title="History")
    predecessor: GroupRef | None = Field(None, title="Took over from")

    def may_be_member(self, country: str, on: PartialDate) -> bool | None:
        """Whether a country may have been a member on a date: None where it never was one."""
        rows = [row for row in self.members if country in row.countries and row.role in BOUND]
        if not rows:
            return None
        return any(_may_overlap(row, on) for row in rows)

    @property
    def title(self) -> str:
        return str(self.short_name or self.name)


def _may_overlap(row: Membership, on: PartialDate) -> bool:
    too_early = row.since is not None and on.certainly_before(row.since)
    too_late = row.until is not None and row.until.certainly_before(on)
    return not too_early and not too_late


BOUND = (MemberRole.MEMBER, MemberRole.SUSPENDED)
"""Roles in which a country may stand for its group."""


def leaves_after_joining(record: Group) -> Iterator[Fault]:
    """A group, and each membership, ends after it began."""
    if record.founded and record.ended and record.ended.certainly_before(record.founded):
        message = f"It ends in {record.ended} but begins in {record.founded}."
        yield Fault(("ended",), Code.END_BEFORE_START, message, "Swap or mend them.")
    for number, row in enumerate(record.members):
        if row.since and row.until and row.until.certainly_before(row.since):
            message = f"Membership ends in {row.until} but begins in {row.since}."
            yield Fault(("members", number, "until"), Code.END_BEFORE_START, message, "Swap or mend them.")


KIND = Kind("group", Group, "Groups", "Group", file="groups.yml", ids=GROUP_ID, checks=(leaves_after_joining,))
