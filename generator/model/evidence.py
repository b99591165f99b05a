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

    OFFICIAL = ("official", "Official", "Published by the EU, a government or an international organisation.")
    DATA_SET = ("data-set", "Data set", "A table made by others, as a list of treaties with their dates.")
    ACADEMIC = ("academic", "Academic", "A university, a research institute or a journal.")
    PRESS = ("press", "Press", "A newspaper, an agency or a news site.")
    REPRINT = ("reprint", "Reprint", "A copy of a text in another place than its own.")
    PROJECT = ("project", "Project", "A programme, network or association that writes of its own work.")
    REFERENCE = ("reference", "Reference work", "An encyclopaedia or a handbook.")


class Source(Model):
    """A publication that facts are taken from."""

    id: SourceId = Field(title="Id", examples=["s1"])
    """A short id of your own, used in this file alone: s1, s2 and so on. Facts name their sources by it."""
    title: Line = Field(title="Title", examples=["EU-CELAC summit, Brussels, 10-11/06/2015"])
    """The title as printed on the publication or the page, in its own language."""
    publisher: Line = Field(title="Publisher", examples=["Council of the European Union"])
    """Who published it: an institution, a newspaper, a project. Readers judge a source by it."""
    tier: Tier | None = Field(None, title="Tier", examples=["official"])
    """What sort of publication it is. It says who speaks, not whether they are right."""
    url: Url | None = Field(None, title="Address", examples=["http://www.consilium.europa.eu/en/2015-eu-celac/"])
    """Where you read it. Copy it from the browser, and check that it opens without signing in."""
    language: Line | None = Field(None, title="Language", examples=["es"])
    """The two letters of the language, where it is not English. It tells readers what to expect."""
    celex: Line | None = Field(None, title="CELEX number", examples=["22002A1230(01)R(01)"])
    """The number of a legal act in EUR-Lex, which finds the text for good."""
    oj: Line | None = Field(None, title="Official Journal", examples=["'OJ L 354, 21.12.2012, p. 3'"])
    """Where a legal act was printed: series, number, day and page."""
    locator: Line | None = Field(None, title="Where in it", examples=["p. 3"])
    """Where in a long text the fact stands: a page, an article, a section."""
    archived: Url | None = Field(
        None, title="Archived copy", examples=["https://web.archive.org/web/2020/https://www.sica.int"]
    )
    """A kept copy of the page, for the day on which the page itself is gone."""
    official_url: Url | None = Field(
        None,
        title="Official page",
        examples=[
            "https://www.consilium.europa.eu/en/press/press-releases/2015/06/11-eu-celac-summit-brussels-declaration/"
        ],
    )
    """For a reprint: the address of the original, where you know it."""
    accessed: Date | None = Field(None, title="Read on", examples=["2026-11-23"])
    """The day on which you read it. After two years the site asks to look again."""
    note: Prose | None = Field(
        None, title="Note", examples=["Seen through a proxy copy of EUR-Lex, so no address is given."]
    )
    """What a reader must know to find or trust it."""


class Evidence(Model):
    """Where a plain field comes from.

    Written as a list of source ids, as the word `editorial` (our own classification), or as a mapping
    where the sources do not quite say it.
    """

    sources: Many[SourceId] = Field((), title="Sources", examples=["[s2]"])
    """The sources that say it, or nearly say it."""
    editorial: bool = Field(False, title="Our classification", examples=["true"])
    """True for our own classification, as themes and levels. The word `editorial` alone does the same."""
    unverified: bool = Field(False, title="Not verified", examples=["true"])
    """True where the sources do not quite say it, or where there is none. Say in the note what is missing."""
    note: Prose | None = Field(None, title="Note", examples=["The number is from general knowledge."])
    """What the sources do not say, or how the value was read from them."""

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

    note: Prose | None = Field(None, title="Note", examples=["Twenty-five participants."])
    """One or two sentences on what the other fields can't say. Readers see it beside the item."""
    sources: Many[SourceId] = Field((), title="Sources", examples=["[s11]"])
    """The sources that say this. Without any, the evidence of the whole list holds."""
    unverified: Many[FieldPath] = Field((), title="Not verified", examples=["[date]"])
    """The fields of this item that the sources do not quite say, as a year read from a calendar. Say why in the
    note."""


class Disagreement(Model):
    """What sources say differently, which reading is taken and why."""

    about: Annotated[
        Many[FieldPath],
        BeforeValidator(lambda value: [value] if isinstance(value, str) else value),
        Also("One field needs no brackets.", annotation=FieldPath),
    ] = Field((), title="About", examples=["events.entry-into-force", "start"])
    """The field that sources tell differently. An item of a list is named by its date, its type or its name, after a
    dot."""
    text: Prose = Field(
        title="Text",
        examples=[
            'A Spanish press report of 4 February 2025 puts entry into force on "last Friday" (31 January). '
            "The joint EU-Chile statement gives 1 February 2025, which we take."
        ],
    )
    """What each source says, which reading the record takes, and why. Both readings stay visible."""
    sources: Many[SourceId] = Field((), title="Sources", examples=["[s4, s6]"])
    """The sources of all readings."""


class OtherName(Item):
    """A name in another language, or one used beside the official one."""

    marks: ClassVar[tuple[str, ...]] = ("name", "language")

    name: Line = Field(title="Name", examples=["Sistema de la Integración Centroamericana"])
    """The name as its owner writes it. Do not translate one yourself."""
    language: Line | None = Field(None, title="Language", examples=["es"])
    """The two letters of the language: es, pt, fr, de, en. Leave it out for a name of no language."""


ORDER_LAST = ("evidence", "disagreements", "sources")


class Record(Model):
    """What every record has. The order in which fields are written is `field_order`."""

    id: str = Field(title="Id", examples=["urbelac"])
    """The name of the file without its ending; the address of the page. It is never changed by hand and never used
    again."""
    aliases: Many[Line] = Field((), title="Former ids", examples=["[innovact-platform]"])
    """Ids that the record had before. Links to them still lead here. `catalogue rename` fills this in."""
    evidence: EvidenceMap = Field(default_factory=dict, title="Evidence", examples=["{start: [s1], themes: editorial}"])
    """Which sources say what, for fields that are no items of a list with sources of their own. Without it a fact is
    shown as not verified. Begin with the name of a field; `legal.oj` names a field inside another."""
    disagreements: Many[Disagreement] = Field(
        (),
        title="Disagreements",
        examples=[
            "- about: events.entry-into-force\n"
            "  text: >-\n"
            '    A Spanish press report of 4 February 2025 puts entry into force on "last Friday" (31 '
            "January). The\n"
            "    joint EU-Chile statement gives 1 February 2025, which we take.\n"
            "  sources: [s4, s6]"
        ],
    )
    """Where sources differ. Keep both readings and say which one the record takes."""
    sources: Many[Source] = Field(
        (),
        title="Sources",
        examples=[
            "- id: s1\n"
            "  title: EU-CELAC summit, Brussels, 10-11/06/2015\n"
            "  publisher: Council of the European Union\n"
            "  tier: official\n"
            "  url: http://www.consilium.europa.eu/en/2015-eu-celac/\n"
            "  accessed: 2026-11-23"
        ],
    )
    """The publications that the facts are taken from, each once. Every one listed must support something."""

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
