"""From one field of a model to its columns, and from a value of it to their cells.

The fields are those of `describe(kind)`; nothing here knows a field by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from generator.export.tables.shapes import LIST_MARK, Cell, Column, ForeignKey, Role, Type
from generator.kinds.country import country_name
from generator.model.catalogue import Catalogue
from generator.model.edtf import Interval, Open, PartialDate
from generator.model.kind import Kind
from generator.model.values import (
    DATE_FORM,
    END_FORM,
    MOMENT_FORM,
    NUMBER_FORM,
    WHOLE_FORM,
    FieldPath,
    Form,
    Model,
    Reference,
    SourceId,
)
from generator.schema.fields import TRUTH, Choice, Either, Field, Fixed, ListOf, Nested, Part, Plain, Refers, Shape

Cells = tuple[Cell, ...]
DATES = (DATE_FORM, MOMENT_FORM, END_FORM)
ENDINGS = ("dated", "open", "unknown")
TYPES = {NUMBER_FORM: Type.NUMBER, WHOLE_FORM: Type.WHOLE, TRUTH: Type.TRUTH}


@dataclass(frozen=True)
class Filled:
    """The columns of a field, and what makes their cells of the model that the field belongs to."""

    columns: tuple[Column, ...]
    cells: Callable[[Any], Cells]


class Names:
    """To which record a reference leads, and how that is called."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.tables = {kind.name: table_name(kind) for kind in catalogue.kinds}

    def target(self, reference: Reference) -> tuple[str, str, str]:
        """Kind, id and name of a record, by its present id where a former one was written."""
        for kind in reference.kinds:
            if found := self._catalogue.find(kind, reference):
                return kind, found.id, found.title
        return reference.kinds[0], str(reference), country_name(reference, "en")


def table_name(kind: Kind) -> str:
    """The table of a kind's records, as `border_areas`."""
    return kind.section.replace("-", "_")


def fields_of(part: Part | Iterable[Field], names: Names) -> tuple[Filled, ...]:
    """The columns of all fields that have a place in the row of their model: lists of items have tables of their own.

    Fields of a nested model stand beside the others, under both names: `legal_oj`.
    """
    return tuple(_filled(part.fields if isinstance(part, Part) else part, (), "", names))


def _filled(fields: Iterable[Field], path: tuple[str, ...], before: str, names: Names) -> Iterator[Filled]:
    for field in fields:
        way, shape = (*path, field.name), _usual(field.shape)
        if isinstance(shape, Nested):
            yield from _filled(shape.part.fields, way, f"{before}{field.title}: ", names)
            continue
        column = Column("_".join(way), before + field.title, what=field.what, path=way)
        required = field.required and not path and not isinstance(shape, ListOf)
        made = _columns(replace(column, required=required), field.shape, names)
        if made:
            columns, cells = made
            yield Filled(columns, _reader(way, cells))


def _reader(way: tuple[str, ...], cells: Callable[[Any, Any], Cells]) -> Callable[[Any], Cells]:
    def read(model: Any) -> Cells:
        owner, value = None, model
        for name in way:
            owner, value = value, None if value is None else value_of(value, name)
        return cells(value, owner)

    return read


def value_of(model: Any, name: str) -> Any:
    """The value of a field by the name that is written, as `except`."""
    sort: type[Model] = type(model)
    return getattr(model, _attributes(sort)[name])


@lru_cache(maxsize=256)
def _attributes(model: type[Model]) -> dict[str, str]:
    """The attribute of each written name."""
    return {field.alias or name: name for name, field in model.model_fields.items()}


def _usual(shape: Shape) -> Shape:
    return _usual(shape.ways[0]) if isinstance(shape, Either) else shape


Made = tuple[tuple[Column, ...], Callable[[Any, Any], Cells]]
"""Columns, and what makes their cells of a value and the model that holds it."""


def _columns(column: Column, shape: Shape, names: Names) -> Made | None:
    word = next((way.word for way in shape.ways if isinstance(way, Fixed)), "") if isinstance(shape, Either) else ""
    usual = _usual(shape)
    if isinstance(usual, Plain):
        return _date(column, usual.form) if usual.form in DATES else _plain(column, usual.form)
    if isinstance(usual, Choice):
        return _word(column, usual)
    if isinstance(usual, Refers):
        return _reference(column, usual, names)
    if isinstance(usual, ListOf):
        return _list(column, _usual(usual.of), word, names)
    return None


def help_column(column: Column, ending: str, title: str, what: str, type: Type = Type.TEXT) -> Column:
    """A column beside another one, for what follows from it."""
    return Column(f"{column.name}_{ending}", f"{column.title}: {title}", type, what, role=Role.HELP)


def _plain(column: Column, form: Form) -> Made:
    made = replace(column, type=TYPES.get(form, Type.TEXT))
    return (made,), lambda value, _: (str(value) if isinstance(value, str) else value,)


def _word(column: Column, choice: Choice) -> Made:
    words = tuple(word.word for word in choice.words)
    label = help_column(column, "label", "label", "The word as readers see it.")
    return (replace(column, words=words), label), lambda value, _: (str(value), value.label) if value else (None, None)


