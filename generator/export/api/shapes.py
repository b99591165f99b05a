"""What the JSON files hold beside the stated fields of records, class by class.

The files are made from these classes and so are their schemas: a field is written once, and the string below it is
what the schema says of it. A field without a default is in every file; a list without one may be empty.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeVar, cast

from pydantic import Field

from generator.model.evidence import Disagreement, Evidence, Source
from generator.model.facts import Grade
from generator.model.values import Date, Form, Line, Many, Model, Prose, Vocabulary

DAY_FORM = Form("day", "A day: 2012-06-26.", "[0-9]{4}-[0-9]{2}-[0-9]{2}", ("string",))
COUNT_FORM = Form("count", "A whole number, not below 0.", "", ("integer",), least=0)
ADDRESS_FORM = Form("address", "A whole address on the web.", r"https?://\S+", ("string",))
POINTER_FORM = Form("JSON Pointer", "A place in this record (RFC 6901).", "(/[^/]+)+", ("string",))
ID_FORM = Form("id", "The id of a record.", r"[A-Za-z0-9]+([-/][A-Za-z0-9]+)*", ("string",))
KIND_FORM = Form("kind", "The name of a kind.", "[a-z]+(-[a-z]+)*", ("string",))
TEXT_FORM = Form("text", "A text.", r"\S", ("string",))
PATTERN_FORM = Form("URI template", "An address with {id} in it (RFC 6570).", r"https?://\S+", ("string",))

M = TypeVar("M", bound=Model)


def filled(sort: type[M], /, **values: Any) -> M:
    """A value of one of these classes, as it is: what is computed from checked records needs no check.

    Fields with an alias go by it.
    """
    return cast(M, sort.model_construct(**values))


Day = Annotated[str, DAY_FORM]
Count = Annotated[int, COUNT_FORM]
Address = Annotated[str, ADDRESS_FORM]
Pointer = Annotated[str, POINTER_FORM]
Id = Annotated[str, ID_FORM]
KindName = Annotated[str, KIND_FORM]
Text = Annotated[str, TEXT_FORM]
Template = Annotated[str, PATTERN_FORM]


# -- a record: what stands around its stated fields


class Identity(Model):
    """Which record it is."""

    kind: KindName = Field(title="Kind")
    """The kind of the record."""
    id: Id = Field(title="Id")
    """The id of the record within its kind. It is never given to another record. In addresses it is in small
    letters."""
    title: Text = Field(title="Name in lists")
    """The name that lists and headings show, in English."""
    former_ids: Many[Line] = Field(title="Former ids")
    """Ids that the record had before. Their addresses say where it moved to."""


class Backing(Model):
    """What the stated fields rest on, as the record states it."""

    evidence: dict[str, Evidence] = Field(title="Evidence")
    """For each plain field, by its name (`legal.oj` is a field inside another): the sources that say it. Items of
    lists carry their own `sources` and `unverified`; an item without any has the evidence of its list. In
    `computed.facts` this is worked out for each fact."""
    disagreements: Many[Disagreement] = Field(title="Disagreements")
    """What sources say differently, which reading the record takes, and why."""
    sources: Many[Source] = Field(title="Sources")
    """The publications that this record names. Their ids are local to it."""


class Links(Model):
    """Where this record is to be had, in which forms."""

    self_: Address = Field(alias="self", title="This record as JSON")
    """The address of this very record."""
    page: Address = Field(title="Page")
    """The page for readers. Cite this address."""
    thing: Address = Field(title="Identifier")
    """What the record is about, as linked data name it: apart from the page that tells of it."""
    all: Address = Field(title="All of its kind")
    """The file with all records of the kind."""
    schema_: Address = Field(alias="schema", title="Schema")
    """The JSON Schema of this record."""
    markdown: Address = Field(title="Page as Markdown")
    """The page once more, for programs that read."""
    bibtex: Address = Field(title="Citation, BibTeX")
    """The citation of the page."""
    ris: Address = Field(title="Citation, RIS")
    """The citation of the page."""
    csl: Address = Field(title="Citation, CSL-JSON")
    """The citation of the page."""
    card: Address = Field(title="Card")
    """A small page to be shown in a frame on other sites."""


# -- what is computed of every record


class FactGrade(Model):
    """What one fact rests on."""

    grade: Grade = Field(title="Grade")
    """Whether a source says it."""
    sources: Many[Text] = Field((), title="Sources")
    """Ids of the sources: those of the item, or of the list that it stands in."""
    disputed: bool | None = Field(None, title="Disputed")
    """True where sources disagree about it: see `disagreements`."""


class Days(Model):
    """The days that a date may mean. A side that is open or not known is left out."""

    earliest: Day = Field(title="First day")
    """The first day that it may mean."""
    latest: Day | None = Field(None, title="Last day")
    """The last day that it may mean."""
    approximate: bool | None = Field(None, title="About")
    """True where the source says «about» (~ in the date)."""
    uncertain: bool | None = Field(None, title="Uncertain")
    """True where the date is inferred (? in the date)."""


class Referrer(Model):
    """Another record that refers to this one."""

    kind: KindName = Field(title="Kind")
    """The kind of the other record."""
    id: Id = Field(title="Id")
    """The id of the other record."""
    fields: Many[Text] = Field(title="Fields")
    """The fields of the other record that hold the reference."""


class ChangedIn(Vocabulary):
    """What it was that changed on the last day of a change."""

    RECORD = ("record", "The record", "The file of this record alone.")
    FILE = ("file", "Its file", "A file of many records, this one among them.")


class Computed(Model):
    """What follows from this record and the others on the day of `as_of`. Nobody states it."""

    as_of: Day = Field(title="As of")
    """The day for which it was computed."""
    facts: dict[str, FactGrade] = Field(title="Facts")
    """Every fact of the record with what it rests on, by its place in the record (JSON Pointer, RFC 6901)."""
    dates: dict[str, Days] = Field(title="Dates")
    """For each stated date that is no certain day, by its place (JSON Pointer): the days that it may mean."""
    referred_by: Many[Referrer] = Field(title="Referred to by")
    """The records that refer to this one."""
    last_changed: Day | None = Field(None, title="Last changed")
    """When the record last changed, where the history of the catalogue tells."""
    last_changed_in: ChangedIn | None = Field(None, title="Last changed: what")
    """Whether that is the day of the record, or of the file that holds many."""


# -- addresses of what is gone


class RecordName(Model):
    """A record, and where it is."""

    kind: KindName = Field(title="Kind")
    """Its kind."""
    id: Id = Field(title="Id")
    """Its id."""
    title: Text = Field(title="Name in lists")
    """The name that lists and headings show."""
    address: Address = Field(title="Address")
    """The record as JSON."""
    page: Address = Field(title="Page")
    """Its page for readers."""


class Moved(Model):
    """What stands at the address of a former id."""

    kind: KindName = Field(title="Kind")
    """The kind of the record."""
    id: Id = Field(title="Former id")
    """The id that the record had."""
    moved_to: Address = Field(title="Moved to")
    """The address of the record as JSON."""
    record: RecordName = Field(title="Record")
    """The record under its present id."""


class Retired(Model):
    """What stands at the address of a record that was taken out."""

    kind: KindName = Field(title="Kind")
    """The kind of the record."""
    id: Id = Field(title="Id")
    """The id that the record had. It is never given to another."""
    title: Line = Field(title="Name")
    """What the record was called."""
    retired: Date = Field(title="Retired on")
    """The day on which it was taken out."""
    because: Prose = Field(title="Why")
    """Why it was taken out."""
    successor: RecordName | None = Field(None, title="Successor")
    """The record to read instead, where there is one."""
    evidence: dict[str, Evidence] = Field(title="Evidence")
    """Which sources say so, field by field."""
    sources: Many[Source] = Field(title="Sources")
    """The publications that this rests on."""
    page: Address = Field(title="Page")
    """The page that tells readers of it."""
