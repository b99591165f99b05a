"""The catalogue as tables: described once, by the models, and written as CSV, workbook and database."""

from __future__ import annotations

from datetime import date

from generator.derive import Views
from generator.export.tables.common import common_tables
from generator.export.tables.csvw import csvw
from generator.export.tables.database import as_sqlite
from generator.export.tables.fields import Names
from generator.export.tables.package import as_json, data_package
from generator.export.tables.records import tables_of
from generator.export.tables.rfc4180 import as_csv
from generator.export.tables.shapes import Table
from generator.export.tables.workbook import as_workbook
from generator.model.catalogue import Catalogue

FOLDER = "api/v1/"


def tables(catalogue: Catalogue, views: Views, address: str = "") -> tuple[Table, ...]:
    """All tables: for each kind its records and their lists, then what all kinds share.

    `address` is that of the site. Hand-written pages are no data and have no table.
    """
    kinds = tuple(kind for kind in catalogue.kinds if kind.name != "page")
    names = Names(catalogue)
    own = [table for kind in kinds for table in tables_of(kind, catalogue, names, address)]
    return (*own, *common_tables(catalogue, views, kinds, address))


def table_files(made: tuple[Table, ...], today: date, site: str, address: str) -> dict[str, str | bytes]:
    """All files of these tables, by path below the site's folder. `site` is its name, `address` its address.

    The workbook needs most memory while it is made, so it comes before there is anything else to keep.
    """
    workbook = as_workbook(made, today, site, address)
    texts = {f"tables/{table.name}.csv": as_csv(table) for table in made}
    described = as_json(data_package(made, texts, today, site, address))
    whole: dict[str, str | bytes] = {
        "catalogue.sqlite": as_sqlite(made),
        "catalogue.xlsx": workbook,
        "datapackage.json": described,
        "tables/csv-metadata.json": as_json(csvw(made, today, site, address)),
    }
    return {f"{FOLDER}{path}": data for path, data in (*texts.items(), *whole.items())}
