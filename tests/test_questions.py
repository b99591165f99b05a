"""Each export is opened with the program that its user has, and answers two questions rightly."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import frictionless
import openpyxl
import pytest
import rdflib
from questions import BINDING, BORDERS, BORDERS_THEME, CHILE_2010, bound, committed
from rdf import graph_of
from standards import program
from tables_fixture import ADDRESS, Published

from generator.export.linked.names import Names

FIRST, LAST = "2010-01-01", "2010-12-31"
Row = Mapping[str, Any]
Money = dict[tuple[str, str], int]
Answers = tuple[set[str], Money]


# -- rows of tables, however they were read


def answers_of(rows: Callable[[str], Iterable[Row]]) -> Answers:
    """Both answers from tables: statuses, and the money of programmes."""
    words = {str(status) for status in BINDING}
    agreements = {
        str(row["record"])
        for row in rows("statuses")
        if row["kind"] == "agreement" and row["party"] == "CL" and row["status"] in words
        if not row["since"] or day_of(row["since_latest"]) <= LAST
        if not row["until"] or day_of(row["until_earliest"]) > FIRST
    }
    programmes = {row["record"] for row in rows("programmes_by_theme") if row["theme"] == BORDERS_THEME}
    counted: Counter[tuple[str, str]] = Counter()
    for row in (*rows("programme_budget"), *rows("programme_phases_budget")):
        if row["record"] in programmes and not row["part_of"]:
            counted[str(row["currency"]), str(row["basis"])] += int(Decimal(str(row["amount"])))
    return agreements, dict(counted)


def day_of(cell: Any) -> str:
    """A day in a cell as ISO 8601 writes it."""
    return cell.date().isoformat() if isinstance(cell, datetime) else str(cell)


def by_theme(name: str) -> str:
    """The table that tells the themes of programmes one by one."""
    return "programme_themes" if name == "programmes_by_theme" else name


def by_theme_in_cells(rows: Callable[[str], Iterable[Row]], name: str) -> Iterator[Row]:
    """The same from the cells of a workbook, which has no table of links."""
    if name != "programmes_by_theme":
        yield from rows(name)
        return
    for row in rows("programmes"):
        yield from ({"record": row["id"], "theme": theme} for theme in str(row["themes"] or "").split(","))


# -- formats


def from_csv(published: Published) -> Answers:
    def rows(name: str) -> Iterator[Row]:
        with (published.folder / "tables" / f"{by_theme(name)}.csv").open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    return answers_of(rows)


def from_data_package(published: Published) -> Answers:
    package = frictionless.Package(str(published.folder / "datapackage.json"))

    def rows(name: str) -> Iterator[Row]:
        return (dict(row) for row in package.get_resource(by_theme(name)).read_rows())

    return answers_of(rows)


def from_sqlite(published: Published) -> Answers:
    connection = sqlite3.connect(f"file:{published.folder / 'catalogue.sqlite'}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    found = answers_of(lambda name: connection.execute(f"SELECT * FROM {by_theme(name)}"))
    connection.close()
    return found


def from_workbook(published: Published) -> Answers:
    book = openpyxl.load_workbook(published.folder / "catalogue.xlsx", read_only=True)

    def rows(name: str) -> Iterator[Row]:
        lines = book[name].iter_rows(values_only=True)
        names = [str(cell) for cell in next(lines)]
        return (dict(zip(names, line, strict=True)) for line in lines)

    return answers_of(lambda name: by_theme_in_cells(rows, name))


SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
"""LibreOffice's words for: commas, quotes, UTF-8, cells as they are shown, every sheet in a file of its own."""


