"""Measure every export by itself and all together: `python -m benchmarks.exports [COUNT …]`.

CPU seconds, and the memory at its highest: what an export adds to the catalogue, and for all together that of the whole
process. The catalogue is read once; each row runs in a process of its own that begins with it.
"""

from __future__ import annotations

import gc
import os
import resource
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.corpus import corpus
from generator.build import data_of
from generator.checking import check
from generator.derive import Views, derive
from generator.export.api import api_files
from generator.export.citations import citations
from generator.export.iati import iati_files
from generator.export.linked import linked_files
from generator.export.offered import offered
from generator.export.tables import tables
from generator.export.tables.csvw import csvw
from generator.export.tables.database import as_sqlite
from generator.export.tables.package import as_json, data_package
from generator.export.tables.rfc4180 import as_csv
from generator.export.tables.shapes import Table
from generator.export.tables.workbook import as_workbook
from generator.model.catalogue import Catalogue
from generator.read import read_folder
from generator.render import Site

TODAY = date(2026, 11, 23)
SITE = Site("Catalogue", "What two regions do together.", "https://git.example/catalogue", "https://catalogue.example/")
Files = Mapping[str, str | bytes]


@dataclass(frozen=True)
class World:
    """What an export is made from."""

    catalogue: Catalogue
    views: Views
    tables: tuple[Table, ...]


def _rows(world: World) -> Files:
    made = tables(world.catalogue, world.views, SITE.address)
    return {table.name: "" for table in made}


def _described(world: World) -> Files:
    texts = {f"tables/{table.name}.csv": as_csv(table) for table in world.tables}
    package = data_package(world.tables, texts, TODAY, SITE.name, SITE.address)
    whole = {"datapackage.json": as_json(package)}
    return {**texts, **whole, "csvw.json": as_json(csvw(world.tables, TODAY, SITE.name, SITE.address))}


def _all(world: World) -> Files:
    data = data_of(world.catalogue, world.views, SITE)
    offered(data, world.catalogue.kinds)
    return {**data, **citations(world.catalogue, world.views, SITE.name, SITE.address, {})}


def _statuses(world: World) -> Table:
    return next(table for table in world.tables if table.name == "statuses")


EXPORTS: Mapping[str, Callable[[World], Files]] = {
    "JSON API": lambda w: api_files(w.catalogue, w.views, SITE.name, SITE.description, SITE.address, {}),
    "tables, as rows": _rows,
    "CSV and descriptions": _described,
    "SQLite": lambda w: {"catalogue.sqlite": as_sqlite(w.tables)},
    "Excel": lambda w: {"catalogue.xlsx": as_workbook(w.tables, TODAY, SITE.name, SITE.address)},
    "IATI": lambda w: iati_files(w.catalogue, w.views, SITE.name, SITE.address),
    "linked data": lambda w: linked_files(w.catalogue, _statuses(w), SITE.name, SITE.address),
    "citations": lambda w: citations(w.catalogue, w.views, SITE.name, SITE.address, {}),
}
"""Each export; what is made from the tables has them ready."""


def main() -> None:
    """Print the rows of the real content, then of each size."""
    sizes = [int(text) for text in sys.argv[1:]] or [5000]
    print("exports of           records      CPU   + MB  files     MB written")
    if Path("content").is_dir():
        _measure("content", world_of(read_folder(Path("content"))[0]))
    for size in sizes:
        _measure(f"{size} synthetic", world_of(corpus(size)))


def world_of(files: Mapping[str, str | bytes]) -> World:
    """A catalogue and all that follows from it. Raises `ValueError` where the files have problems."""
    catalogue, problems = check(files)
    if problems:
        raise ValueError("\n".join(map(str, problems[:5])))
    views = derive(catalogue, TODAY)
    return World(catalogue, views, ())


def _measure(what: str, world: World) -> None:
    """All together first, since the tables are not there yet, as in a build."""
    count = sum(map(len, world.catalogue.records.values()))
    print(f"{what}: {count} records")
    whole = _row("all together", _all, world)
    ready = World(world.catalogue, world.views, tables(world.catalogue, world.views, SITE.address))
    for name, export in EXPORTS.items():
        _row(name, export, ready)
    print(f"{'':20} the whole process at its highest: {whole:.0f} MB")


def _row(name: str, export: Callable[[World], Files], world: World) -> float:
    cpu, before, peak, files, size = _in_child(lambda: export(world))
    print(f"{name:>28} {cpu:>8.2f}s {peak - before:>6.0f} {files:>6.0f} {size / 1e6:>14.1f}", flush=True)
    return peak


def _in_child(run: Callable[[], Files]) -> list[float]:
    """CPU seconds, the memory before and at its highest in MB, how many files and bytes: of one run."""
    sys.stdout.flush()
    reading, writing = os.pipe()
    if child := os.fork():
        os.close(writing)
        with os.fdopen(reading) as answer:
            told = answer.read()
        os.waitpid(child, 0)
        return [float(part) for part in told.split()]
    gc.disable()  # as in a build
    before = _resident()
    start = os.times()
    made = run()
    end = os.times()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = sum(len(data if isinstance(data, bytes) else data.encode()) for data in made.values())
    cpu = end.user + end.system - start.user - start.system
    os.write(writing, f"{cpu} {before} {peak} {len(made)} {size}".encode())
    os._exit(0)


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    main()
