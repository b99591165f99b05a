"""The shapes of statuses: shape first, colour second, and always with the word."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup, escape

from generator.derive.status import Status
from generator.render.words import Words

SHAPES = {
    "negotiating": '<circle class="mk-c" cx="10" cy="10" r="8"/>',
    "signed": '<circle class="mk-c" cx="10" cy="10" r="8"/>',
    "provisional": '<circle class="mk-c" cx="10" cy="10" r="8"/><path class="mk-f" d="M10 2a8 8 0 0 1 0 16z"/>',
    "full": '<circle class="mk-f" cx="10" cy="10" r="9"/>',
    "held": '<circle class="mk-c" cx="10" cy="10" r="8"/><circle class="mk-f" cx="10" cy="10" r="4"/>',
    "ended": '<circle class="mk-c" cx="10" cy="10" r="8"/><path class="mk-c" d="M5.5 10h9"/>',
    "unknown": '<circle class="mk-c" cx="10" cy="10" r="8"/><text x="10" y="14.2" text-anchor="middle">?</text>',
}


@lru_cache(maxsize=64)
def mark(status: Status) -> Markup:
    """The shape of a status."""
    shape = SHAPES[status.mark]
    return Markup(f'<svg class="mk {status.mark}" aria-hidden="true" viewBox="0 0 20 20">{shape}</svg>')


@lru_cache(maxsize=256)
def told(status: Status, words: Words) -> Markup:
    """Shape and word."""
    return Markup(f'<span class="st">{mark(status)}{escape(words.say(status.label))}</span>')


@lru_cache(maxsize=1)
def one_of_each() -> Markup:
    """One of each shape, for the script that shows another day."""
    return Markup("").join(mark(status) for status in {status.mark: status for status in Status}.values())
