"""What changes for readers between two states of the content, by meaning. Pure: two sides in, one value out.

Pages are built by the same program from both contents, for the same day and without git's dates, so what differs comes
from the content alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.difference.evidence import lost_sources
from generator.difference.pages import Changed, dead_addresses, page_changes, page_file
from generator.difference.records import compare_records, pair, record_changes
from generator.difference.shapes import Difference, PageSort, RecordChange, Side, Sort
from generator.difference.totals import moved_totals, status_changes
from generator.model.catalogue import Key

__all__ = ["Difference", "Side", "difference"]


def difference(before: Side, after: Side) -> Difference:
    """Compare two sides. Where one could not be built, only records are compared, and `notes` says so."""
    pairing = pair(before, after)
    compared = compare_records(before, after, pairing)
    changes = record_changes(compared, pairing, after.catalogue.kinds)
    lost, notes = lost_sources(compared), _notes(before, after)
    if before.views is None or after.views is None:
        return Difference(before.name, changes, lost=lost, notes=notes)
    changes, found = _seen(before, after, changes, pairing.now)
    return Difference(
        base=before.name,
        records=changes,
        statuses=status_changes(compared, before.views, after.views),
        lost=lost,
        dead=dead_addresses(before, after),
        pages=found.pages,
        totals=moved_totals(before.catalogue, after.catalogue, before.views, after.views),
        drawn=found.drawn,
        notes=notes,
    )


def _seen(
    before: Side, after: Side, changes: tuple[RecordChange, ...], now: Mapping[Key, str]
) -> tuple[tuple[RecordChange, ...], Changed]:
    """Leave out what is only another order, where no page shows it; then see which pages change and because of what."""
    every = page_changes(before, after, changes, now)
    shown = {page.after for page in every.pages if page.sort is PageSort.RECORD}
    kinds = {kind.name: kind for kind in after.catalogue.kinds}
    kept = []
    for change in changes:
        file = page_file(kinds[change.key[0]], change.key[1])
        if change.sort is Sort.CHANGED and file not in shown:
            change = replace(change, fields=tuple(field for field in change.fields if not field.order_only))
        if change.fields or change.sort is not Sort.CHANGED:
            kept.append(change)
    return tuple(kept), every if len(kept) == len(changes) else page_changes(before, after, tuple(kept), now)


def _notes(before: Side, after: Side) -> tuple[str, ...]:
    said = []
    for side, where in ((before, f"at {before.name}"), (after, "as it stands here")):
        if side.problems:
            count = "1 problem" if side.problems == 1 else f"{side.problems} problems"
            said.append(
                f"The content {where} has {count}, so what cannot be read of it is left out,"
                " and pages, numbers and statuses are not compared."
            )
    return tuple(said)
