"""What every form of a feed is made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from generator.export.feeds.entries import Entry

LICENCE = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")


@dataclass(frozen=True)
class Feed:
    """A feed before it is written in one form or another."""

    stem: str
    title: str
    subtitle: str
    page: str
    """The whole address of the page that it belongs to."""
    home: str
    """The address of the site."""
    site: str
    """The name of the site."""
    updated: datetime
    entries: tuple[Entry, ...]

    def url(self, ending: str) -> str:
        """Its own whole address."""
        return f"{self.home}{self.stem}{ending}"


def stamp(when: datetime) -> str:
    """A time as RFC 3339 has it, in UTC."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
