"""Who belongs to the Union on a date: what `parties: [EU]` means for a step of that date."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import HERE, base_files, catalogue_of
from site_fixture import BuiltSite

from generator.derive.membership import belongings, expand, members_on
from generator.model.catalogue import Catalogue
from generator.model.edtf import PartialDate
from generator.read import read_folder

CONTENT = HERE.parent / "content"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The real countries and groups, with an agreement that the Union signed on a day of 2012."""
    tables = ("countries.yml", "groups.yml")
    files = {name: data for name, data in read_folder(Path(CONTENT))[0].items() if name in tables}
    return catalogue_of(files | {"agreements/x.yml": AGREEMENT})


AGREEMENT = """\
id: x
name: Agreement
type: trade-agreement
parties: [EU, CL]
summary: Text.
events:
  - {date: 2012-06-26, event: signed}
"""


def test_an_agreement_signed_in_2012_lists_the_united_kingdom_and_not_croatia(catalogue: Catalogue) -> None:
    agreement = catalogue.records["agreement"]["x"]
    (signed,) = agreement.events  # type: ignore[attr-defined]
    parties = {country for party in agreement.parties for country in expand(catalogue, party, signed.date)}  # type: ignore[attr-defined]
    assert "GB" in parties
    assert "HR" not in parties
    assert {"CL", "ES", "FR"} <= parties
    assert len(parties) == 27 + 1


@pytest.mark.parametrize(
    ("when", "count", "croatia", "kingdom"),
    [
        ("1957", 0, False, False),
        ("1958", 6, False, False),
        ("1972-12-31", 6, False, False),
        ("1973", 9, False, True),
        ("199X", 15, False, True),
        ("2004-04-30", 15, False, True),
        ("2004-05-01", 25, False, True),
        ("2012", 27, False, True),
        ("2013-06-30", 27, False, True),
        ("2013-06", 27, False, True),
        ("2013-07", 28, True, True),
        ("2013", 28, True, True),
        ("2014", 28, True, True),
        ("2020-01-31", 28, True, True),
        ("2020-02-01", 27, True, False),
        ("2020", 28, True, True),
        ("2021", 27, True, False),
    ],
)
def test_the_union_has_the_members_of_the_day(
    when: str, count: int, croatia: bool, kingdom: bool, catalogue: Catalogue
) -> None:
    members = expand(catalogue, "EU", PartialDate.parse(when))
    assert ("HR" in members, "GB" in members, len(members)) == (croatia, kingdom, count)
    assert list(members) == sorted(set(members))


def test_a_country_expands_to_itself(catalogue: Catalogue) -> None:
    assert expand(catalogue, "CL", PartialDate.parse("2012")) == ("CL",)


def test_members_without_a_date_count_as_members_always(catalogue: Catalogue) -> None:
    assert len(expand(catalogue, "LAC", PartialDate.parse("1999"))) == 33


def test_observers_and_associates_do_not_stand_for_a_group() -> None:
    union = catalogue_of(base_files()).find("group", "EU")
    assert "CL" not in members_on(union, PartialDate.parse("2012"))


def test_a_country_knows_its_groups() -> None:
    rows = belongings(catalogue_of(base_files()))
    assert [(row.group.id, row.over) for row in rows["GB"]] == [("EU", True)]
    assert [row.group.id for row in rows["EC"]] == ["CAN"]


def test_the_page_of_an_agreement_names_the_members_of_the_day_it_was_signed(built: BuiltSite) -> None:
    page = built.tree["agreements/eu-central-america-association-agreement/index.md"]
    summary = page.index("European Union when it signed")
    then = page[summary : page.index("</details>", summary)]
    assert "European Union when it signed, 29\u00a0June\u00a02012: 27 members" in then
    assert "United Kingdom" in then
    assert "Croatia" not in then
