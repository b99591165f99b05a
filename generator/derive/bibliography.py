"""All publications of the catalogue: the same one, cited by several records, is joined by its address."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.model.catalogue import Catalogue, Key
from generator.model.edtf import Precision
from generator.model.evidence import Source, Tier


@dataclass(frozen=True)
class Publication:
    """One publication: its address, what records call it, and which records cite it."""

    identity: str
    """What joins its uses: the bare address, or publisher and title."""
    url: str | None
    titles: tuple[str, ...]
    """As records give it; more than one where they differ."""
    publishers: tuple[str, ...]
    tiers: tuple[Tier, ...]
    records: tuple[Key, ...]
    read: date | None = None
    """The last day on which somebody is known to have read it."""

    @property
    def publisher(self) -> str:
        return self.publishers[0]

    @property
    def letter(self) -> str:
        """Under which letter it stands: the publisher's first, without its accent."""
        first = unicodedata.normalize("NFKD", self.publisher)[0].upper()
        return first if "A" <= first <= "Z" else "0–9"


def bibliography(catalogue: Catalogue) -> tuple[Publication, ...]:
    """Every publication once, by publisher and title. One without an address is joined by publisher and title."""
    found: dict[str, list[tuple[Source, Key]]] = defaultdict(list)
    for kind, records in catalogue.records.items():
        for record in records.values():
            shared = not _own_file(catalogue, kind)
            for source in record.sources:
                owner = (kind, "") if shared else (kind, record.id)
                found[_identity(source)].append((source, owner))
    return tuple(sorted((_joined(uses) for uses in found.values()), key=_order))


def _own_file(catalogue: Catalogue, name: str) -> bool:
    return any(kind.name == name and kind.folder for kind in catalogue.kinds)


def _identity(source: Source) -> str:
    """Addresses that differ in scheme, `www.` or a last slash are the same publication's."""
    if source.url is None:
        return f"{source.publisher}|{source.title}".casefold()
    bare = str(source.url).partition("://")[2].removeprefix("www.")
    return bare.rstrip("/")


def _joined(uses: list[tuple[Source, Key]]) -> Publication:
    sources = [source for source, _ in uses]
    read = (s.accessed for s in sources if s.accessed and s.accessed.precision is Precision.DAY)
    return Publication(
        identity=_identity(sources[0]),
        url=next((str(source.url) for source in sources if source.url), None),
        titles=_by_frequency([str(source.title) for source in sources]),
        publishers=_by_frequency([str(source.publisher) for source in sources]),
        tiers=tuple(dict.fromkeys(source.tier for source in sources if source.tier)),
        records=tuple(sorted({key for _, key in uses})),
        read=max((each.latest for each in read), default=None),
    )


def _by_frequency(texts: list[str]) -> tuple[str, ...]:
    return tuple(text for text, _ in sorted(Counter(texts).items(), key=lambda pair: (-pair[1], pair[0])))


def _order(publication: Publication) -> tuple[str, str, str]:
    return (
        unicodedata.normalize("NFKD", publication.publisher).casefold(),
        publication.titles[0].casefold(),
        publication.url or "",
    )


def by_tier(publications: tuple[Publication, ...]) -> Mapping[Tier | None, int]:
    """How many publications there are of each tier, in the tiers' order; None for those without one."""
    counts = Counter(publication.tiers[0] if publication.tiers else None for publication in publications)
    return {tier: counts[tier] for tier in (*Tier, None) if counts[tier]}
