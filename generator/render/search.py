"""What the search filters by, written into each page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from generator.derive.status import Standing

if TYPE_CHECKING:
    from generator.render.page import Page


def filters(
    page: Page,
    standing: Standing | None,
    countries: Iterable[str] = (),
    groups: Iterable[str] = (),
    themes: Iterable[str] = (),
    year: int | None = None,
) -> Markup:
    """What Pagefind filters by, as attributes that nobody sees."""
    kind = page.kind.singular if page.kind else ""
    pairs = [("kind", kind)]
    pairs += [("status", page.words.say(standing.status.label))] if standing else []
    pairs += [("country", page.party_name(id)) for id in dict.fromkeys(map(str, countries))]
    pairs += [("group", page.party_name(id)) for id in dict.fromkeys(map(str, groups))]
    pairs += [("theme", page.title("theme", id)) for id in dict.fromkeys(map(str, themes))]
    pairs += [("year", str(year))] if year else []
    spans = (f'<span data-pagefind-filter="{name}[data-v]" data-v="{escape(value)}"></span>' for name, value in pairs)
    meta = f'<span data-pagefind-meta="kind[data-v]" data-v="{escape(kind)}"></span>'
    return Markup(f"<div hidden>{meta}{''.join(spans)}</div>")
