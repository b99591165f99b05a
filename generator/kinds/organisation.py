"""Organisations: implementers, funders, secretariats, ministries, banks, parliaments."""

from __future__ import annotations

from pydantic import Field

from generator.model.evidence import OtherName, Record
from generator.model.kind import Kind
from generator.model.parts import CountryRef, OrganisationRef
from generator.model.values import Line, Many, Prose, Url, Vocabulary


class OrganisationType(Vocabulary):
    """What sort of organisation it is."""

    EU_INSTITUTION = ("eu-institution", "EU institution or service")
    INTERNATIONAL = ("international", "International organisation")
    NATIONAL_AGENCY = ("national-agency", "National agency")
    GOVERNMENT = ("government", "Ministry or government body")
    REGIONAL_AUTHORITY = ("regional-authority", "Regional or local authority")
    BANK = ("bank", "Development bank")
    COMPANY = ("company", "Company or consultancy")
    BUSINESS = ("business-association", "Chamber or business association")
    RESEARCH = ("research", "Research or education body")
    ASSOCIATION = ("association", "Association or foundation")
    SECRETARIAT = ("secretariat", "Secretariat of a group")


class Organisation(Record):
    """A body that takes part in programmes or dialogues."""

    name: Line = Field(title="Name")
    short_name: Line | None = Field(None, title="Short name")
    acronym: Line | None = Field(None, title="Acronym")
    other_names: Many[OtherName] = Field((), title="Other names")
    type: OrganisationType | None = Field(None, title="Type")
    country: CountryRef | None = Field(None, title="Country")
    part_of: OrganisationRef | None = Field(None, title="Part of")
    website: Url | None = Field(None, title="Website")
    summary: Prose | None = Field(None, title="Summary")


KIND = Kind("organisation", Organisation, "Organisations", "Organisation", file="organisations.yml")
