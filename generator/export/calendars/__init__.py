"""Calendars of what is dated in the catalogue: all, each dialogue, each country."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from generator.derive import Views
from generator.derive.calendars import calendars
from generator.export.calendars.events import Place, named
from generator.export.calendars.ical import calendar_text, event_text
from generator.model.catalogue import Catalogue

NOWHERE = "https://catalogue.example/"
"""Stands for the address of a site that has none yet (RFC 2606)."""


def calendar_files(
    catalogue: Catalogue, views: Views, changed: Mapping[str, date], site: str, address: str
) -> dict[str, str | bytes]:
    """All calendars, by path below the site's folder. `site` is its name, `address` its address.

    `changed` is the day of the last change of each content file, where it is known: an event has it as its time stamp,
    else the day for which the site is built.
    """
    place = Place(catalogue, address or NOWHERE, changed, views.today)
    listed = calendars(catalogue, views.happenings)
    every = named(listed[0].events, place)
    texts = {id(event.happening): event_text(event) for event in every}
    made: dict[str, str | bytes] = {}
    for calendar in listed:
        told = [texts[id(happening)] for happening in calendar.events]
        for stem in (calendar.stem, *calendar.also):
            made[f"{stem}.ics"] = calendar_text(calendar, told, site, place.address)
    return made
