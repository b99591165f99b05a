"""How a record says where its facts come from."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from generator.model.values import (
    SOURCE_ID,
    Also,
    Date,
    FieldPath,
    Line,
    Many,
    Model,
    Prose,
    SourceId,
    Url,
    Vocabulary,
    fault,
)
from generator.problems import Mend, Way


class Tier(Vocabulary):
    """What sort of publication a source is."""

    OFFICIAL = ("official", "Official")
    DATA_SET = ("data-set", "Data set")
    ACADEMIC = ("academic", "Academic")
    PRESS = ("press", "Press")
    REPRINT = ("reprint", "Reprint")
    PROJECT = ("project", "Project")
    REFERENCE = ("reference", "Reference work")


class Source(Model):
    """A publication that facts are taken from."""

    id: SourceId = Field(title="Id", description="Short and local to the record: s1, s2 …")
    title: Line = Field(title="Title", description="As printed.")
    publisher: Line = Field(title="Publisher")
    tier: Tier | None = Field(None, title="Tier", description="What sort of publication it is.")
    url: Url | None = Field(None, title="Address")
    language: Line | None = Field(None, title="Language", description="Where it is not English: es, pt, fr …")
    celex: Line | None = Field(None, title="CELEX number")
    oj: Line | None = Field(None, title="Official Journal")
    locator: Line | None = Field(None, title="Where in it", description="A page, an article, a section.")
    archived: Url | None = Field(None, title="Archived copy")
    official_url: Url | None = Field(
        None, title="Official page", description="Where this is a reprint: the address of the original."
    )
    accessed: Date | None = Field(None, title="Read on")
    note: Prose | None = Field(None, title="Note")


class Evidence(Model):
    """Where a plain field comes from.

    Written as a list of source ids, as the word `editorial` (our own classification), or as a mapping
    where the sources do not quite say it.
    """

    sources: Many[SourceId] = ()
    editorial: bool = False
    unverified: bool = False
    note: Prose | None = None

    @property
    def verified(self) -> bool:
        return bool(self.sources) and not self.unverified


def _evidence(value: Any) -> Any:
    if value == "editorial":
        return {"editorial": True}
    if isinstance(value, str):
        listed = Mend(Way.LIST, value) if SOURCE_ID.match(value) else None
        raise fault("wrong-type", f"'{value}' is not evidence.", f"Write [{value}], or editorial.", listed)
    return {"sources": value} if isinstance(value, list) else value


Backing = Annotated[
    Evidence,
    BeforeValidator(_evidence),
    Also("The sources that say it.", annotation=Many[SourceId]),
    Also("Our own classification: no source says it in these words.", word="editorial"),
]
EvidenceMap = dict[FieldPath, Backing]


class Item(Model):
    """An item of a list, with its own evidence."""

    note: Prose | None = Field(None, title="Note", description="One or two sentences.")
    sources: Many[SourceId] = Field((), title="Sources")
    unverified: Many[FieldPath] = Field(
        (), title="Not verified", description="The fields of this item that the sources do not quite say."
    )


class Disagreement(Model):
    """What sources say differently, which reading is taken and why."""

    about: Annotated[
        Many[FieldPath],
        BeforeValidator(lambda value: [value] if isinstance(value, str) else value),
        Also("One field needs no brackets.", annotation=FieldPath),
    ] = Field((), title="About", description="The field: start, or events.signed for an item of a list.")
    text: Prose = Field(title="Text")
    sources: Many[SourceId] = Field((), title="Sources")


class OtherName(Item):
    """A name in another language, or one used beside the official one."""

    marks: ClassVar[tuple[str, ...]] = ("name", "language")

    name: Line = Field(title="Name")
    language: Line | None = Field(None, title="Language", description="es, pt, fr, en …")


ORDER_LAST = ("evidence", "disagreements", "sources")


class Record(Model):
    """What every record has. The order in which fields are written is `field_order`."""

    id: str = Field(title="Id", description="The name of the file; never reused.")
    aliases: Many[Line] = Field((), title="Former ids")
    evidence: EvidenceMap = Field(
        default_factory=dict,
        title="Evidence",
        description="Sources of plain fields: {start: [s1], themes: editorial}.",
    )
    disagreements: Many[Disagreement] = Field((), title="Disagreements")
    sources: Many[Source] = Field((), title="Sources")

    @property
    def title(self) -> str:
        """The name that lists and headings show."""
        return str(getattr(self, "short_name", None) or getattr(self, "name", self.id))


def field_order(model: type[Model]) -> tuple[str, ...]:
    """The fields of a model in the order in which a careful person writes them.

    Records and items end with what backs them; other parts are written as their class lists them.
    """
    if not issubclass(model, Record | Item):
        return tuple(model.model_fields)
    own = [name for name in model.model_fields if name not in ORDER_LAST]
    item_last = ("note", "sources", "unverified")
    if issubclass(model, Item):
        own = [n for n in own if n not in item_last] + list(item_last)
    return tuple(own) + tuple(name for name in ORDER_LAST if name in model.model_fields and name not in own)
