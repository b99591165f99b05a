"""Pages that a host might show, for the tests of the look at cited addresses."""

from __future__ import annotations

from datetime import date, timedelta

from generator.links.fetch import Answer
from generator.links.words import fingerprint
from generator.model.links import Known

DAY = date(2026, 12, 7)
WEEK = timedelta(days=7)
HTML = {"content-type": "text/html"}
PROSE = (
    "The ministers of both regions met in Brussels and agreed on a programme for the years to come, with money for "
    "roads, schools and the borders between them; the parliaments were told, and the text was printed a month later."
)
OTHER = (
    "Buy cheap tickets here, play all night and win big prizes, no deposit is asked for and every new player gets one "
    "hundred free spins on the best machines of the city, so come in and try your luck before the offer ends tonight."
)


def html(title: str, words: str = PROSE, status: int = 200) -> Answer:
    return Answer(status, HTML, f"<title>{title}</title><p>{words}</p>".encode())


GOOD = Known(checked=DAY, seen=DAY, status=200, type="text/html", title="The summit of 2015", text=fingerprint(PROSE))
"""What is known of a page that is there."""
