"""Which countries a theme concerns most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from generator.model.catalogue import Catalogue

KINDS = ("programme", "agreement", "dialogue")


def countries_by_theme(catalogue: Catalogue) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """For each theme: the countries of Latin America and the Caribbean that its records name, and by how many."""
    partners = {country.id for country in catalogue.of("country") if country.side == "lac"}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for kind in KINDS:
        for record in catalogue.of(kind):
            named = {str(id) for field in ("countries", "parties") for id in getattr(record, field, ())}
            for theme in dict.fromkeys(map(str, record.themes)):
                found[theme].update(named & partners)
    return {
        theme: tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))) for theme, counts in found.items()
    }
