"""Mends: what is certain is made, what is not is left, and nothing is written that makes another mistake."""

from __future__ import annotations

import pytest
from conftest import base_files

from generator.checking import check
from generator.editing.mending import mended

HEAD = "id: x\nname: X\n"


def fixed(text: str, path: str = "programmes/x.yml", head: str = HEAD) -> str:
    """A programme after `--fix`; as it was where nothing is certain."""
    files = {**base_files(), path: f"{head}{text}\nsummary: Text.\n"}
    done = mended(files, lambda tried: check(tried)[1])
    return done.texts.get(path, files[path]).removeprefix(head).removesuffix("\nsummary: Text.\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("level: Bi_Regional # as they say", "level: bi-regional # as they say"),
        ("countries: [CHL, pe]", "countries: [CL, PE]"),
        ("countries: CL", "countries: [CL]"),
        ("eu_countries: [UK]", "eu_countries: [GB]"),
        ("themes: [Social Development]", "themes: [social-development]"),
        ("Website: https://example.org/", "website: https://example.org/"),
        ("start: 2010/05/18", "start: 2010-05-18"),
        ("start: '18.05.2010'", "start: 2010-05-18"),
        ("start: 2010-5-1", "start: 2010-05-01"),
        ("start: 26 June 2012", "start: 2012-06-26"),
        ("start: 05/2010", "start: 2010-05"),
        ("start: 11 de junio de 2015", "start: 2015-06-11"),
        ("start: março de 2015", "start: 2015-03"),
        ("start: circa 2016", "start: 2016~"),
        ("activities: [{title: A, type: meeting, date: 2015-06-10/11}]",
         "activities: [{title: A, type: meeting, date: 2015-06-10/2015-06-11}]"),
        ("activities: [{title: A, type: meeting, date: 2014-2020}]",
         "activities: [{title: A, type: meeting, date: 2014/2020}]"),
        ("budget: [{amount: '1,500,000', currency: eur, basis: budget}]",
         "budget: [{amount: 1500000, currency: EUR, basis: budget}]"),
        ("budget: [{amount: 1.500.000, currency: EUR, basis: budget}]",
         "budget: [{amount: 1500000, currency: EUR, basis: budget}]"),
        ("budget: [{amount: 1 500, currency: EUR, basis: budget}]",
         "budget: [{amount: 1500, currency: EUR, basis: budget}]"),
        ("short_name: A\u202eB", "short_name: AB"),
        ("short_name: true", "short_name: 'true'"),
        ("activities: [{title: A, type: meeting, date: 2012/18.05.2013}]",
         "activities: [{title: A, type: meeting, date: 2012/2013-05-18}]"),
    ],
)  # fmt: skip
def test_what_is_certain_is_mended_and_the_rest_of_the_line_stays(before: str, after: str) -> None:
    assert fixed(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "start: 05/06/2010",
        "start: 2014-2020",
        "start: Junio 35 2015",
        "start: 31.02.2010",
        "countries: [CHI]",
        "level: regionl",
        "countries: CL, PE",
        "budget: [{amount: '1,500', currency: EUR, basis: budget}]",
        "budget: [{amount: 3 million, currency: EUR, basis: budget}]",
        "Level: regional\nlevel: regional",
        "start: 2010\nend: May 2009",
    ],
)
def test_what_is_only_likely_or_brings_another_mistake_is_left(text: str) -> None:
    assert fixed(text) == text


def test_a_country_that_is_called_by_another_code_is_mended_with_all_that_name_it() -> None:
    files = base_files()
    files["countries.yml"] = files["countries.yml"].replace("  CL: {side", "  CHL: {side")
    files["programmes/cohesion.yml"] = files["programmes/cohesion.yml"].replace("[CL, PE]", "[CHL, PE]")
    done = mended(files, lambda tried: check(tried)[1])
    assert {**files, **done.texts} == base_files()


def test_only_the_files_that_are_named_change() -> None:
    files = {**base_files(), "programmes/x.yml": f"{HEAD}level: Regional\nsummary: Text.\n"}
    assert mended(files, lambda tried: check(tried)[1], lambda path: path == "themes.yml").texts == {}
