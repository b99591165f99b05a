"""What readers are told of an address that no longer gives what was cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.model.links import Failure, Reason, bare
from generator.render.words import Words

if TYPE_CHECKING:
    from generator.render.page import Page

OTHER = frozenset({Reason.REPLACED, Reason.SOFT_404, Reason.FRONT_PAGE})
"""An answer came, but another one."""


def told(page: Page, address: str | None) -> Markup:
    """«Unreachable since 3 March 2027: page not found.», or nothing."""
    failure = known.dead if address and (known := page.links_known.get(bare(address))) else None
    return Markup('<span class="lost">{}</span>').format(sentence(failure, page.words)) if failure else Markup("")


def sentence(failure: Failure, words: Words) -> str:
    """The same as text."""
    if failure.reason in OTHER:
        pattern = words.say("No longer there since {date}: {reason}.")
    else:
        pattern = words.say("Unreachable since {date}: {reason}.")
    return pattern.format(date=words.day(failure.since), reason=words.say(failure.reason.label))
