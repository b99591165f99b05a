"""What one row of each table to look things up in holds, class by class, as in `shapes`."""

from __future__ import annotations

from pydantic import Field

from generator.derive.happenings import Sort
from generator.export.api.computed_shapes import Members
from generator.export.api.shapes import Address, Count, Day, Id, KindName, RecordName, Retired, Text
from generator.kinds.country import Side
from generator.kinds.organisation import OrganisationType
from generator.kinds.theme import CodeMatch
from generator.model.parts import Labels
from generator.model.values import Date, Line, Many, Model


class Lookup(Model):
    """A table to look something up in."""

    schema_: Address = Field(alias="$schema", title="Schema")
    """The JSON Schema of this file."""
    title: Text = Field(title="Title")
    """What the table is called."""
    description: Text = Field(title="Description")
    """What it is for."""
    as_of: Day = Field(title="As of")
    """The day for which it was made."""


class CountryEntry(Model):
    """A country by its names and codes."""

    id: Id = Field(title="Code")
    """The two letters of ISO 3166-1."""
    iso3: Line | None = Field(None, title="ISO alpha-3 code")
    """The three letters of ISO 3166-1."""
    numeric: Text | None = Field(None, title="Numeric code")
    """The three digits of ISO 3166-1, by which statistics of the United Nations (M49) know it."""
    names: Labels = Field(title="Names")
    """The everyday name in four languages, by CLDR."""
    official_names: Labels | None = Field(None, title="Official names")
    """The formal name in four languages."""
    side: Side = Field(title="Side")
    """On which side of the partnership it stands."""
    address: Address = Field(title="Address")
    """The record as JSON."""
    page: Address = Field(title="Page")
    """Its page for readers."""


class GroupEntry(Model):
    """A group with its members by day."""

    id: Id = Field(title="Id")
    """The id of the group, as `parties` name it."""
    name: Line = Field(title="Name")
    """The official name."""
    short_name: Line | None = Field(None, title="Short name")
    """The name that readers use."""
    founded: Date | None = Field(None, title="Founded")
    """When it was set up."""
    ended: Date | None = Field(None, title="Ended")
    """When it ceased to exist."""
    members: Many[Members] = Field(title="Members by day")
    """The full members from one change to the next: look up the row of your day."""
    address: Address = Field(title="Address")
    """The record as JSON; it has every role, each with its dates and sources."""
    page: Address = Field(title="Page")
    """Its page for readers."""


class OrganisationEntry(Model):
    """An organisation by its names."""

    id: Id = Field(title="Id")
    """The id of the organisation."""
    name: Line = Field(title="Name")
    """The official name."""
    short_name: Line | None = Field(None, title="Short name")
    """The name that readers use."""
    acronym: Line | None = Field(None, title="Acronym")
    """Its letters."""
    type: OrganisationType | None = Field(None, title="Type")
    """What sort of organisation it is."""
    country: Id | None = Field(None, title="Country")
    """The code of the country that it belongs to."""
    part_of: Id | None = Field(None, title="Part of")
    """The organisation that it is a part of."""
    address: Address = Field(title="Address")
    """The record as JSON."""
    page: Address = Field(title="Page")
    """Its page for readers."""


class ThemeEntry(Model):
    """A theme by its names, with codes of other vocabularies."""

    id: Id = Field(title="Id")
    """The id of the theme."""
    labels: Labels = Field(title="Labels")
    """The name in four languages."""
    alt_labels: Many[Line] = Field((), title="Also called")
    """Other words for it in English."""
    broader: Id | None = Field(None, title="Broader theme")
    """The wider theme that it belongs to."""
    dac: CodeMatch | None = Field(None, title="OECD-DAC sector")
    """The nearest code of the OECD-DAC sectors."""
    eurovoc: CodeMatch | None = Field(None, title="EuroVoc concept")
    """The nearest concept of EuroVoc."""
    records: Count = Field(title="Records")
    """How many records name it."""
    address: Address = Field(title="Address")
    """The record as JSON."""
    page: Address = Field(title="Page")
    """Its page for readers."""


class WordEntry(Model):
    """A word of a vocabulary."""

    word: Text = Field(title="Word")
    """The word as records and computed values have it."""
    label: Text = Field(title="Label")
    """What readers see."""
    definition: Text | None = Field(None, title="Definition")
    """What it means, where the label says too little."""


class VocabularyEntry(Model):
    """A fixed list of words."""

    name: Text = Field(title="Name")
    """The name of the vocabulary, as the schemas have it."""
    what: Text = Field(title="What")
    """What the words tell."""
    fields: Many[Text] = Field(title="Fields")
    """The stated fields that take its words, as agreement.events.event; none for what is computed."""
    words: Many[WordEntry] = Field(title="Words")
    """The words."""


class EventEntry(Model):
    """A word for what happens in the life of an agreement."""

    word: Text = Field(title="Word")
    """The word as events have it."""
    label: Text = Field(title="Label")
    """What readers see."""
    definition: Text = Field(title="Definition")
    """What it means."""
    step: bool = Field(title="Step")
    """Whether it moves a party: statuses are computed from steps. Others are milestones."""
    order: Count | None = Field(None, title="Order")
    """For a step: how far along it is. A party does not go back to a lower one, but for talks that fail."""
    often: bool = Field(title="Often")
    """Whether a party may take the step more than once."""
    sort: Sort = Field(title="Sort")
    """The sort of thing that it is on the timeline, beside what happens to programmes, dialogues and groups."""


class MovedEntry(Model):
    """A former id."""

    kind: KindName = Field(title="Kind")
    """The kind of the record."""
    id: Id = Field(title="Former id")
    """The id that the record had."""
    address: Address = Field(title="Address")
    """Where the former id is answered."""
    record: RecordName = Field(title="Record")
    """The record under its present id."""


class Former(Lookup):
    """Ids that are no longer: each is still answered at its address."""

    moved: Many[MovedEntry] = Field(title="Moved")
    """Former ids of records that are there."""
    retired: Many[Retired] = Field(title="Retired")
    """Records that were taken out, by each id that they had."""
