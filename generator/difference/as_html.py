"""A difference as one HTML file: the summary, then each changed page before and after, side by side.

It loads nothing and runs nothing: the site's stylesheet is in it, its queries for the width of the window turned into
queries for the width of a page's half, so that a page looks there as it does on a screen of that width.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.difference.page_html import alone, side_by_side
from generator.difference.sentences import PARTS, counted, groups_of, heading, headline, lost_in_words, place, some
from generator.difference.shapes import Difference, FieldChange, PageChange, PageSort, RecordChange
from generator.difference.words import Mark, stretches

MOST = 40
"""So many pages are shown; the rest are named."""
OPEN = 3
"""So many of them are open from the start."""
NAMED = 40

Trees = tuple[Mapping[str, str], Mapping[str, str]]


@dataclass(frozen=True)
class Look:
    """What pages are made to look like: the Markdown of the site as HTML, and its stylesheet; then the frame's own."""

    html: Callable[[str], str]
    css: str
    frame: str = ""


def as_html(found: Difference, trees: Trees, look: Look) -> str:
    """The whole file; `trees` are the pages before and after."""
    parts = [str(part) for part in (*_summary(found), *_pages(found, trees, look))]
    title = escape(f"What changes for readers since {found.base}")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{contained(look.css)}{look.frame}</style></head>\n"
        f'<body><main class="d"><h1>{title}</h1>\n' + "\n".join(parts) + "\n</main></body></html>\n"
    )


def contained(css: str) -> str:
    """A stylesheet that loads nothing, with the width of the window replaced by that of the part a page stands in."""
    bare = re.sub(r"@font-face\s*\{[^}]*\}|@import[^;]*;|</", "", css)
    bare = re.sub(r"url\([^)]*\)", "none", bare)
    return re.sub(r"@media\s+(?:screen\s+and\s+)?(?=\((?:min|max)-width)", "@container ", bare)


# -- the summary


def _summary(found: Difference) -> Iterator[Markup]:
    yield Markup('<p class="lead">{}</p>').format(headline(found))
    yield from (Markup('<p class="note">{}</p>').format(note) for note in found.notes)
    yield from _table(
        "Statuses",
        ("Record", "Before", "After"),
        [(PARTS.join(filter(None, (s.title, s.party))), *_sides(stretches(s.before, s.after))) for s in found.statuses],
    )
    lost = [(PARTS.join((each.title, *each.where)), lost_in_words(each)) for each in found.lost]
    yield from _table("Facts that lost a source", ("Fact", "What happened"), lost)
    dead = [(f"{each.address} ({each.title})", each.mend) for each in found.dead]
    yield from _table("Addresses that would die", ("Address", "What to do"), dead)
    if found.records:
        yield Markup("<h2>Records</h2>")
    for record in found.records:
        yield from _record(record)
    if found.others:
        yield Markup("<h2>Pages that change with them</h2><ul>{}</ul>").format(Markup("").join(_reasons(found)))
    totals = [(f"{t.group}, {t.label}", f"{t.before:,}", f"{t.after:,}") for t in found.totals]
    yield from _table("Numbers", ("Number", "Before", "After"), totals)


def _reasons(found: Difference) -> Iterator[Markup]:
    for group in groups_of(found):
        names = some([page.title or page.address for page in group.pages], NAMED)
        yield Markup("<li>{} ({}): {}</li>").format(group.reason, len(group.pages), names)


def _table(title: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]], level: str = "h2") -> Iterator[Markup]:
    if rows:
        yield Markup(f"<{level}>{{}}</{level}>{{}}").format(title, _rows(head, rows))


def _rows(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Markup:
    heads = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in head)
    lines = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            first,
            Markup("").join(
                Markup('<td data-l="{}">{}</td>').format(name, cell) for name, cell in zip(head[1:], rest, strict=True)
            ),
        )
        for first, *rest in rows
    )
    return Markup('<table class="d-t"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(heads, lines)


def _record(record: RecordChange) -> Iterator[Markup]:
    yield Markup("<h3>{} {}: {}</h3>").format(record.noun, record.title, heading(record))
    if record.fields:
        rows = [(place(change), *_cells(change)) for change in record.fields]
        yield _rows(("Field", "Before", "After"), rows)


def _cells(change: FieldChange) -> tuple[str, str]:
    if change.before is None or change.after is None or change.order_only:
        return change.before or "—", f"another order: {change.after}" if change.order_only else change.after or "—"
    return _sides(stretches(change.before, change.after))


def _sides(run: Sequence[tuple[Mark, str]]) -> tuple[Markup, Markup]:
    marks = {Mark.KEPT: Markup("{}"), Mark.GONE: Markup("<del>{}</del>"), Mark.NEW: Markup("<ins>{}</ins>")}
    old = Markup("").join(marks[mark].format(text) for mark, text in run if mark is not Mark.NEW)
    return old, Markup("").join(marks[mark].format(text) for mark, text in run if mark is not Mark.GONE)


# -- the pages

WHY = {
    PageSort.RECORD: "its record changed",
    PageSort.ADDED: "a new page",
    PageSort.REMOVED: "the page is gone",
    PageSort.SITE: "a listing, or a page over the whole catalogue",
}


def _pages(found: Difference, trees: Trees, look: Look) -> Iterator[Markup]:
    shown = found.pages[:MOST]
    if not shown:
        return
    yield Markup("<h2>Pages before and after</h2>")
    yield Markup(
        "<p>Words that went are <del>struck out</del>, words that came <ins>underlined</ins>; links do nothing.</p>"
    )
    for number, page in enumerate(shown):
        yield _page(page, trees, look, open=number < OPEN)
    if rest := found.pages[MOST:]:
        names = some([page.title or page.address for page in rest], NAMED)
        yield Markup("<p>{} not shown here: {}.</p>").format(
            counted(len(rest), "more page is", "more pages are"), names
        )


def _page(page: PageChange, trees: Trees, look: Look, *, open: bool) -> Markup:
    texts = [trees[n].get(file) if file else None for n, file in enumerate((page.before, page.after))]
    htmls = [_body(text, look) if text is not None else None for text in texts]
    sides = side_by_side(htmls[0], htmls[1]) if htmls[0] is not None and htmls[1] is not None else None
    halves = [
        _half(name, text, sides[n] if sides else alone(html))
        for n, (name, text, html) in enumerate(zip(("Before", "After"), texts, htmls, strict=True))
        if text is not None and html is not None
    ]
    return Markup(
        '<details class="d-p"{}><summary>{}<span>{}</span></summary><div class="d-2{}">{}</div></details>'
    ).format(
        Markup(" open") if open else "",
        page.title or page.address,
        WHY.get(page.sort) or f"with {', '.join(page.because) or 'the others'}",
        "" if len(halves) == 2 else " one",
        Markup("").join(halves),
    )


def _half(name: str, text: str, html: str) -> Markup:
    layout = "prose" if '\nlayout: "prose"' in text[:2000] else "record"
    return Markup(
        '<section class="d-s"><h3>{}</h3><div class="d-b"><div class="page {}">{}</div></div></section>'
    ).format(name, layout, Markup(html))


def _body(text: str, look: Look) -> str:
    """The HTML of a page's file without its front matter."""
    return look.html(re.sub(r"\A---\n.*?\n---\n", "", text, count=1, flags=re.DOTALL))
