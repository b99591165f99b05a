"""A difference for a terminal: what readers notice first stands first. Colour never stands alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.difference.sentences import counted, groups_of, heading, headline, lost_in_words, place, some
from generator.difference.shapes import Difference, FieldChange, RecordChange
from generator.difference.words import Mark, in_short, stretches

Paint = Callable[[str, str], str]
"""Gives a text the look of a word: `head`, `gone`, `new`, `warn`, `dim`."""
LONG = 48
"""Two texts that are longer together are told word by word."""
NAMED = 12


def as_text(found: Difference, paint: Paint = lambda text, look: text) -> str:
    """The whole difference as lines. `paint` colours them; without it nothing but text comes out."""
    return "\n".join(_lines(found, paint)) + "\n"


def _lines(found: Difference, paint: Paint) -> Iterator[str]:
    yield paint(f"Since {found.base}: {headline(found)}", "head")
    yield from (paint(f"Note: {note}", "warn") for note in found.notes)
    yield from _section("Statuses", _statuses(found, paint), paint)
    yield from _section("Facts that lost a source", _lost(found, paint), paint)
    yield from _section("Addresses that would die", _dead(found, paint), paint)
    for record in found.records:
        yield from _record(record, paint)
    yield from _section("Pages that change with them", _pages(found), paint)
    yield from _section("Numbers", _totals(found, paint), paint)


def _section(title: str, lines: Iterator[str], paint: Paint) -> Iterator[str]:
    told = list(lines)
    if told:
        yield from ("", paint(title, "head"), *told)


def _statuses(found: Difference, paint: Paint) -> Iterator[str]:
    for each in found.statuses:
        party = f", {each.party}" if each.party else ""
        yield f"  {each.title}{party}: {_arrow(each.before, each.after, paint)}"


def _lost(found: Difference, paint: Paint) -> Iterator[str]:
    for each in found.lost:
        yield f"  {paint('!', 'warn')} {each.title}: {' › '.join(each.where)}"
        yield f"      {lost_in_words(each)}"


def _dead(found: Difference, paint: Paint) -> Iterator[str]:
    for each in found.dead:
        yield f"  {paint('!', 'warn')} {each.address} ({each.title})"
        yield f"      {each.mend}"


def _record(record: RecordChange, paint: Paint) -> Iterator[str]:
    yield ""
    id = paint(f" ({record.key[1]})", "dim")
    yield f"{paint(f'{record.noun} {record.title}', 'head')}{id}: {heading(record)}"
    for change in record.fields:
        yield f"  {place(change)}"
        yield f"    {_values(change, paint)}"


def _values(change: FieldChange, paint: Paint) -> str:
    if change.order_only:
        return f"another order: {_line(change.after)}"
    if change.before is None:
        return paint(f"+ {_line(change.after)}", "new")
    if change.after is None:
        return paint(f"- {_line(change.before)}", "gone")
    before, after = _line(change.before), _line(change.after)
    if len(before) + len(after) <= LONG:
        return _arrow(before, after, paint)
    return "".join(_stretch(mark, text, paint) for mark, text in in_short(stretches(before, after)))


def _stretch(mark: Mark, text: str, paint: Paint) -> str:
    """Brackets as git writes them: they say the same without colour."""
    if mark is Mark.GONE:
        return paint(f"[-{text}-]", "gone")
    return paint(f"{{+{text}+}}", "new") if mark is Mark.NEW else text


def _arrow(before: str, after: str, paint: Paint) -> str:
    return f"{paint(before, 'gone')} → {paint(after, 'new')}"


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _pages(found: Difference) -> Iterator[str]:
    for group in groups_of(found):
        titles = [page.title or page.address for page in group.pages]
        yield f"  {group.reason} ({len(titles)}): {some(titles, NAMED)}"
    if found.drawn and found.pages:
        yield f"  On {counted(len(found.drawn), 'more page')} no word changes, only links or drawings."


def _totals(found: Difference, paint: Paint) -> Iterator[str]:
    for each in found.totals:
        yield f"  {each.group}, {each.label}: {_arrow(f'{each.before:,}', f'{each.after:,}', paint)}"
