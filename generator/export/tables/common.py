"""The tables over records of all kinds: who they are, what their facts rest on, and what is computed of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.derive import Views
from generator.derive.status import Span, Status
from generator.export.tables.fields import (
    Names,
    bounds_of,
    date_cells,
    fields_of,
    help_column,
    table_name,
)
from generator.export.tables.records import ADDRESS, ID, NAME, page_of
from generator.export.tables.shapes import LIST_MARK, Cell, Column, ForeignKey, Role, Table, Type
from generator.model.catalogue import Catalogue, Key
from generator.model.evidence import Disagreement, Evidence, Item, Record, Source
from generator.model.facts import Grade, facts_of
from generator.model.kind import Kind
from generator.model.values import FieldPath, Model
from generator.model.walk import walk
from generator.schema.fields import part_of

Row = tuple[Cell, ...]
Listed = tuple[tuple[Kind, Record], ...]

KIND = Column("kind", "Kind", what="The kind of the record.", required=True, role=Role.KEY)
RECORD = Column("record", "Record", what="The id of the record.", required=True, role=Role.KEY)
RECORD_NAME = help_column(RECORD, "name", "name", "The name of the record.")
FILE = Column(
    "file", "File", what="The file that holds the record. Ids of sources are those of a file.", required=True,
    role=Role.KEY,
)  # fmt: skip
NUMBER = Column("position", "Position", Type.WHOLE, "The place in the list, from 1.", required=True, role=Role.KEY)
TO_RECORD = ForeignKey(("kind", "record"), "records", ("kind", "id"))
TO_SOURCE = ForeignKey(("file", "source"), "sources", ("file", "id"))


def common_tables(catalogue: Catalogue, views: Views, kinds: tuple[Kind, ...], address: str) -> tuple[Table, ...]:
    """The tables over all records of these kinds."""
    listed = tuple((kind, record) for kind in kinds for record in catalogue.of(kind.name))
    words = tuple(kind.name for kind in kinds)
    made = (
        records(listed, address),
        former_ids(listed),
        sources(listed, Names(catalogue)),
        *_backing(listed),
        *facts(listed),
        statuses(catalogue, views, listed),
    )
    return tuple(_with_words(table, words) for table in made)


def _with_words(table: Table, words: tuple[str, ...]) -> Table:
    columns = tuple(replace(column, words=words) if column.name == "kind" else column for column in table.columns)
    return replace(table, columns=columns)


# -- records


def records(listed: Listed, address: str) -> Table:
    """Every record once, with its page and its file."""
    in_table = Column("table", "Table", what="The table that holds its fields.", role=Role.HELP)
    rows = tuple(
        (kind.name, record.id, record.title, page_of(kind, record.id, address), table_name(kind), file_of(kind, record))
        for kind, record in listed
    )
    what = "Every record of the catalogue, with its page."
    columns = (KIND, ID, NAME, ADDRESS, in_table, replace(FILE, role=Role.VALUE))
    return Table("records", "All records", what, columns, ("kind", "id"), rows)


def file_of(kind: Kind, record: Record) -> str:
    """The file of a record below the folder of content."""
    return kind.file or f"{kind.folder}/{record.id}.yml"


def former_ids(listed: Listed) -> Table:
    """Ids that records had before."""
    former = Column("former_id", "Former id", what="An id that the record had before; it still leads there.",
                    required=True)  # fmt: skip
    rows = tuple(
        (kind.name, record.id, number, str(alias))
        for kind, record in listed
        for number, alias in enumerate(record.aliases, 1)
    )
    columns = (KIND, RECORD, NUMBER, former)
    what = "Ids that records had before."
    return Table("former_ids", "Former ids", what, columns, ("kind", "record", "position"), rows, (TO_RECORD,))


# -- what facts rest on


def sources(listed: Listed, names: Names) -> Table:
    """The publications of each file. A file with many records has one list for all."""
    made = fields_of(part_of(Source), names)
    columns = tuple(column for filled in made for column in filled.columns)
    columns = tuple(replace(column, role=Role.KEY) if column.name == "id" else column for column in columns)
    by_file = {file_of(kind, record): record.sources for kind, record in listed}
    rows = tuple(
        (file, *(cell for filled in made for cell in filled.cells(source)))
        for file, found in by_file.items()
        for source in found
    )
    what = "The publications that facts are taken from, as each file of the catalogue lists them."
    return Table("sources", "Sources", what, (FILE, *columns), ("file", "id"), rows)


def _backing(listed: Listed) -> Iterator[Table]:
    """What records say of the evidence of their fields, and where sources disagree."""
    field = Column("field", "Field", what="The field of the record, as legal.oj.", required=True, role=Role.KEY)
    backing = [(kind, record, name, backing) for kind, record in listed for name, backing in record.evidence.items()]
    what = "What the plain fields of a record rest on. Items of lists carry their own sources in their own tables."
    of_field = tuple((kind.name, record.id, str(name)) for kind, record, name, _ in backing)
    yield _modelled("evidence", "Evidence", what, (KIND, RECORD, field), of_field, [b for *_, b in backing], Evidence)

    told = [(kind, record, n, each) for kind, record in listed for n, each in enumerate(record.disagreements, 1)]
    what = "What sources say differently, which reading the record takes, and why."
    keys = tuple((kind.name, record.id, n) for kind, record, n, _ in told)
    yield _modelled(
        "disagreements", "Disagreements", what, (KIND, RECORD, NUMBER), keys, [d for *_, d in told], Disagreement
    )
    yield _disputed(keys, [each for *_, each in told], field)


def _modelled(
    name: str,
    title: str,
    what: str,
    keys: tuple[Column, ...],
    of: tuple[Row, ...],
    models: list[Any],
    sort: type[Model],
) -> Table:
    made = [filled for filled in fields_of(part_of(sort), Names(EMPTY)) if filled.columns[0].name != "about"]
    columns = (*keys, *(column for filled in made for column in filled.columns))
    rows = tuple(
        (*key, *(cell for filled in made for cell in filled.cells(model)))
        for key, model in zip(of, models, strict=True)
    )
    return Table(name, title, what, columns, tuple(key.name for key in keys), rows, (TO_RECORD,))


EMPTY = Catalogue((), {})


def _disputed(keys: tuple[Row, ...], told: list[Disagreement], field: Column) -> Table:
    which = replace(NUMBER, name="disagreement", title="Disagreement")
    rows = tuple(
        (*key, number, str(name))
        for key, each in zip(keys, told, strict=True)
        for number, name in enumerate(each.about, 1)
    )
    columns = (KIND, RECORD, which, NUMBER, replace(field, role=Role.VALUE))
    to = ForeignKey(("kind", "record", "disagreement"), "disagreements", ("kind", "record", "position"))
    what = "The fields that sources tell differently."
    key = ("kind", "record", "disagreement", "position")
    return Table("disagreement_fields", "Disagreements: fields", what, columns, key, rows, (to,))


FACT = Column(
    "fact", "Fact", required=True, role=Role.KEY,
    what="Which fact of the record: the field, and for an item of a list its place, as events.3 for the third event.",
)  # fmt: skip


def facts(listed: Listed) -> Iterator[Table]:
    """Every fact with what it rests on, and a row for each source of it."""
    rows: list[Row] = []
    links: list[Row] = []
    for kind, record in listed:
        paths = {id(value): _path_told(path) for path, value in walk(record) if isinstance(value, Item)}
        for fact in facts_of(record):
            path = fact.field if fact.item is None else paths[id(fact.item)]
            said, note = _said(record, fact.field, fact.item)
            value = fact.item if fact.item is not None else _at(record, fact.field)
            head = (kind.name, record.id, path)
            grade = (str(fact.grade), fact.grade.label)
            several = LIST_MARK.join(said) or None
            rows.append((*head, record.title, fact.field, fact.title, _text(value), *grade, several, note))
            links += [(*head, file_of(kind, record), source) for source in said]
    key = ("kind", "record", "fact")
    what = "Every fact of the catalogue, what it rests on, and whether a source says it."
    yield Table("facts", "Facts and their evidence", what, _fact_columns(), key, tuple(rows), (TO_RECORD,))
    source = Column("source", "Source", what="The id of the source in that file.", required=True, role=Role.KEY)
    to = ForeignKey(key, "facts", key)
    columns = (KIND, RECORD, FACT, FILE, source)
    what = "A row for each source of a fact."
    links = list(dict.fromkeys(links))
    yield Table(
        "fact_sources", "Sources of facts", what, columns, (*key, "source"), tuple(links), (to, TO_SOURCE), is_link=True
    )


def _fact_columns() -> tuple[Column, ...]:
    grades = tuple(str(grade) for grade in Grade)
    told = "verified: a source says it. unverified: none quite says it. ours: our own classification."
    grade = Column("grade", "Evidence", what=told, required=True, words=grades)
    return (
        KIND, RECORD, FACT, RECORD_NAME,
        Column("field", "Field", what="The field of the record.", required=True),
        Column("field_title", "Field in words", what="What readers see above it.", role=Role.HELP),
        Column("value", "Value", what="What is stated, as a text; parts of an item with semicolons between them."),
        grade, help_column(grade, "label", "in words", "The grade as readers see it."),
        Column("sources", "Sources", what="The ids of the sources. Table fact_sources leads on to them.",
               role=Role.IDS),
        Column("note", "Note", what="What the sources do not say, or how the value was read from them."),
    )  # fmt: skip


def _path_told(path: tuple[str | int, ...]) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def _said(record: Record, field: str, item: Item | None) -> tuple[tuple[str, ...], str | None]:
    """The sources of a fact, and the note on them."""
    evidence = record.evidence.get(FieldPath(field), Evidence())
    if item is None:
        return tuple(map(str, evidence.sources)), evidence.note and str(evidence.note)
    own = item.sources or item.unverified
    return tuple(map(str, item.sources if own else evidence.sources)), item.note and str(item.note)


def _at(record: Any, field: str) -> Any:
    for name in field.split("."):
        record = getattr(record, name)
    return record


def _text(value: Any) -> str | None:
    """A value as one text: what an item states, without what it rests on."""
    if isinstance(value, Model):
        parts = [inner for name, inner in value.__dict__.items() if name not in ("sources", "unverified", "note")]
        return "; ".join(told for part in parts if (told := _text(part))) or None
    if isinstance(value, tuple):
        return "; ".join(told for part in value if (told := _text(part))) or None
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


# -- what is computed


def statuses(catalogue: Catalogue, views: Views, listed: Listed) -> Table:
    """Every status that a record had, has or will have by its dates, for agreements party by party too."""
    rows: list[Row] = []
    for kind, record in listed:
        key = kind.name, record.id
        number = 0
        for party, spans, now in _lives(views, key):
            for span in spans:
                number += 1
                rows.append((*key, number, record.title, *_party(catalogue, party), *_span(span, now), views.today))
    what = (
        "Statuses, computed from dates: from what day each held, and until when; for agreements party by party too. "
        "Rows without a party are of the record as a whole."
    )
    key_names = ("kind", "record", "position")
    party_key = ForeignKey(("party_kind", "party"), "records", ("kind", "id"))
    foreign = (TO_RECORD, party_key)
    return Table("statuses", "Statuses by date", what, _status_columns(), key_names, tuple(rows), foreign)


def _lives(views: Views, key: Key) -> Iterator[tuple[str | None, tuple[Span, ...], Span | None]]:
    """Whose life, its spans, and the one that holds on the day of the views."""
    standing = views.standings.get(key)
    yield None, views.spans.get(key, ()), standing.span if standing else None
    life = views.lives.get(key[1]) if key[0] == "agreement" else None
    for party, spans in (life.parties if life else {}).items():
        on = life.party_on(party, views.today) if life else None
        yield party, spans, on.span if on else None


def _party(catalogue: Catalogue, party: str | None) -> Row:
    if party is None:
        return None, None, None
    kind = "country" if catalogue.find("country", party) else "group"
    return kind, catalogue.party(party).id, catalogue.party(party).title  # type: ignore[union-attr]


def _span(span: Span, now: Span | None) -> Row:
    since, until = span.since, span.until
    holds = now is not None and (now.status, now.since, now.events) == (span.status, span.since, span.events)
    return (
        str(span.status), span.status.label, *date_cells(since), *date_cells(until), holds, span.scope,
        span.verified, span.maybe and str(span.maybe), span.maybe and span.maybe.label,
    )  # fmt: skip


def _status_columns() -> tuple[Column, ...]:
    words = tuple(str(status) for status in Status)
    status = Column("status", "Status", what="What the dates of the record say.", required=True, words=words)
    since = Column("since", "Since", what="The date of the change. Empty where no beginning is known.",
                   role=Role.WRITTEN_DATE)  # fmt: skip
    until = Column("until", "Until", what="The date of the next change. Empty where nothing ended it so far.",
                   role=Role.WRITTEN_DATE)  # fmt: skip
    told = "A further status that it may have reached: a source counts parties without naming them."
    maybe = Column("maybe", "Perhaps further", what=told, words=words)
    party = Column("party", "Party", what="For whom. Empty for the record as a whole.")
    return (
        KIND, RECORD, NUMBER, RECORD_NAME,
        Column("party_kind", "Party: kind", what="Whether it is a country or a group.", words=("country", "group")),
        party, help_column(party, "name", "name", "The name of the party."),
        status, help_column(status, "label", "in words", "The status as readers see it."),
        since, *bounds_of(since), until, *bounds_of(until),
        Column("current", "Holds now", Type.TRUTH, "Whether it holds on the day of as_of.", required=True),
        Column("scope", "Part", what="Which part of an agreement it covers, where it is not the whole."),
        Column("verified", "Verified", Type.TRUTH, "Whether sources say the dates it is computed from.", required=True),
        maybe, help_column(maybe, "label", "in words", "That status as readers see it."),
        Column("as_of", "As of", Type.DAY, "The day for which it was computed.", required=True),
    )  # fmt: skip


def by_name(tables: Iterable[Table]) -> Mapping[str, Table]:
    """Tables by their names."""
    return {table.name: table for table in tables}
