"""What every form of a difference says in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.difference.shapes import Difference, FieldChange, LostSource, PageChange, PageSort, RecordChange, Sort

NOTHING = "No change for readers."
PARTS = " › "

VERBS: Mapping[Sort, str] = {
    Sort.CHANGED: "changed",
    Sort.ADDED: "added",
    Sort.RENAMED: "renamed",
    Sort.MERGED: "merged into another",
    Sort.RETIRED: "retired",
    Sort.REMOVED: "removed",
}


def counted(number: int, one: str, many: str = "") -> str:
    """«1 record», «2 records»."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def headline(found: Difference) -> str:
    """One sentence: «3 records changed, 1 added; 12 more pages change; 1 fact lost a source.»"""
    if found.empty:
        return NOTHING
    parts = [_records(found), *_further(found)]
    line = "; ".join(filter(None, parts)) or f"No word changes; links or drawings change on {_pages(len(found.drawn))}"
    return f"{line}."


def _records(found: Difference) -> str:
    counts = [(len(found.of(sort)), verb) for sort, verb in VERBS.items() if found.of(sort)]
    first, *others = [f"{number:,} {verb}" for number, verb in counts] or [""]
    number, _, verb = first.partition(" ")
    start = f"{number} {'record' if number == '1' else 'records'} {verb}" if first else ""
    return ", ".join(filter(None, (start, *others)))


def _further(found: Difference) -> Iterable[str]:
    more = "more " if found.records else ""
    if others := len(found.others):
        yield f"{counted(others, more + 'page')} {'changes' if others == 1 else 'change'}"
    if found.statuses:
        yield f"{counted(len(found.statuses), 'status', 'statuses')} {_change(len(found.statuses))}"
    if found.lost:
        yield f"{counted(len(found.lost), 'fact')} lost a source"
    if found.dead:
        yield f"{counted(len(found.dead), 'address', 'addresses')} would die"


def _change(number: int) -> str:
    return "changes" if number == 1 else "change"


def _pages(number: int) -> str:
    return counted(number, "page")


def heading(record: RecordChange) -> str:
    """What became of a record: «Group SICA: changed», with its ids where they matter."""
    if record.sort is Sort.RENAMED:
        return f"renamed from {record.old} to {record.key[1]}"
    if record.sort is Sort.MERGED:
        return f"merged into {record.key[1]}; its id was {record.old}"
    if record.sort is Sort.ADDED:
        return f"added, with {counted(record.facts, 'fact')}"
    return f"retired. {record.because}" if record.because else VERBS[record.sort]


def place(change: FieldChange) -> str:
    """«History › Signed 2012-06-29 › Place»."""
    return PARTS.join(change.where)


def lost_in_words(lost: LostSource) -> str:
    """What a fact rested on, and rests on now."""
    was = "; ".join(lost.before)
    now = "; ".join(lost.after) if lost.after != lost.before else ""
    return f"{lost.loss.value}. It rested on: {was}." + (f" Now: {now}." if now else "")


@dataclass(frozen=True)
class Group:
    """Pages that change for the same reason."""

    reason: str
    pages: tuple[PageChange, ...]


def groups_of(found: Difference) -> tuple[Group, ...]:
    """The pages that change although no record of theirs did, by reason, the largest groups first."""
    reasons: dict[str, list[PageChange]] = {}
    for page in found.others:
        reasons.setdefault(_reason(page), []).append(page)
    made = [Group(reason, tuple(pages)) for reason, pages in reasons.items()]
    return tuple(sorted(made, key=lambda group: (group.reason == SITE, -len(group.pages), group.reason)))


SITE = "Listings, and pages over the whole catalogue"


def _reason(page: PageChange) -> str:
    if page.sort is PageSort.SITE or not page.because:
        return SITE
    return f"With {in_a_row(page.because)}" + (f", by way of {page.through[0]}" if page.through else "")


def in_a_row(names: Iterable[str]) -> str:
    """«a, b and c»."""
    *first, last = list(names)
    return f"{', '.join(first)} and {last}" if first else last


def some(names: list[str], most: int) -> str:
    """The first names of many, and how many more."""
    more = [f"{len(names) - most:,} more"] if len(names) > most else []
    return in_a_row([*names[:most], *more])
