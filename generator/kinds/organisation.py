"""Organisations: implementers, funders, secretariats, ministries, banks, parliaments."""

from __future__ import annotations

from pydantic import Field

from generator.model.evidence import OtherName, Record
from generator.model.kind import Kind
from generator.model.parts import CountryRef, OrganisationRef
from generator.model.values import Line, Many, Prose, Url, Vocabulary


class OrganisationType(Vocabulary):
    """What sort of organisation it is."""

    EU_INSTITUTION = ("eu-institution", "EU institution or service", "An institution, service or agency of the EU.")
    INTERNATIONAL = (
        "international",
        "International organisation",
        "Made by states, as a UN body or a regional organisation.",
    )
    NATIONAL_AGENCY = ("national-agency", "National agency", "An agency of one country, as for development.")
    GOVERNMENT = ("government", "Ministry or government body", "A ministry or another part of a government.")
    REGIONAL_AUTHORITY = ("regional-authority", "Regional or local authority", "A region, a province, a city.")
    BANK = ("bank", "Development bank", "A bank for development.")
    COMPANY = ("company", "Company or consultancy", "A firm.")
    BUSINESS = ("business-association", "Chamber or business association", "A chamber of commerce or a union of firms.")
    RESEARCH = ("research", "Research or education body", "A university, an institute, a school.")
    ASSOCIATION = ("association", "Association or foundation", "A network, a foundation, a body of civil society.")
    SECRETARIAT = ("secretariat", "Secretariat of a group", "The office of a group of countries.")


class Organisation(Record):
    """A body that takes part in programmes or dialogues."""

    name: Line = Field(title="Name", examples=["DG Regional and Urban Policy"])
    """The official name, in English where there is one."""
    short_name: Line | None = Field(None, title="Short name", examples=["DG REGIO"])
    """The name that readers use, for lists and headings."""
    acronym: Line | None = Field(None, title="Acronym", examples=["AEBR"])
    """Its letters, where people use them."""
    other_names: Many[OtherName] = Field((), title="Other names", examples=["- {name: FIAP, note: Later name.}"])
    """Names in other languages, former and later names."""
    type: OrganisationType | None = Field(None, title="Type", examples=["eu-institution"])
    """What sort of organisation it is."""
    country: CountryRef | None = Field(None, title="Country", examples=["ES"])
    """Where it belongs. Leave it out for bodies of the EU and international ones."""
    part_of: OrganisationRef | None = Field(None, title="Part of", examples=["european-commission"])
    """The organisation that it is a part of."""
    website: Url | None = Field(None, title="Website", examples=["https://www.sica.int"])
    """Its official site."""
    summary: Prose | None = Field(
        None, title="Summary", examples=["It is the EU's counterpart for regional cooperation in Central America."]
    )
    """One to three plain sentences, where its name does not say what it is."""


KIND = Kind("organisation", Organisation, "Organisations", "Organisation", file="organisations.yml")
