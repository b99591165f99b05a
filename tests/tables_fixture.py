"""The open data of the real content, made once and written as a user has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import HERE, TODAY

from generator.build import data_of
from generator.checking import check
from generator.derive import Views, derive
from generator.export.tables import tables
from generator.export.tables.shapes import Table
from generator.model.catalogue import Catalogue
from generator.read import read_folder
from generator.render import Site
from generator.write import write

ADDRESS = "https://catalogue.example/"
SITE = Site("Catalogue", "What the two regions do together.", "https://git.example/catalogue", ADDRESS)


@dataclass(frozen=True)
class Published:
    """The catalogue, its tables, all files of open data, and the folder `api/v1` that holds them."""

    catalogue: Catalogue
    views: Views
    tables: tuple[Table, ...]
    files: Mapping[str, str | bytes]
    folder: Path

    def named(self, name: str) -> Table:
        """One of the tables."""
        return next(table for table in self.tables if table.name == name)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """All open data of the real content on a fixed day."""
    catalogue, problems = check(read_folder(HERE.parent / "content")[0])
    assert not problems
    views = derive(catalogue, TODAY)
    files = data_of(catalogue, views, SITE)
    folder = tmp_path_factory.mktemp("data")
    write(files, folder)
    return Published(catalogue, views, tables(catalogue, views, ADDRESS), files, folder / "api" / "v1")
