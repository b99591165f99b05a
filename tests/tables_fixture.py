"""The tables of the real content, made once and written as a user has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import HERE, TODAY

from generator.checking import check
from generator.derive import Views, derive
from generator.export.tables import table_files, tables
from generator.export.tables.shapes import Table
from generator.model.catalogue import Catalogue
from generator.read import read_folder
from generator.write import write

ADDRESS = "https://catalogue.example/"


@dataclass(frozen=True)
class Published:
    """The catalogue, its tables, and the folder `api/v1` with their files."""

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
    """All files of tables, of the real content on a fixed day."""
    catalogue, problems = check(read_folder(HERE.parent / "content")[0])
    assert not problems
    views = derive(catalogue, TODAY)
    files = table_files(catalogue, views, "Catalogue", ADDRESS)
    folder = tmp_path_factory.mktemp("tables")
    write(files, folder)
    return Published(catalogue, views, tables(catalogue, views, ADDRESS), files, folder / "api" / "v1")
