"""Nothing that was gathered is lost: the gathered facts were counted once, the content is counted here.

`facts/counts.csv` holds how many items each list had, `facts/addresses.csv` the address of each source.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from generator.checking import check
from generator.model.catalogue import Catalogue
from generator.read import read_folder

HERE = Path(__file__).parent / "facts"
FOLDERS = {"programmes": "programme", "dialogues": "dialogue", "agreements": "agreement", "border-areas": "border-area"}

MORE: dict[tuple[str, str, str], str] = {
    ("agreements", "eu-gsp-plus-bolivia", "sources"): "its trade figures are records of figures.yml, with their source",
}
"""Lists that hold fewer items than were gathered, each with its reason."""

ELSEWHERE: dict[str, str] = {
    "https://eu.vlex.com/vid/case-studies-on-gsp-873559171": "trade figures of GSP+ Bolivia, now in figures.yml",
}
"""Addresses that stand in another place than where they were gathered, each with its reason."""


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return check(read_folder(Path("content"))[0])[0]


def addresses_of(records: list[Any]) -> set[str]:
    return {str(source.url) for record in records for source in record.sources if source.url}


def test_every_list_holds_at_least_what_was_gathered(catalogue: Catalogue) -> None:
    short = []
    for row in rows("counts.csv"):
        if row["place"] not in FOLDERS:
            continue
        record = catalogue.find(FOLDERS[row["place"]], row["record"])
        number = len(getattr(record, row["list"])) if record else -1
        if number < int(row["number"]) and (row["place"], row["record"], row["list"]) not in MORE:
            short.append(f"{row['place']}/{row['record']}: {row['list']} {number} of {row['number']}")
    assert short == []


def test_every_group_event_figure_theme_and_country_is_there(catalogue: Catalogue) -> None:
    for row in rows("counts.csv"):
        wanted = int(row["number"])
        if row["place"] == "groups.yml":
            assert len(catalogue.find("group", row["record"]).events) >= wanted, row  # type: ignore[union-attr]
        elif row["place"] == "figures.yml":
            assert sum(figure.type == row["list"] for figure in catalogue.of("figure")) >= wanted, row
        elif row["place"] in ("themes.yml", "countries.yml"):
            assert len(catalogue.of({"themes.yml": "theme", "countries.yml": "country"}[row["place"]])) >= wanted, row


def test_every_source_address_is_where_it_was_gathered(catalogue: Catalogue) -> None:
    everywhere = addresses_of([record for records in catalogue.records.values() for record in records.values()])
    missing = []
    for row in rows("addresses.csv"):
        place, address = row["place"], row["address"]
        if address not in everywhere:
            missing.append(f"{place}: {address} is nowhere")
        elif "/" in place:
            folder, _, id = place.partition("/")
            if address not in addresses_of([catalogue.find(FOLDERS[folder], id)]) and address not in ELSEWHERE:
                missing.append(f"{place}: {address} is elsewhere")
    assert missing == []


def test_the_reasons_are_still_needed(catalogue: Catalogue) -> None:
    for (place, id, name), reason in MORE.items():
        row = next(r for r in rows("counts.csv") if (r["place"], r["record"], r["list"]) == (place, id, name))
        assert reason
        assert len(getattr(catalogue.find(FOLDERS[place], id), name)) < int(row["number"]), (place, id, name)
