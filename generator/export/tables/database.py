"""All tables as one SQLite file: keys that lead on, indices where a reader looks, and views to begin with.

Truth values are 1 and 0, days are texts that sort (2012-06-26). A column of numbers has no type, so that SQLite keeps
each as it came: whole numbers and fractions as numbers, and what neither holds to the last digit as a text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from generator.export.tables.shapes import Cell, Column, Table, Type

APPLICATION = 0x45554C41
"""Says in the file's head whose it is: the letters EULA, for EU and Latin America."""
VERSION = 1
"""Of the tables: as long as it stands, none is renamed or removed, nor is a column."""
PAGE = 4096
LIBRARY = slice(96, 100)
"""Where the head names the library that wrote the file: filled with noughts, so that every machine makes the same."""

TYPES = {Type.TEXT: " TEXT", Type.WHOLE: " INTEGER", Type.NUMBER: "", Type.TRUTH: " INTEGER", Type.DAY: " TEXT"}


def as_sqlite(tables: Iterable[Table]) -> bytes:
    """The file of a database with these tables and the views. The same tables give the same bytes."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _fill(connection, tuple(tables))
        data = connection.serialize()
    finally:
        connection.close()
    seen = memoryview(data)
    return b"".join((seen[: LIBRARY.start], bytes(4), seen[LIBRARY.stop :]))


def _fill(connection: sqlite3.Connection, tables: tuple[Table, ...]) -> None:
    connection.execute(f"PRAGMA page_size = {PAGE}")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("BEGIN")
    for table in tables:
        connection.execute(statement(table))
        marks = ", ".join("?" * len(table.columns))
        rows = (tuple(map(stored, row)) for row in table.rows)
        connection.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({marks})", rows)
        for index in _indices(table):
            connection.execute(index)
    for name, query in VIEWS.items():
        connection.execute(f"CREATE VIEW {name} AS {query}")
    connection.execute("COMMIT")


def stored(cell: Cell) -> str | int | float | None:
    """A cell as SQLite keeps it."""
    if isinstance(cell, Decimal):
        return _number(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def _number(number: Decimal) -> str | int | float:
    if number == number.to_integral_value():
        return int(number)
    near = float(number)
    return near if Decimal(repr(near)) == number else format(number, "f")


def statement(table: Table) -> str:
    """The statement that makes a table. SQLite keeps it, so each column says there what it is."""
    lines = [*map(_column, table.columns), f"PRIMARY KEY ({_names(table.key)})"]
    lines += [
        f"FOREIGN KEY ({_names(key.columns)}) REFERENCES {_quoted(key.table)} ({_names(key.to)})"
        for key in table.foreign
    ]
    body = "".join(_comments(lines, table.columns))
    return f"CREATE TABLE {_quoted(table.name)} (\n{body}\n)"


def _column(column: Column) -> str:
    words = ", ".join(f"'{word}'" for word in column.words)
    check = f" CHECK ({_quoted(column.name)} IN ({words}))" if words else ""
    return f"{_quoted(column.name)}{TYPES[column.type]}{' NOT NULL' if column.required else ''}{check}"


def _comments(lines: list[str], columns: tuple[Column, ...]) -> Iterator[str]:
    """The lines, each column with its title in a comment behind it."""
    last = len(lines) - 1
    for number, line in enumerate(lines):
        told = f" -- {columns[number].title}" if number < len(columns) else ""
        yield f"  {line}{',' if number < last else ''}{told}{chr(10) if number < last else ''}"


def _indices(table: Table) -> Iterator[str]:
    """An index for each foreign key that the primary key does not begin with."""
    made = dict.fromkeys(key.columns for key in table.foreign if table.key[: len(key.columns)] != key.columns)
    for columns in made:
        name = _quoted(f"{table.name}_by_{'_'.join(columns)}")
        yield f"CREATE INDEX {name} ON {_quoted(table.name)} ({_names(columns)})"


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    """A name as SQL takes it; plain ones stay plain."""
    return name if name not in KEYWORDS else f'"{name}"'


KEYWORDS = frozenset({"check", "except", "end", "group", "index", "order", "references", "table", "to"})
"""Names that SQL would take for its own words."""

VIEWS = {
    "v_agreement_parties_status": """
