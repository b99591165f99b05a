"""Countries and territories. Names in every language come from CLDR, not from here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from pydantic import Field

from generator.model.evidence import Record
from generator.model.kind import Kind
from generator.model.parts import CountryRef, Labels
from generator.model.values import COUNTRY_ID, Line, Prose, Vocabulary, bare
from generator.problems import Code, Fault, Mend, Way

NOT_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"})
"""Two-letter territories of CLDR that ISO 3166-1 has not."""


NAME_LANGUAGES = ("en", "es", "pt", "fr")


class Income(Vocabulary):
    """Income groups of the World Bank."""

    LOW = ("low", "Low income")
    LOWER_MIDDLE = ("lower-middle", "Lower middle income")
    UPPER_MIDDLE = ("upper-middle", "Upper middle income")
    HIGH = ("high", "High income")
    NOT_CLASSIFIED = ("not-classified", "Not classified")


class Side(Vocabulary):
    """On which side of the partnership a country stands."""

    LAC = ("lac", "Latin America and the Caribbean", "An independent state of Latin America or the Caribbean.")
    EUROPE = ("europe", "Europe", "A present or former member of the EU.")
    OTHER = ("other", "Elsewhere", "Any other, territories included.")


class Country(Record):
    """An ISO 3166-1 country or territory; the id is its alpha-2 code."""

    side: Side = Field(title="Side", examples=["lac"])
    """On which side of the partnership it stands. Territories of a European state and all others are `other`."""
    iso3: Line | None = Field(None, title="ISO alpha-3 code", examples=["CHL"])
    """The three letters of ISO 3166-1, by which other data sets know it."""
    official_names: Labels | None = Field(
        None,
        title="Official names",
        examples=["{en: Republic of Chile, es: República de Chile, pt: República do Chile, fr: République du Chili}"],
    )
    """The formal name in the four languages, as the United Nations list it. The everyday name comes by itself."""
    capital: Line | None = Field(None, title="Capital", examples=["Santiago"])
    """The capital, in English."""
    income_group: Income | None = Field(None, title="Income group", examples=["upper-middle"])
    """The group in which the World Bank puts it this year. It decides on some preferences."""
    least_developed: bool | None = Field(None, title="Least developed country", examples=["true"])
    """Whether the United Nations list it as a least developed country."""
    small_island: bool | None = Field(None, title="Small island developing state", examples=["true"])
    """Whether the United Nations list it as a small island developing state."""
    part_of: CountryRef | None = Field(None, title="Belongs to", examples=["FR"])
    """For a territory: the code of the state that it belongs to."""
    summary: Prose | None = Field(
        None,
        title="Summary",
        examples=[
            "Haiti signed the CARIFORUM–EU EPA in 2009 but does not apply it. It trades under Everything but Arms."
        ],
    )
    """One or two plain sentences, only where its relation to the EU needs a word of its own."""

    @property
    def name(self) -> str:
        return country_name(self.id, "en")

    @property
    def title(self) -> str:
        return self.name


@lru_cache(maxsize=2048)
def country_name(code: str, language: str) -> str:
    """The name of a country in a language, by CLDR; the code itself where CLDR has none."""
    return str(Locale.parse(language).territories.get(code, code))


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """The codes of ISO 3166-1, by way of CLDR."""
    codes = map(str, Locale.parse("en").territories)
    return frozenset(code for code in codes if COUNTRY_ID.match(code)) - NOT_COUNTRIES


def respell(written: str) -> str | None:
    """The ISO 3166-1 alpha-2 code that is meant, by CLDR: CL for cl, CHL, Chile and Chili, GB for UK."""
    capitals = written.strip().upper()
    if capitals in country_codes():
        return capitals
    meant = get_global("territory_aliases").get(capitals, ())
    if len(meant) == 1 and meant[0] in country_codes():
        return str(meant[0])
    return _codes_by_name().get(bare(written))


@lru_cache(maxsize=1)
def _codes_by_name() -> dict[str, str]:
    """The code for each name in our languages, without those that two countries share."""
    named = {(bare(country_name(code, each)), code) for code in country_codes() for each in NAME_LANGUAGES}
    count = Counter(name for name, _ in named)
    return {name: code for name, code in named if count[name] == 1}


@lru_cache(maxsize=1)
def three_letters() -> dict[str, str]:
    """The alpha-3 code of each alpha-2 code of ISO 3166-1, by CLDR."""
    pairs = get_global("territory_aliases").items()
    return {str(two[0]): three for three, two in pairs if THREE.match(three) and three not in FORMERLY}


THREE = re.compile("[A-Z]{3}\\Z")
FORMERLY = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})
"""Codes of states that are no more, which CLDR leads to their successors."""


def code_exists(record: Country) -> Iterator[Fault]:
    """The id is an ISO 3166-1 code."""
    if record.id not in country_codes():
        message = f"There is no country or territory with the code '{record.id}'."
        known = respell(record.id)
        hint = f"Write {known}." if known else "Look it up in ISO 3166-1."
        mend = Mend(Way.WRITE, known) if known else None
        yield Fault((), Code.UNKNOWN_COUNTRY, message, hint, at_key=True, mend=mend)


KIND = Kind(
    "country",
    Country,
    "Countries",
    "Country",
    file="countries.yml",
    ids=COUNTRY_ID,
    checks=(code_exists,),
    respell=respell,
)
