"""Dates, stretches of time and money as a reader of English sees them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from strategies import dates, intervals, numbers

from generator.model.edtf import OPEN, PartialDate, parse_when
from generator.model.parts import Qualifier
from generator.render.words import NBSP, words_of

W = words_of("en")


def plain(text: str) -> str:
    """With ordinary blanks."""
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2012-06-26", "26 June 2012"),
        ("2012-06", "June 2012"),
        ("2012", "2012"),
        ("199X", "the 1990s"),
        ("2012~", "about 2012"),
        ("2012-06%", "about June 2012"),
        ("2012?", "2012"),
        ("2018-06-04/2018-06-09", "4–9 June 2018"),
        ("2018-08-08?/2018-08-10?", "8–10 August 2018"),
        ("2018-06-28/2018-07-02", "28 June – 2 July 2018"),
        ("2018-12-28/2019-01-02", "28 December 2018 – 2 January 2019"),
        ("2014/2020", "2014–2020"),
        ("2014-05/2020", "May 2014 – 2020"),
        ("2014/2020-05-01", "2014 – 1 May 2020"),
        ("2012/..", "since 2012"),
        ("2012-06/", "from June 2012"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(text: str, shown: str) -> None:
    assert plain(W.date(parse_when(text))) == shown


def test_no_date_and_no_end_have_words() -> None:
    assert W.date(None) == "not known"
    assert W.date(OPEN) == "no end"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2012-06-26", "26 Jun 2012"), ("2012-06", "Jun 2012"), ("2012", "2012"), ("199X", "the 1990s")],
)
def test_tables_have_short_months(text: str, shown: str) -> None:
    assert plain(W.short_date(parse_when(text))) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2012-06-26", "on 26 June 2012"), ("2012-06", "in June 2012"), ("2012", "in 2012"), ("199X", "in the 1990s")],
)
def test_inside_a_sentence_a_day_is_on_and_all_else_in(text: str, shown: str) -> None:
    assert plain(W.on(PartialDate.parse(text))) == shown


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("3400000000", "EUR", "€3.4 billion"),
        ("925000000", "EUR", "€925 million"),
        ("30000000", "EUR", "€30 million"),
        ("1000000", "EUR", "€1 million"),
        ("1234000", "EUR", "€1.234 million"),
        ("1234567", "EUR", "€1,234,567"),
        ("999999", "EUR", "€999,999"),
        ("66000000.5", "EUR", "€66,000,000.50"),
        ("0", "EUR", "€0"),
        ("-1500000", "EUR", "−€1.5 million"),
        ("2500000", "USD", "US$ 2.5 million"),
        ("2500", "GBP", "£2,500"),
    ],
)
def test_a_round_sum_is_said_in_words_and_another_is_written_out(amount: str, currency: str, shown: str) -> None:
    assert plain(W.money(Decimal(amount), currency)) == shown


@pytest.mark.parametrize(("qualifier", "word"), [(q, q.label) for q in Qualifier])
def test_how_exact_a_sum_is_stands_before_it(qualifier: Qualifier, word: str) -> None:
    assert plain(W.money(Decimal(3_400_000_000), "EUR", qualifier)) == f"{word} €3.4 billion"


@pytest.mark.parametrize(("value", "shown"), [("1500000", "1,500,000"), ("2.5", "2.5"), ("1000.125", "1,000.125")])
def test_numbers_have_groups_and_keep_their_fraction(value: str, shown: str) -> None:
    assert W.number(Decimal(value)) == shown


def test_counts_choose_their_word() -> None:
    assert W.count("{n} record", "{n} records", 1) == "1 record"
    assert W.count("{n} record", "{n} records", 1200) == "1,200 records"


def test_countries_have_their_name_in_the_language() -> None:
    assert (W.country("BR"), words_of("es").country("BR"), words_of("fr").country("BR")) == (
        "Brazil",
        "Brasil",
        "Brésil",
    )


@given(dates() | intervals(dates()))
def test_any_date_has_words_in_any_language(text: str) -> None:
    for language in ("en", "es", "pt", "fr"):
        assert words_of(language).date(parse_when(text)).strip()


@given(numbers())
def test_any_sum_has_words(text: str) -> None:
    shown = W.money(Decimal(text), "EUR")
    assert "€" in shown
    assert "E+" not in shown