def _reference(column: Column, refers: Refers, names: Names) -> Made:
    columns = reference_columns(column, refers)
    return columns, lambda value, _: reference_cells(value, names)[-len(columns) :]


def reference_columns(column: Column, refers: Refers) -> tuple[Column, ...]:
    """The id of a record and its name; before them its kind, where it may be of several."""
    several = len(refers.kinds) > 1
    kind = replace(
        column, name=f"{column.name}_kind", title=f"{column.title}: kind", what="The kind of that record.",
        words=refers.kinds, role=Role.HELP,
    )  # fmt: skip
    own = (column, help_column(column, "name", "name", "The name of that record."))
    return (kind, *own) if several else own


def reference_cells(value: Reference | None, names: Names) -> Cells:
    """Kind, id and name of the record that is referred to."""
    return names.target(value) if value is not None else (None, None, None)


def reference_key(column: str, kinds: tuple[str, ...], tables: dict[str, str]) -> ForeignKey:
    """The foreign key of a column that refers to records: to all of them where it may be of several kinds."""
    if len(kinds) == 1:
        return ForeignKey((column,), tables[kinds[0]], ("id",))
    return ForeignKey((f"{column}_kind", column), "records", ("kind", "id"))


SEVERAL = "Several ids, with commas between them and no blanks."
SEVERAL_FIELDS = "Several names, with commas between them; a comma inside of a name is written %2C, and % is %25."


def _list(column: Column, of: Shape, word: str, names: Names) -> Made | None:
    """A list in one cell, for reading; what is no id stands whole in a table of its own."""
    if isinstance(of, Refers):
        return _references(column, word, names)
    if not isinstance(of, Plain):
        return None
    if of.form in (SourceId.form, FieldPath.form):
        told = SEVERAL if of.form is SourceId.form else SEVERAL_FIELDS
        ids = replace(column, what=f"{column.what} {told}", role=Role.IDS)
        return (ids,), lambda value, _: (LIST_MARK.join(map(in_list, value or ())) or None,)
    what = f"{column.what} For reading; a table of its own has them one by one."
    return (replace(column, what=what, role=Role.HELP),), lambda value, _: ("; ".join(map(str, value or ())) or None,)


def in_list(name: str) -> str:
    """A name as it stands among others in one cell. Ids stay as they are."""
    return name.replace("%", "%25").replace(LIST_MARK, "%2C")


def _references(column: Column, word: str, names: Names) -> Made:
    instead = f" Or the word {word}; left empty where nothing is said." if word else ""
    ids = replace(column, what=f"{column.what} {SEVERAL}{instead}", role=Role.IDS)
    label = help_column(column, "names", "names", "The names of those records, with semicolons between them.")

    def cells(value: Any, _: Any) -> Cells:
        if not value:
            return (word if word and value == () else None), None
        found = [names.target(each) for each in value]
        return LIST_MARK.join(id for _, id, _ in found), "; ".join(name for _, _, name in found)

    return (ids, label), cells


# -- dates


def _date(column: Column, form: Form) -> Made:
    written, bounds = replace(column, role=Role.WRITTEN_DATE), bounds_of(column)
    if form is DATE_FORM:
        return (written, *bounds), lambda value, _: date_cells(value)
    what = (
        "dated: the end is in the two columns before. open: a source says that there is none (..). unknown: nobody "
        "found one. Empty where nothing can end, as a meeting that has a date."
    )
    ending = replace(help_column(column, "ending", "what is known of the end", what), words=ENDINGS)
    cells = _end_cells if form is END_FORM else _moment_cells
    return (written, *bounds, ending), cells


def bounds_of(column: Column) -> tuple[Column, Column]:
    """The columns for the first and the last day that a date may mean, which sort and compare."""
    first = help_column(column, "earliest", "first day", "The first day that the date may mean.", Type.DAY)
    last = "The last day that the date may mean. Empty where a stretch of time has no end, or none that is known."
    return first, help_column(column, "latest", "last day", last, Type.DAY)


def date_cells(value: Any) -> Cells:
    """A date as written, and its first and last day; of an open or unknown end no last day."""
    if value is None:
        return None, None, None
    if isinstance(value, Open):
        return value.text, None, None
    last = value.end if isinstance(value, Interval) else value
    return value.text, value.earliest, last.latest if isinstance(last, PartialDate) else None


def _end_cells(value: Any, owner: Any) -> Cells:
    if value is None:
        return None, None, None, None if getattr(owner, "date", None) else "unknown"
    return *date_cells(value), "open" if isinstance(value, Open) else "dated"


def _moment_cells(value: Any, _: Any) -> Cells:
    return *date_cells(value), ending_of(value)


def ending_of(value: Any) -> str | None:
    """What is known of the end of a date or a stretch of time."""
    if not isinstance(value, Interval):
        return "dated" if value is not None else None
    return {Open: "open", PartialDate: "dated"}.get(type(value.end), "unknown")


def day_of(value: date | None) -> date | None:
    """A bound that means something: not the end of the calendar."""
    return None if value in (None, date.min, date.max) else value
