"""What became of records over time, as far as git knows it: values in words, ready for feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from generator.model.catalogue import Key


@dataclass(frozen=True)
class Told:
    """One value that changed: where in the record, and a run of texts that were kept, went or came."""

    where: tuple[str, ...]
    run: tuple[tuple[str, str], ...]
    """Each text with its mark: `kept`, `gone` or `new`. Long texts that stayed are shortened."""
    item: bool = False
    """Whether it is a whole item of a list, which `where` names."""

    @property
    def came(self) -> bool:
        """Whether there was nothing before."""
        return all(mark == "new" for mark, _ in self.run)

    @property
    def went(self) -> bool:
        """Whether there is nothing any more."""
        return all(mark == "gone" for mark, _ in self.run)


@dataclass(frozen=True)
class Change:
    """What became of one record in one step."""

    sort: str
    """`added`, `changed`, `renamed`, `merged`, `retired` or `removed`."""
    kind: str
    id: str
    """The id after the step; of a record that went, the last one."""
    title: str
    facts: int
    old: str = ""
    """The former id of one that was renamed or merged."""
    because: str = ""
    """Why it was retired, as its tombstone says."""
    fields: tuple[Told, ...] = ()
    more: int = 0
    """How many values changed beside those in `fields`."""
    countries: tuple[str, ...] = ()
    """Those that it concerned before or after, by themselves or through a group."""
    themes: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return self.kind, self.id


@dataclass(frozen=True)
class Step:
    """One commit to the content."""

    revision: str
    when: datetime
    """When it came into the branch, in UTC."""
    changes: tuple[Change, ...]
    unread: int = 0
    """Records that were touched and of which nothing can be said, since one of the two states has a problem."""


@dataclass(frozen=True)
class Chronicle:
    """The newest steps, the newest first. Without git, or on a shallow clone, nothing is known."""

    known: bool = False
    steps: tuple[Step, ...] = ()
    began: datetime | None = None
    """When the repository began."""
    whole: bool = False
    """Whether the steps reach back to the beginning."""

    @property
    def changes(self) -> Iterator[tuple[Step, Change]]:
        """Every change with its step."""
        return ((step, change) for step in self.steps for change in step.changes)


def step_to(step: Step) -> dict[str, Any]:
    """A step as plain values, from which `step_from` makes it again."""
    return {**asdict(step), "when": step.when.isoformat()}


def step_from(told: dict[str, Any]) -> Step:
    """A step from plain values. Raises TypeError, KeyError or ValueError where they are none."""
    changes = (
        Change(
            **{
                **each,
                "fields": tuple(_told_from(one) for one in each["fields"]),
                "countries": tuple(each["countries"]),
                "themes": tuple(each["themes"]),
            }
        )
        for each in told["changes"]
    )
    return Step(told["revision"], datetime.fromisoformat(told["when"]), tuple(changes), told["unread"])


def _told_from(told: dict[str, Any]) -> Told:
    return Told(tuple(told["where"]), tuple((mark, text) for mark, text in told["run"]), told["item"])