SELECT record AS agreement, record_name AS agreement_name, party, party_name, status, status_label, since,
  since_earliest, since_latest, scope, verified, maybe_label, as_of
FROM statuses WHERE kind = 'agreement' AND party IS NOT NULL AND current = 1""",
    "v_agreement_parties_history": """
SELECT record AS agreement, record_name AS agreement_name, party, party_name, status, status_label,
  status IN ('provisionally-applied', 'in-force') AS binds, since, since_earliest, since_latest,
  until, until_earliest, until_latest, scope, verified
FROM statuses WHERE kind = 'agreement' AND party IS NOT NULL""",
    "v_agreements": """
SELECT a.id, a.title, a.type_label AS type, s.status_label AS status, s.since AS status_since, s.verified, s.as_of,
  a.parties, a.parties_names, a.replaces, a.legal_celex, a.legal_oj, a.summary, a.url
FROM agreements a
LEFT JOIN statuses s ON s.kind = 'agreement' AND s.record = a.id AND s.party IS NULL AND s.current = 1""",
    "v_programmes": """
SELECT p.id, p.title, p.start, p."end", s.status_label AS status, s.since AS status_since, s.as_of,
  p.level_label AS level, p.countries, p.countries_names, p.eu_countries, p.themes, p.themes_names, p.summary, p.url
FROM programmes p LEFT JOIN statuses s ON s.kind = 'programme' AND s.record = p.id AND s.current = 1""",
    "v_dialogues": """
SELECT d.id, d.title, d.type_label AS type, s.status_label AS status, s.since AS status_since, s.as_of, d.date,
  d.date_earliest, d.start, d."end", d.place_city, d.place_country, d.parties, d.parties_names, d.themes,
  d.summary, d.url
FROM dialogues d LEFT JOIN statuses s ON s.kind = 'dialogue' AND s.record = d.id AND s.current = 1""",
    "v_money": """
SELECT 'programme' AS kind, record, record_name, NULL AS phase, label, amount, currency, basis, basis_label, qualifier,
  period, part_of, sources FROM programme_budget
UNION ALL
SELECT 'programme', b.record, b.record_name, p.name, b.label, b.amount, b.currency, b.basis, b.basis_label,
  b.qualifier, b.period, b.part_of, b.sources
FROM programme_phases_budget b
JOIN programme_phases p ON p.record = b.record AND p.position = b.phases_position
UNION ALL
SELECT 'agreement', record, record_name, NULL, label, amount, currency, basis, basis_label, qualifier, period,
  part_of, sources FROM agreement_figures
UNION ALL
SELECT 'figure', f.id, f.title, NULL, f.label, f.amount, f.currency, f.basis, f.basis_label, f.qualifier, f.period,
  f.part_of, x.sources
FROM figures f LEFT JOIN facts x ON x.kind = 'figure' AND x.record = f.id AND x.fact = 'amount'
WHERE f.currency IS NOT NULL AND f.amount IS NOT NULL""",
    "v_memberships": """
SELECT m.record AS "group", m.record_name AS group_name, c.country, c.country_name, m.role, m.role_label, m.since,
  m.since_earliest, m.since_latest, m.until, m.until_earliest, m.until_latest
FROM group_members m
JOIN group_members_countries c ON c.record = m.record AND c.members_position = m.position""",
    "v_facts_with_sources": """
SELECT f.kind, f.record, f.record_name, f.fact, f.field_title, f.value, f.grade, f.note, s.title AS source,
  s.publisher, s.tier_label AS tier, s.url, s.accessed
FROM facts f
LEFT JOIN fact_sources x ON x.kind = f.kind AND x.record = f.record AND x.fact = f.fact
LEFT JOIN sources s ON s.file = x.file AND s.id = x.source""",
}
"""Queries that a person would begin with."""
