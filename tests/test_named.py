"""The systems that were asked for by name are found by that name, and sources are sorted alike everywhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.checking import check
from generator.derive import derive
from generator.export import names
from generator.model.catalogue import Catalogue
from generator.read import read_folder

ASKED = {
    "EUROsociAL": "/programmes/eurosocial/",
    "EULAC-CBC": "/programmes/eulac-cbc/",
    "EULAC-RIS": "/programmes/eulac-ris/",
    "URBELAC": "/programmes/urbelac/",
    "EULAC-REGIO (CBRIS)": "/programmes/eulac-regio-cbris/",
    "INNOVACT": "/programmes/innovact/",
    "Samoa Agreement": "/agreements/samoa-agreement/",
    "CELAC": "/groups/celac/",
    "Peru": "/countries/pe/",
    "Perú": "/countries/pe/",
    "cohesion": "/themes/cohesion/",
}
WITHIN = {
    "CARIFORUM": "/agreements/cariforum-eu-epa/",
    "Central America": "/agreements/eu-central-america-association-agreement/",
    "Mexico": "/agreements/eu-mexico-global-agreement/",
    "Chile": "/agreements/eu-chile-association-agreement/",
    "Colombia": "/agreements/eu-colombia-peru-ecuador-trade-agreement/",
    "SICA": "/programmes/eu-sica-cbris/",
    "SWOT": "/programmes/eu-sica-swot-2015/",
    "value chains": "/programmes/eu-latam-value-chains-2015/",
    "Regional Innovation Strategies": "/programmes/eu-chile-regional-innovation-strategies/",
    "Santiago": "/dialogues/eu-celac-summit-2013-santiago/",
    "Brussels": "/dialogues/eu-celac-summit-2015-brussels/",
    "EU-LAC Summit": "/dialogues/eu-lac-summit-1999-rio/",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return check(read_folder(Path("content"))[0])[0]


def test_what_was_asked_for_by_name_has_that_name(catalogue: Catalogue) -> None:
    found = names(catalogue, derive(catalogue, date(2026, 11, 23)))
    listed = {f"/{s}/{id}/": all_names for s, kind in found.items() for id, all_names in kind["records"].items()}
    missing = [name for name, url in ASKED.items() if name not in listed[url]]
    missing += [
        name for name, url in WITHIN.items() if not any(name.casefold() in each.casefold() for each in listed[url])
    ]
    assert missing == []


def test_a_publication_is_of_one_sort_wherever_it_is_cited(catalogue: Catalogue) -> None:
    publications = derive(catalogue, date(2026, 11, 23)).bibliography
    assert [(p.url, [str(tier) for tier in p.tiers]) for p in publications if len(p.tiers) != 1] == []
