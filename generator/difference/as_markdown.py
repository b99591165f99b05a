"""A difference for the page of a pull request: tables of Field, Before and After, cut to what such a page takes.

What stands in records is text here and nothing else: it makes no markup, no table cell and no link, mentions nobody
and refers to no issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.difference.sentences import counted, groups_of, heading, headline, lost_in_words, place, some
from generator.difference.shapes import Difference, FieldChange, PageChange, RecordChange
from generator.difference.words import Mark, in_short, stretches

LARGEST = 60_000
"""Bytes: a comment takes 65,536 letters, and the sentence on what was left out must fit in."""
CELL = 600
"""Letters of one cell."""
NAMED = 20

ACTS = re.compile(r"[\\`*_\[\]<>|~&^$!@#]|:(?=\S)|(?i:(?<=www))\.")
"""Signs in which Markdown, or those who link addresses and draw smileys, could see more than letters."""
CALLS = "@#"
"""What mentions people and issues is looked for after entities were resolved, so it needs something between."""
APART = "&#8203;"
"""A blank without width."""


def as_markdown(found: Difference) -> str:
    """The whole difference, or as much as fits and a sentence on the rest."""
    blocks = list(_blocks(found))
    kept: list[str] = []
    room = LARGEST - 400
    for number, block in enumerate(blocks):
        room -= len(block.encode()) + 1
        if room < 0:
            left = counted(len(blocks) - number, "more part")
            kept.append(f"_{left} of this report would not fit here. `catalogue diff` tells all of it._\n")
            break
        kept.append(block)
    return "\n".join(kept)


def escaped(text: str) -> str:
    """Any text, on one line, as Markdown that shows it and does nothing else."""
    return ACTS.sub(_inert, " ".join(text.split()))


def _inert(found: re.Match[str]) -> str:
    return f"{found[0]}{APART}" if found[0] in CALLS else f"&#{ord(found[0])};"


def _blocks(found: Difference) -> Iterator[str]:
    """What is cut, is cut from the end: what readers notice first stands first."""
    yield f"### What changes for readers\n\n**{escaped(headline(found))}** Compared with {escaped(found.base)}.\n"
    yield from (f"> [!NOTE]\n> {escaped(note)}\n" for note in found.notes)
    yield from _table(
        "Statuses",
        ("Record", "Before", "After"),
        [(_titled(each.title, each.party), escaped(each.before), escaped(each.after)) for each in found.statuses],
    )
    yield from _table(
        "Facts that lost a source",
        ("Fact", "What happened"),
        [(_titled(each.title, *each.where), _cut(lost_in_words(each))) for each in found.lost],
    )
    yield from _table(
        "Addresses that would die",
        ("Address", "What to do"),
        [(escaped(f"{each.address} ({each.title})"), escaped(each.mend)) for each in found.dead],
    )
    for record in found.records:
        yield _record(record)
    pages = [f"- {escaped(group.reason)} ({len(group.pages)}): {_names(group.pages)}" for group in groups_of(found)]
    if found.drawn and pages:
        pages.append(f"- On {counted(len(found.drawn), 'more page')} no word changes, only links or drawings.")
    if pages:
        yield "#### Pages that change with them\n\n" + "\n".join(pages) + "\n"
    yield from _table(
        "Numbers",
        ("Number", "Before", "After"),
        [(escaped(f"{each.group}, {each.label}"), f"{each.before:,}", f"{each.after:,}") for each in found.totals],
    )


def _titled(*parts: str | None) -> str:
    return escaped(" › ".join(filter(None, parts)))


def _names(pages: tuple[PageChange, ...]) -> str:
    return escaped(some([page.title or page.address for page in pages], NAMED))


def _table(title: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
    if rows:
        yield f"#### {title}\n\n{_rows(head, rows)}"


def _rows(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _record(record: RecordChange) -> str:
    title = f"#### {escaped(f'{record.noun} {record.title}')}: {escaped(heading(record))}\n"
    if not record.fields:
        return title
    rows: list[tuple[str, ...]] = [(escaped(place(change)), *_cells(change)) for change in record.fields]
    return f"{title}\n{_rows(('Field', 'Before', 'After'), rows)}"


def _cells(change: FieldChange) -> tuple[str, str]:
    if change.order_only:
        return _cut(change.before or ""), f"another order: {_cut(change.after or '')}"
    if change.before is None or change.after is None:
        return _cut(change.before) if change.before else "—", _cut(change.after) if change.after else "—"
    run = in_short(stretches(" ".join(change.before.split()), " ".join(change.after.split())), 80)
    return _marked(run, Mark.GONE, "del"), _marked(run, Mark.NEW, "ins")


def _marked(run: tuple[tuple[Mark, str], ...], wanted: Mark, tag: str) -> str:
    """One side of a comparison, its own words marked; the mark is ours, the words are escaped."""
    made, room = [], CELL
    for mark, text in run:
        if mark in (Mark.KEPT, wanted) and room > 0:
            part = text if len(text) <= room else text[:room] + " …"
            room -= len(text)
            words = escaped(part)
            inside = f"<{tag}>{words}</{tag}>" if mark is wanted else words
            made.append(f"{' ' * part.startswith(' ')}{inside}{' ' * part.endswith(' ')}" if words else " ")
    return "".join(made).strip() or "—"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return escaped(line if len(line) <= CELL else line[:CELL] + " …")
