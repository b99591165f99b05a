"""The pipeline, from top to bottom. It prints nothing, writes nothing and exits nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from generator.checking import Checked, Files, collector_paused, look
from generator.derive import Views, derive
from generator.export import export, former
from generator.export.api import api_files
from generator.export.calendars import calendar_files
from generator.export.citation_file import citation_file
from generator.export.citations import citations
from generator.export.discovery import discovery_files
from generator.export.feeds import feed_files
from generator.export.iati import iati_files
from generator.export.linked import dcat_files, linked_files
from generator.export.linked.dcat import About
from generator.export.linked.pages import with_linked_data
from generator.export.offered import SUMS, offered, sums
from generator.export.tables import table_files, tables
from generator.export.tables.shapes import Table
from generator.kinds import KINDS
from generator.model.catalogue import Catalogue
from generator.model.chronicle import Chronicle
from generator.model.kind import Kind
from generator.model.links import Ledger
from generator.problems import Problem
from generator.render import Site, cards_of, render
from generator.render.data import data_page
from generator.render.gone import beside_former
from generator.render.llms import llms
from generator.render.reading import readings
from generator.render.words import words_of


@dataclass(frozen=True)
class Built:
    """What a build makes: `tree` maps paths below the site's folder to texts, or to the bytes of what is no text."""

    tree: Mapping[str, str | bytes]
    problems: tuple[Problem, ...]


def build(
    files: Files,
    today: date,
    site: Site | None = None,
    kinds: tuple[Kind, ...] = KINDS,
    changed: Mapping[str, date] | None = None,
    links: Ledger | None = None,
    told: Callable[[Checked], Chronicle] = lambda checked: Chronicle(),
) -> Built:
    """Content in, pages and data out. The tree is empty where there are problems.

    `changed` is the day of the last change of each content file, as far as it is known; `links` is what the last look
    at the addresses that records cite found. `told` gives what became of records; it is asked when they are read, so
    that what did not change need not be read again.
    """
    with collector_paused():
        checked = look(files, kinds)
        if checked.problems:
            return Built({}, checked.problems)
        views = derive(checked.catalogue, today)
        dated = replace(site or Site(), changed=changed or {}, links=links or {}, chronicle=told(checked))
        return Built(tree_of(checked.catalogue, views, dated), ())


def tree_of(catalogue: Catalogue, views: Views, site: Site) -> dict[str, str | bytes]:
    """All that leaves: pages, what they need, the open data, and the pages once more for programs that read."""
    data = data_of(catalogue, views, site)
    files = offered(data, catalogue.kinds)
    pages = {**pages_of(catalogue, views, site), **data_page(catalogue, views, site, files)}
    told = with_linked_data(pages, catalogue, views, site.name, site.address, site.changed, files)
    words = words_of("en")
    read = readings(pages, site.address, words, words.day(views.today))
    made: dict[str, str | bytes] = {**told, **cards_of(catalogue, views, site), **data, **read}
    made.update(followed(catalogue, views, site))
    made.update(beside_former(made, former(catalogue, views)["redirects"]))
    whole = [(each.title, each.path, each.what) for each in files if not each.family]
    return {**made, "llms.txt": llms(made, catalogue, whole, site.name, site.description, site.address, words)}


def followed(catalogue: Catalogue, views: Views, site: Site) -> dict[str, str | bytes]:
    """What people follow: feeds of what became of records, calendars; and what tells programs of the site."""
    return {
        **feed_files(catalogue, views, site.chronicle, site.name, site.address, site.repository),
        **calendar_files(catalogue, views, site.changed, site.name, site.address),
        **discovery_files(site.name, site.description, site.address),
    }


def data_of(catalogue: Catalogue, views: Views, site: Site) -> dict[str, str | bytes]:
    """The open data."""
    cff = citation_file(site.name, site.description, site.address, site.repository, views.today)
    of_tables, spans = _tables(catalogue, views, site)
    data: dict[str, str | bytes] = {
        **of_tables,
        **api_files(catalogue, views, site.name, site.description, site.address, site.changed),
        **iati_files(catalogue, views, site.name, site.address),
        **linked_files(catalogue, spans, site.name, site.address),
        "api/v1/CITATION.cff": cff,
    }
    about = About(site.name, site.description, site.address, site.repository, site.changed)
    data |= dcat_files(offered(data, catalogue.kinds), catalogue, views.today, about)
    return {**data, SUMS: sums(data)}


def _tables(catalogue: Catalogue, views: Views, site: Site) -> tuple[dict[str, str | bytes], Table]:
    """The files of tables, and the table of statuses.

    What takes most memory comes first, and the other tables are let go before the next export begins.
    """
    made = tables(catalogue, views, site.address)
    spans = next(table for table in made if table.name == "statuses")
    return table_files(made, views.today, site.name, site.address), spans


def pages_of(catalogue: Catalogue, views: Views, site: Site) -> dict[str, str]:
    """The pages of a catalogue and the data that they look up: what two states are compared by."""
    cited = citations(catalogue, views, site.name, site.address, site.changed)
    return {**render(catalogue, views, site), **export(catalogue, views), **cited}
