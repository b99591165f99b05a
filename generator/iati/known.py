"""What the catalogue has already, as an import asks for it: countries, themes, organisations, programmes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.advise import alike, signs_of, words_of
from generator.iati import codes
from generator.iati.activity import Activity, Organisation
from generator.kinds.theme import Match
from generator.model.catalogue import Catalogue

NEAR = (Match.EXACT, Match.CLOSE)


@dataclass(frozen=True)
class Known:
    """The look-up tables of one catalogue."""

    sides: Mapping[str, str]
    """Country → lac, europe, other."""
    groups: frozenset[str]
    themes: Mapping[str, tuple[str, ...]]
    """DAC code of five digits → themes with nearly that meaning."""
    categories: Mapping[str, tuple[str, ...]]
    """DAC code of three digits → themes."""
    organisations: Mapping[tuple[str, ...], str]
    """The words of a name → the one organisation that is called so."""
    european: frozenset[str]
    """Organisations of the EU, and of countries on the European side."""
    organisation_ids: frozenset[str]
    programmes: Names
    taken: frozenset[str]
    """Ids that a programme may not have: those given, formerly given, and retired."""
    identifiers: Mapping[str, str]
    """IATI identifiers in the sources of programmes → their ids."""

    def themes_of(self, code: str, vocabulary: str) -> tuple[str, ...]:
        """Our themes for a DAC code: of its meaning, else of its category; none where we have no such theme."""
        exact = self.themes.get(code, ()) if vocabulary == codes.SECTOR_DAC_5 else ()
        return exact or self.categories.get(code[:3], ())

    def organisation(self, named: Organisation) -> str | None:
        """The id of ours, where identifier or name leave no doubt."""
        certain = codes.EU_SERVICES.get(named.ref)
        if certain in self.organisation_ids:
            return certain
        return self.organisations.get(words_of(named.name)) if named.name else None

    def is_european(self, named: Organisation) -> bool:
        """Whether it is of the EU or of one of its members, by its identifier, its name or our record of it."""
        ref = named.ref.upper()
        donor = re.match(r"XM-DAC-([0-9]{1,3})(-|\Z)", ref)
        if ref.startswith(codes.EU_PREFIXES) or (donor and donor[1] in codes.EU_DONORS):
            return True
        if re.match("[A-Z]{2}-", ref) and self.sides.get(ref[:2]) == "europe":
            return True
        return named.name.startswith(codes.EU_NAMES) or self.organisation(named) in self.european

    def has_partner(self, activity: Activity) -> bool:
        """Whether somebody of the EU or of a member pays, reports or works."""
        return any(map(self.is_european, (activity.publisher, *activity.organisations)))

    def is_in_region(self, activity: Activity) -> bool:
        """Whether a country or region of Latin America or the Caribbean receives."""
        return any(self.sides.get(each.code) == "lac" for each in activity.countries) or any(
            (each.vocabulary, each.code) in codes.REGIONS for each in activity.regions
        )


@dataclass(frozen=True)
class Names:
    """The names of records, found by nearly the same name."""

    by_sign: Mapping[tuple[str, ...], tuple[tuple[tuple[str, ...], str], ...]]
    letters: Mapping[str, str]
    """Acronyms of four letters and more → the one record that has them."""

    def named(self, names: Iterable[str]) -> str | None:
        """The record whose name is one of these or nearly one."""
        for name in names:
            words = words_of(name)
            for sign in signs_of(words):
                for other, id in self.by_sign.get(sign, ()):
                    if alike(words, other):
                        return id
        return None

    def lettered(self, names: Iterable[str]) -> str | None:
        """The record whose letters stand in one of these names."""
        for name in names:
            for word in re.findall(r"[^\W_]+(?:[-+][^\W_]+)*", name):
                if word in self.letters:
                    return self.letters[word]
        return None


def known_of(catalogue: Catalogue) -> Known:
    """The tables of a catalogue."""
    organisations = catalogue.of("organisation")
    programmes = catalogue.of("programme")
    sides = {country.id: str(country.side) for country in catalogue.of("country")}
    return Known(
        sides=sides,
        groups=frozenset(group.id for group in catalogue.of("group")),
        themes=_themes(catalogue, lambda match: len(match.code) == 5 and match.match in NEAR),
        categories=_themes(catalogue, lambda match: len(match.code) == 3),
        organisations=_unique((words_of(name), one.id) for one in organisations for name in _names(one)),
        european=frozenset(one.id for one in organisations if _is_european(one, sides)),
        organisation_ids=frozenset(one.id for one in organisations),
        programmes=names_of((one.id, _names(one)) for one in programmes),
        taken=_taken(catalogue),
        identifiers=_unique((word, one.id) for one in programmes for word in _identifiers(one)),
    )


def names_of(records: Iterable[tuple[str, tuple[str, ...]]]) -> Names:
    """The names of records, by id."""
    by_sign: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    letters: list[tuple[str, str]] = []
    for id, names in records:
        for name in names:
            words = words_of(name)
            for sign in dict.fromkeys(signs_of(words)):
                by_sign[sign].append((words, id))
            if re.fullmatch(r"\S{4,}", name) and name[:4].isupper():
                letters.append((name, id))
    return Names({sign: tuple(found) for sign, found in by_sign.items()}, _unique(letters))


def _names(record: Any) -> tuple[str, ...]:
    fields = (record.name, record.short_name, record.acronym, *(other.name for other in record.other_names))
    return tuple(dict.fromkeys(str(name) for name in fields if name))


def _identifiers(record: Any) -> Iterator[str]:
    for source in record.sources:
        yield from words_in(str(source.locator or ""))


def words_in(text: str) -> frozenset[str]:
    """The identifiers that a text may name: its parts between commas, and its words. Some hold blanks."""
    parts = [part.strip() for part in re.split("[,;]", text)]
    return frozenset(filter(None, [*parts, *re.split(r"[\s,;]+", text)]))


def _is_european(organisation: Any, sides: Mapping[str, str]) -> bool:
    return organisation.type == "eu-institution" or sides.get(str(organisation.country or "")) == "europe"


def _themes(catalogue: Catalogue, fits: Any) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for theme in catalogue.of("theme"):
        if theme.dac and fits(theme.dac):
            found[str(theme.dac.code)].append(theme.id)
    return {code: tuple(ids) for code, ids in found.items()}


def _taken(catalogue: Catalogue) -> frozenset[str]:
    aliases = {id for kind, id in catalogue.aliases if kind == "programme"}
    retired = {id for kind, id in catalogue.retired if kind == "programme"}
    return frozenset(catalogue.records.get("programme", {})) | aliases | retired


def _unique(rows: Iterable[tuple[Any, str]]) -> dict[Any, str]:
    """Keys that lead to one record only."""
    found: dict[Any, set[str]] = defaultdict(set)
    for key, id in rows:
        if key:
            found[key].add(id)
    return {key: ids.pop() for key, ids in found.items() if len(ids) == 1}
