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

    MEMBER = ("member", "Member", "A full member.")
    ASSOCIATE = ("associate", "Associate", "Belongs to it without all rights.")
    SUSPENDED = ("suspended", "Suspended member", "A member whose rights are at rest.")
    OBSERVER = ("observer", "Observer", "Sits in without belonging.")


class Membership(Item):
    """Countries that belong to a group from one day to another.

    `since` and `until` are left out where nobody found them; `until` is the last day.
    """

    marks: ClassVar[tuple[str, ...]] = ("role", "since")

    countries: Many[CountryRef] = Field(title="Countries", examples=["[CR, GT, HN, NI, PA, SV]"])
    """The members that joined on one day, or that a source lists together."""
    role: MemberRole = Field(MemberRole.MEMBER, title="Role", examples=["associate"])
    """How they belong to it. Leave it out for full members."""
    since: Date | None = Field(None, title="Since", examples=["2013-06-27"])
    """The first day. Leave it out where nobody found it."""
    until: Date | None = Field(None, title="Last day", examples=["2013"])
    """The last day. Leave it out while they belong to it."""


class GroupEvent(Item):
    """Something dated in the life of a group."""

    marks: ClassVar[tuple[str, ...]] = ("date",)

    date: Date = Field(title="Date", examples=["2011-12-03"])
    """When it happened, as precise as the source."""
    text: Line = Field(title="What happened", examples=["Set up by the Declaration of Caracas."])
    """What happened, in one sentence."""


class Group(Record):
    """A group of countries: a union, a community, a forum."""

    name: Line = Field(title="Name", examples=["Central American Integration System"])
    """The official name, in English where there is one."""
    short_name: Line | None = Field(None, title="Short name", examples=["SICA"])
    """The name or the letters that readers use."""
    other_names: Many[OtherName] = Field(
        (), title="Other names", examples=["- {name: Sistema de la Integración Centroamericana, language: es}"]
    )
    """Official names in other languages."""
    founded: Date | None = Field(None, title="Founded", examples=["1991"])
    """When it was set up."""
    ended: Date | None = Field(None, title="Ended", examples=["2011"])
    """When it ceased to exist."""
    website: Url | None = Field(None, title="Website", examples=["https://www.sica.int"])
    """Its official site."""
    summary: Prose | None = Field(
        None,
        title="Summary",
        examples=[
            "Institutional frame of Central American integration, covering political, economic, social and "
            "environmental matters."
        ],
    )
    """Two to four plain sentences: what it is for and what it means for the EU."""
    members: Many[Membership] = Field(
        (), title="Members", examples=["- {countries: [DO], since: 2013-06-27, sources: [s9]}"]
    )
    """Who belongs to it and since when. What a group signs holds for its members of that day, so the days matter."""
    events: Many[GroupEvent] = Field(
        (),
        title="History",
        examples=["- {date: 1991-12-13, text: Six states sign the Protocol of Tegucigalpa., sources: [s8]}"],
    )
    """Dated steps in its life: treaties, names, ends."""
    predecessor: GroupRef | None = Field(None, title="Took over from", examples=["RIO-GROUP"])
    """The group that it took over from."""

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