def from_libreoffice(published: Published) -> Answers:
    soffice = program(("soffice", "libreoffice"), "the workbook opened in LibreOffice")
    folder = published.folder.parent / "libreoffice"
    done = subprocess.run(
        [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", SHEETS,
         "--outdir", str(folder), str(published.folder / "catalogue.xlsx")],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr

    def rows(name: str) -> Iterator[Row]:
        with (folder / f"catalogue-{name}.csv").open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    shown = {path.stem.removeprefix("catalogue-") for path in folder.glob("*.csv")}
    assert shown == set(openpyxl.load_workbook(published.folder / "catalogue.xlsx", read_only=True).sheetnames)
    for path in folder.glob("*.csv"):
        assert not {"#NAME?", "#REF!", "#VALUE!", "Err:508"} & set(path.read_text("utf-8").replace('"', ",").split(","))
    return answers_of(lambda name: by_theme_in_cells(rows, name))


def answers_of_records(records: Iterable[Any]) -> Answers:
    """Both answers from records as JSON."""
    agreements, counted = set(), Counter[tuple[str, str]]()
    for record in records:
        if record["kind"] == "agreement":
            spans = [s for p in record["computed"]["parties"] if p["party"] == "CL" for s in p["spans"] if s["binds"]]
            if any(s.get("since_latest", "") <= LAST and s.get("until_earliest", "9") > FIRST for s in spans):
                agreements.add(record["id"])
        stated = record["stated"]
        if record["kind"] == "programme" and BORDERS_THEME in stated.get("themes", ()):
            for part in (stated, *stated.get("phases", ())):
                for money in part.get("budget", ()):
                    if "part_of" not in money:
                        counted[money["currency"], money["basis"]] += money["amount"]
    return agreements, dict(counted)


def from_json(published: Published) -> Answers:
    read = [json.loads((published.folder / f"{name}.json").read_bytes()) for name in ("agreements", "programmes")]
    return answers_of_records(record for kind in read for record in kind["records"])


def from_ndjson(published: Published) -> Answers:
    with (published.folder / "everything.ndjson").open("rb") as file:
        return answers_of_records(map(json.loads, file))


def from_single_files(published: Published) -> Answers:
    files = [path for kind in ("agreements", "programmes") for path in (published.folder / kind).glob("*.json")]
    return answers_of_records(json.loads(path.read_bytes()) for path in files)


QUERIES = (
    """SELECT DISTINCT ?id WHERE {
  ?agreement a term:Agreement ; dct:identifier ?id ; term:status_span ?span .
  ?span term:party/dct:identifier "CL" ; term:status ?status .
  FILTER (?status IN (term:Status-provisionally-applied, term:Status-in-force))
  OPTIONAL { ?span term:since_latest ?since } OPTIONAL { ?span term:until_earliest ?until }
  FILTER (!BOUND(?since) || ?since <= "2010-12-31"^^xsd:date)
  FILTER (!BOUND(?until) || ?until > "2010-01-01"^^xsd:date) }""",
    """SELECT ?currency (STRAFTER(STR(?sort), "#Basis-") AS ?basis) (SUM(?amount) AS ?sum) WHERE {
  ?programme a term:Programme ; term:themes/dct:identifier "cross-border-cooperation" .
  { ?programme term:budget ?money } UNION { ?programme term:phases/term:budget ?money }
  ?money term:currency ?currency ; term:basis ?sort ; term:amount ?amount .
  FILTER NOT EXISTS { ?money term:part_of ?whole } } GROUP BY ?currency ?sort""",
)


def from_rdf(published: Published, name: str, format: str) -> Answers:
    graph = graph_of((published.folder / name).read_text("utf-8"), format)
    graph += graph_of((published.folder / "statuses.ttl").read_text("utf-8"))
    names = {"term": rdflib.Namespace(Names(ADDRESS).base), "dct": rdflib.DCTERMS, "xsd": rdflib.XSD}
    bound_ones, money = (list(graph.query(query, initNs=names)) for query in QUERIES)
    return (
        {str(row[0]) for row in bound_ones},  # type: ignore[index]
        {(str(row[0]), str(row[1])): int(Decimal(str(row[2]))) for row in money},  # type: ignore[index]
    )


FORMATS: dict[str, Callable[[Published], Answers]] = {
    "CSV, as any program reads it": from_csv,
    "Data Package, by frictionless": from_data_package,
    "SQLite": from_sqlite,
    "workbook, by openpyxl": from_workbook,
    "workbook, in LibreOffice": from_libreoffice,
    "JSON, kind by kind": from_json,
    "JSON, record by record": from_single_files,
    "NDJSON": from_ndjson,
    "Turtle, asked in SPARQL": lambda published: from_rdf(published, "catalogue.ttl", "turtle"),
    "JSON-LD, asked in SPARQL": lambda published: from_rdf(published, "catalogue.jsonld", "json-ld"),
}
"""Each way to read the data. pandas stands in `test_tables_opened.py`; R, and all languages as users type them, in
`test_data_page.py`; calendars and feeds, which hold no such facts, have tests of their own."""


def test_the_models_say_what_was_counted_by_hand(published: Published) -> None:
    assert bound(published.catalogue, published.views, "CL", 2010) == CHILE_2010
    assert committed(published.catalogue, BORDERS_THEME) == BORDERS


@pytest.mark.parametrize("name", FORMATS)
def test_which_agreements_bound_chile_in_2010_and_how_much_went_to_borders(name: str, published: Published) -> None:
    assert FORMATS[name](published) == (CHILE_2010, BORDERS)


def test_a_wrong_status_would_give_another_answer() -> None:
    row = {"kind": "agreement", "record": "x", "party": "CL", "status": "in-force", "since": "2009",
           "since_latest": "2009-12-31", "until": "", "until_earliest": ""}  # fmt: skip
    tables: dict[str, list[Row]] = {"statuses": [row]}
    assert answers_of(lambda name: tables.get(name, []))[0] == {"x"}
    for changed in ({"status": "signed"}, {"party": "PE"}, {"since_latest": "2011-01-01"},
                    {"until": "2009", "until_earliest": "2009-01-01"}):  # fmt: skip
        other: dict[str, list[Row]] = {"statuses": [{**row, **changed}]}
        assert answers_of(lambda name, other=other: other.get(name, []))[0] == set()  # type: ignore[misc]
