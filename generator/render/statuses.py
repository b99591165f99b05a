"""The lists by status: how each is headed, and all agreements by the stages of their lives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.derive.status import Status
from generator.model.edtf import When

if TYPE_CHECKING:
    from generator.render.page import Page

HEADS: Mapping[str, Mapping[Status, str]] = {
    "agreement": {
        Status.IN_FORCE: "Agreements in force on {date}",
        Status.PROVISIONAL: "Agreements provisionally applied on {date}",
        Status.SUSPENDED: "Agreements under suspension on {date}",
        Status.SIGNED: "Agreements signed by {date}, not applied",
        Status.INITIALLED: "Agreements initialled by {date}, not signed",
        Status.CONCLUDED: "Agreements concluded by {date}, not signed",
        Status.NEGOTIATING: "Agreements under negotiation on {date}",
        Status.TALKS_SUSPENDED: "Agreements with suspended talks on {date}",
        Status.TERMINATED: "Agreements terminated by {date}",
        Status.SUPERSEDED: "Agreements that others had replaced by {date}",
        Status.NOT_KNOWN: "Agreements of unknown status on {date}",
        Status.LEFT_TALKS: "Agreements whose talks were left by {date}",
    },
    "programme": {
        Status.RUNNING: "Programmes running on {date}",
        Status.ANNOUNCED: "Programmes still ahead on {date}",
        Status.ENDED: "Programmes that had ended by {date}",
        Status.NOT_KNOWN: "Programmes of unknown status on {date}",
    },
    "dialogue": {
        Status.RUNNING: "Dialogues running on {date}",
        Status.ANNOUNCED: "Dialogues still ahead on {date}",
        Status.HELD: "Meetings held by {date}",
        Status.ENDED: "Dialogues that had ended by {date}",
        Status.NOT_KNOWN: "Dialogues of unknown status on {date}",
    },
}
"""The head of each list."""


def head_of(page: Page, status: Status) -> str:
    """What the list of the page's kind in one status is called."""
    assert page.kind is not None
    return page.words.say(HEADS[page.kind.name][status]).format(date=page.words.day(page.views.today))


def numbers_of(page: Page, kind: str) -> Counter[Status | None]:
    """How many records of a kind have each status in its lists."""
    return Counter(found.status for (of, _), found in page.views.facets.items() if of == kind)


STAGES: tuple[tuple[str, tuple[Status, ...]], ...] = (
    ("Under negotiation", (Status.NEGOTIATING, Status.TALKS_SUSPENDED, Status.LEFT_TALKS)),
    ("Text agreed", (Status.CONCLUDED, Status.INITIALLED)),
    ("Signed", (Status.SIGNED,)),
    ("Provisionally applied", (Status.PROVISIONAL,)),
    ("In force", (Status.IN_FORCE,)),
    ("Suspended or ended", (Status.SUSPENDED, Status.TERMINATED, Status.SUPERSEDED)),
    ("Not known", (Status.NOT_KNOWN,)),
)
"""The columns, in the order of an agreement's life."""
SILENT = frozenset(
    {
        Status.NEGOTIATING,
        Status.CONCLUDED,
        Status.INITIALLED,
        Status.SIGNED,
        Status.PROVISIONAL,
        Status.IN_FORCE,
        Status.NOT_KNOWN,
    }
)
"""What the head of its column says already; of any other the cell says the word."""


@dataclass(frozen=True)
class StageCell:
    """When an agreement came to a stage; `now` tells that it is there today."""

    html: Markup
    now: bool = False


@dataclass(frozen=True)
class StageRow:
    """One agreement over all stages; a cell is None where it never came."""

    id: str
    cells: tuple[StageCell | None, ...]


@dataclass(frozen=True)
class Stages:
    """All agreements by the stages that any of them came to."""

    columns: tuple[str, ...]
    rows: tuple[StageRow, ...]


def stages_of(page: Page, ids: tuple[str, ...]) -> Stages:
    """The matrix of the agreements of these ids, in this order."""
    rows = [StageRow(id, tuple(_cell(page, id, statuses) for _, statuses in STAGES)) for id in ids]
    used = [n for n in range(len(STAGES)) if any(row.cells[n] for row in rows)]
    return Stages(
        tuple(page.words.say(STAGES[n][0]) for n in used),
        tuple(StageRow(row.id, tuple(row.cells[n] for n in used)) for row in rows),
    )


def _cell(page: Page, id: str, statuses: tuple[Status, ...]) -> StageCell | None:
    """The day on which the agreement first came to the stage, or to where it stands today."""
    standing, today = page.standing("agreement", id), page.views.today
    spans = [s for s in page.life(id).headline if s.status in statuses and s.may_begin() <= today]
    if standing is not None and standing.status in statuses:
        return StageCell(_said(page, standing.status, standing.since, standing.verified), now=True)
    if standing is None and Status.NOT_KNOWN in statuses:
        return StageCell(page.status(None), now=True)
    if not spans or spans[0].holds_from() > today:
        return None
    return StageCell(_said(page, spans[0].status, spans[0].since, spans[0].verified, mark=False))


def _said(page: Page, status: Status, since: When | None, verified: bool, *, mark: bool = True) -> Markup:
    w = page.words
    word = "" if status in SILENT and since else w.say(status.label)
    text = " ".join(filter(None, (word, w.short_date(since) if since else "")))
    unsure = Markup(' <span class="flag unsure"><span aria-hidden="true">?</span><span class="vh">{}</span></span>')
    flag = Markup("") if verified else unsure.format(w.say("not verified"))
    return (page.mark(status) if mark else Markup("")) + text + flag
