"""Feeds of what became of records: Atom and JSON Feed for each thing that can be followed."""

from __future__ import annotations

from datetime import UTC, datetime

from generator.derive import Views
from generator.derive.following import Subject, subjects
from generator.export.feeds.atom import atom
from generator.export.feeds.entries import Place, entries, steps_by_subject
from generator.export.feeds.json_feed import json_feed
from generator.export.feeds.shapes import Feed
from generator.model.catalogue import Catalogue
from generator.model.chronicle import Chronicle

NOWHERE = "https://catalogue.example/"
"""Stands for the address of a site that has none yet (RFC 2606)."""
WHAT = "Records that were added, changed, renamed or retired."
UNKNOWN = (
    "What became of records is not known to this copy of the site: it was built without the history of the files."
    " Feeds of a site that has it tell it again."
)


def feed_files(
    catalogue: Catalogue, views: Views, chronicle: Chronicle, site: str, address: str, repository: str = ""
) -> dict[str, str | bytes]:
    """All feeds, by path below the site's folder. `site` is its name, `address` its address.

    A feed that holds nothing has the time at which the repository began; where that is not known, the day for which
    the site is built.
    """
    home = address or NOWHERE
    listed = subjects(catalogue)
    found = steps_by_subject(chronicle, listed)
    place = Place(catalogue, home, repository)
    began = chronicle.began or datetime(*views.today.timetuple()[:3], tzinfo=UTC)
    atoms: dict[str, bytes] = {}
    items: dict[str, str] = {}
    made: dict[str, str | bytes] = {}
    for subject in listed:
        told = tuple(entries(subject, found[subject.stem], place))
        updated = max((entry.when for entry in told), default=began)
        feed = Feed(**_head(subject, chronicle, site, home), updated=updated, entries=told)
        for stem in (subject.stem, *subject.also):
            made[f"{stem}.atom"] = atom(feed, atoms)
            made[f"{stem}.json"] = json_feed(feed, items)
    return made


def _head(subject: Subject, chronicle: Chronicle, site: str, home: str) -> dict[str, str]:
    return {
        "stem": subject.stem,
        "title": f"{subject.title} – {site}",
        "subtitle": WHAT if chronicle.known else f"{WHAT} {UNKNOWN}",
        "page": f"{home}{subject.place}",
        "home": home,
        "site": site,
    }
