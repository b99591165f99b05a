"""Figures: nothing is compared that differs in more than its time, and a page shows what the records say."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest
from conftest import HERE, base_files, catalogue_of
from hypothesis import given
from hypothesis import strategies as st
from site_fixture import BuiltSite, Element

from generator.charts import Bars, Columns, ValueBar, bars_svg, columns_svg
from generator.checking import check
from generator.derive.figures import (
    Alone,
    Comparison,
    compare,
    disputed,
    own_money,
    reasons,
    unverified,
    value_field,
)
from generator.kinds.figure import Figure, FigureType
from generator.model.catalogue import Catalogue
from generator.model.values import UNSEEN
from generator.read import read_folder
from generator.render.words import words_of

SAME = ("series", "type", "basis", "flow", "currency", "unit", "eu_aggregate", "scope")


@pytest.fixture(scope="module")
def real() -> Catalogue:
    return check(read_folder(HERE.parent / "content")[0])[0]


def figures_of(*rows: Mapping[str, Any]) -> tuple[Figure, ...]:
    """The figures of a small catalogue, f0, f1 … in the order of the rows."""
    files = base_files()
    common = {"type": "funding", "label": "Aid", "amount": "5", "currency": "EUR", "series": "aid"}
    records = {f"f{n}": {**common, **row} for n, row in enumerate(rows)}
    records = {id: {k: v for k, v in row.items() if v is not None} for id, row in records.items()}
    files["figures.yml"] = json.dumps({"sources": [], "records": records})
    return tuple(catalogue_of(files).of("figure"))


def ids(comparison: Comparison) -> list[list[str]]:
    return [[figure.id for figure in each.figures] for each in comparison.sets]


def mixes(comparison: Comparison) -> list[str]:
    """What a set holds that it may not: two readings of a field, a part and its whole, the same time twice."""
    found = []
    for each in comparison.sets:
        for name in SAME:
            if len({getattr(figure, name) for figure in each.figures}) > 1:
                found.append(f"{name}: {[figure.id for figure in each.figures]}")
        if len({tuple(sorted(figure.partners)) for figure in each.figures}) > 1:
            found.append("partners")
        if any(figure.flow and not figure.eu_aggregate for figure in each.figures):
            found.append("unknown set of EU members")
        for one, other in combinations(each.figures, 2):
            assert one.period is not None
            assert other.period is not None
            if one.id == other.part_of or other.id == one.part_of:
                found.append(f"part: {one.id}, {other.id}")
            if (one.period.latest.year - other.period.earliest.year) >= 1:
                found.append(f"time: {one.id}, {other.id}")
    return found


# -- what compares


def test_figures_of_one_series_that_differ_in_time_alone_are_a_set_by_time() -> None:
    figures = figures_of({"period": "2014/2020", "basis": "allocation"}, {"period": "2007/2013", "basis": "allocation"})
    assert ids(compare(figures)) == [["f1", "f0"]]


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("basis", "allocation", "target"),
        ("currency", "EUR", "USD"),
        ("scope", "Peru", "Chile"),
        ("partners", ["PE"], ["EC"]),
        ("series", "aid", "other-aid"),
        ("type", "funding", "investment"),
    ],
)
def test_figures_that_differ_in_anything_else_are_no_set(name: str, one: Any, other: Any) -> None:
    comparison = compare(figures_of({"period": "2010", name: one}, {"period": "2011", name: other}))
    assert comparison.sets == ()
    assert set(comparison.alone.values()) == {Alone.NO_OTHER}


def test_trade_of_different_or_untold_members_of_the_union_is_no_set() -> None:
    trade = {"type": "trade", "flow": "imports"}
    told = figures_of(
        {**trade, "period": "2010", "eu_aggregate": "EU27 (2007)"}, {**trade, "period": "2021", "eu_aggregate": "EU27"}
    )
    assert compare(told).sets == ()
    untold = compare(figures_of({**trade, "period": "2010"}, {**trade, "period": "2011"}))
    assert untold.sets == ()
    assert set(untold.alone.values()) == {Alone.AGGREGATE_NOT_GIVEN}


def test_exports_and_imports_are_two_sets() -> None:
    rows = [
        {"type": "trade", "eu_aggregate": "EU28", "flow": flow, "period": year}
        for year in ("2014", "2015")
        for flow in ("exports", "imports")
    ]
    assert ids(compare(figures_of(*rows))) == [["f0", "f2"], ["f1", "f3"]]


def test_a_part_never_stands_beside_its_whole_nor_a_year_beside_the_years_that_hold_it() -> None:
    part = compare(figures_of({"period": "2010"}, {"period": "2011", "part_of": "f0"}, {"period": "2012"}))
    assert part.sets == ()
    assert part.alone == {"f0": Alone.OVERLAPS, "f1": Alone.OVERLAPS, "f2": Alone.NO_OTHER}
    inside = compare(figures_of({"period": "2007/2013"}, {"period": "2010"}, {"period": "2013/2020"}))
    assert inside.sets == ()
    assert inside.alone["f0"] is inside.alone["f1"] is Alone.OVERLAPS
    twice = compare(figures_of({"period": "2010"}, {"period": "2010"}))
    assert set(twice.alone.values()) == {Alone.OVERLAPS}


def test_periods_may_meet_in_the_year_in_which_one_ends_and_the_next_begins() -> None:
    assert ids(compare(figures_of({"period": "1995/2000"}, {"period": "2000/2007"}))) == [["f0", "f1"]]
    assert compare(figures_of({"period": "1995/2000"}, {"period": "2000"})).sets == ()


@pytest.mark.parametrize("period", [None, "199X", "2007/..", "2007/", "199X/2012"])
def test_a_figure_whose_years_are_not_known_is_in_no_set(period: str | None) -> None:
    comparison = compare(figures_of({"period": period}, {"period": "2020"}))
    assert comparison.alone["f0"] is Alone.NO_VALUE


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "period": st.sampled_from(["2000", "2001", "2002/2004", "2004/2006", "2005", "200X", "2006/..", "2009?"]),
            "type": st.sampled_from(["funding", "trade", "investment"]),
        },
        optional={
            "series": st.sampled_from([None, "aid", "x"]),
            "basis": st.sampled_from(["allocation", "target"]),
            "flow": st.sampled_from(["imports", "exports"]),
            "currency": st.sampled_from(["EUR", "USD"]),
            "eu_aggregate": st.sampled_from(["EU28", "EU27 (2007)"]),
            "scope": st.sampled_from(["Peru", "Chile"]),
            "partners": st.sampled_from([["PE"], ["EC", "PE"]]),
            "amount": st.sampled_from(["1", "-3", "7.5"]),
        },
    ),
    min_size=2,
    max_size=9,
)


@given(ROWS, st.randoms(use_true_random=False))
def test_no_set_ever_mixes_and_every_figure_is_drawn_once_or_says_why_not(rows: list[Any], random: Any) -> None:
    figures = list(figures_of(*rows))
    comparison = compare(figures)
    assert mixes(comparison) == []
    assert all(len(each.figures) > 1 for each in comparison.sets)
    told = Counter([figure.id for each in comparison.sets for figure in each.figures] + list(comparison.alone))
    assert told == Counter(figure.id for figure in figures)
    random.shuffle(figures)
    assert compare(figures) == comparison


def test_no_set_of_the_real_content_mixes(real: Catalogue) -> None:
    comparison = compare(real.of("figure"))
    assert mixes(comparison) == []
    assert len(comparison.sets) >= 10
    for type in FigureType:
        of_type = [figure for figure in real.of("figure") if figure.type is type]
        drawn = sum(len(each.figures) for each in comparison.of(type))
        assert drawn + sum(reasons(comparison, type, of_type).values()) == len(of_type)


# -- evidence


def test_a_figure_says_which_of_its_fields_no_source_states() -> None:
    files = base_files()
    files["figures.yml"] = """sources: [{id: s1, title: T, publisher: P}]
records:
  a: {type: funding, label: A, period: 2010, amount: 1, currency: EUR, basis: budget,
      evidence: {amount: [s1], period: {sources: [s1], unverified: true}},
      disagreements: [{about: amount, text: Two., sources: [s1]}]}
  b: {type: claim, label: B, evidence: {label: [s1]}}
  c: {type: claim, label: C}
"""
    a, b, c = catalogue_of(files).of("figure")
    assert (unverified(a), unverified(b), unverified(c)) == (("period",), (), ("label",))
    assert (disputed(a), disputed(b)) == (frozenset({"amount"}), frozenset())
    assert (value_field(a), value_field(b)) == ("amount", "label")


def programme(id: str, countries: str, more: str = "") -> str:
    return f"""id: {id}
name: {id}
countries: [{countries}]
{more}budget:
  - {{amount: 10, currency: EUR, basis: budget, sources: [s1]}}
  - {{amount: 4, currency: EUR, basis: spent}}
summary: One sentence.
evidence: {{name: [s1]}}
sources: [{{id: s1, title: T, publisher: P}}]
"""


def test_money_of_a_programme_is_a_countrys_own_only_where_it_names_no_other() -> None:
    files = base_files() | {
        "programmes/own.yml": programme("own", "PE"),
        "programmes/two.yml": programme("two", "PE, EC"),
        "programmes/group.yml": programme("group", "PE", "regional_groups: [CAN]\n"),
    }
    programmes = catalogue_of(files).of("programme")
    found = [(own.programme.id, int(own.money.amount), own.verified) for own in own_money(programmes, "PE")]
    assert found == [("own", 10, True), ("own", 4, False)]
    assert own_money(programmes, "EC") == ()


# -- drawings


NAMES = st.text(min_size=1, max_size=20).filter(lambda text: text.strip() == text and not UNSEEN.search(text))


@given(st.lists(st.tuples(NAMES, st.floats(-50, 100), st.booleans()), min_size=1, max_size=6))
def test_a_drawing_has_a_bar_and_the_words_of_each_number_and_no_style(rows: list[tuple[str, float, bool]]) -> None:
    bars = tuple(ValueBar(name, value, f"{value}", unsure) for name, value, unsure in rows)
    svg = bars_svg(Bars('A "title" <b>', bars, longest=100, least=-50))
    root = ET.fromstring(svg)
    assert {name for each in root.iter() for name in each.attrib} <= {
        "class", "d", "transform", "text-anchor", "viewBox", "role", "aria-label", "x2", "y2",
    }  # fmt: skip
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'A "title" <b>'
    words = [each.text for each in root.iter("text")]
    assert words == [text for name in ("name", "value") for text in _expected(rows, name)]
    drawn = {key: len(root.findall(f".//g[@class='vl-{key}']/path")) for key in ("bar", "unsure", "track")}
    unsure = sum(1 for _, _, each in rows if each)
    assert drawn == {"bar": len(rows) - unsure, "unsure": unsure, "track": len(rows)}


def _expected(rows: list[tuple[str, float, bool]], which: str) -> list[str]:
    texts = [name if which == "name" else f"{value}" for name, value, _ in rows]
    return [re.sub("[\ufffe\uffff]", "\ufffd", text) for text in texts]


def test_bars_are_as_long_as_their_numbers_say() -> None:
    svg = bars_svg(Bars("T", (ValueBar("a", 50, "50"), ValueBar("b", 200, "200")), longest=200))
    lengths = [float(found) for found in re.findall(r"M[-.0-9]+,[-.0-9]+h([.0-9]+)v11", svg)]
    assert lengths == [90, 360]


def test_columns_stand_over_every_year_that_has_a_number() -> None:
    svg = columns_svg(Columns("T", ((1995, 1), (2003, 4), (2004, 2))))
    heights = [float(found) for found in re.findall(r"h[.0-9]+v([.0-9]+)h", svg)]
    assert heights == [37.5, 150, 75]
    assert [text.text for text in ET.fromstring(svg).iter("text")][:2] == ["1995", "2000"]
    assert "style=" not in svg


# -- the page


def test_the_page_says_what_the_records_say(built: BuiltSite) -> None:
    page, words = built.page("figures/"), words_of("en")
    figures = {figure.id: figure for figure in built.catalogue.of("figure")}
    lead = next(each.text for each in page.all("p") if each.attributes.get("class") == "lead")
    missing = sum(1 for figure in figures.values() if unverified(figure))
    assert lead.startswith(f"{len(figures)} published figures")
    assert f"; {missing} of them are not verified" in lead
    rows = [row for row in page.all("tr") if "data-figure" in row.attributes]
    assert {row.attributes["id"] for row in rows if "id" in row.attributes} == set(figures)
    for row in rows:
        figure = figures[row.attributes["data-figure"]]
        if figure.amount is not None and figure.currency:
            assert words.money(figure.amount, figure.currency, figure.qualifier) in row.text.replace("\u00a0", " ") or (
                words.money(figure.amount, figure.currency, figure.qualifier).replace("\u00a0", " ") in row.text
            )
        assert row.text.count("not verified") == len(unverified(figure)), figure.id
        assert row.text.count("disputed") == len(disputed(figure) & {"amount", "period", "label"}), figure.id


def test_every_chart_has_its_numbers_in_the_table_beside_it(built: BuiltSite) -> None:
    page, comparison = built.page("figures/"), compare(built.catalogue.of("figure"))
    twins = [each for each in page.all("div") if "twin" in each.attributes.get("class", "").split()]
    assert len(twins) == len(comparison.sets)
    for twin, each in zip(twins, _in_page_order(comparison), strict=True):
        svg = next(twin.all("svg"))
        assert svg.attributes["role"] == "img"
        assert svg.attributes["aria-label"]
        rows = [row for row in twin.all("tr") if "data-figure" in row.attributes]
        assert [row.attributes["data-figure"] for row in rows] == [figure.id for figure in each.figures]
        names, values = (_texts(svg, f"vl-{which}") for which in ("name", "value"))
        for row, name, value in zip(rows, names, values, strict=True):
            assert name.rstrip(" ?≠") in row.text
            assert value.rstrip(" ?≠") in row.text
        drawn = sum(1 for group in svg.all("g") if group.attributes.get("class") in ("vl-bar", "vl-unsure")
                    for _ in group.all("path"))  # fmt: skip
        assert drawn == len(rows)


def _in_page_order(comparison: Comparison) -> list[Any]:
    return [each for type in FigureType for each in comparison.of(type)]


def _texts(svg: Element, name: str) -> list[str]:
    return [text.text for group in svg.all("g") if group.attributes.get("class") == name for text in group.all("text")]


@pytest.mark.parametrize("address", ["figures/"])
def test_a_page_of_charts_has_no_inline_style_and_no_id_twice(built: BuiltSite, address: str) -> None:
    elements = list(built.page(address).all())
    found = Counter(each.attributes["id"] for each in elements if "id" in each.attributes)
    assert [id for id, n in found.items() if n > 1] == []
    assert [each.tag for each in elements if "style" in each.attributes] == []


def test_a_country_shows_each_of_its_figures_with_period_basis_and_sum(built: BuiltSite) -> None:
    words = words_of("en")
    figures = [figure for figure in built.catalogue.of("figure") if "PE" in figure.partners]
    rows = {row.attributes["data-figure"]: row.text for row in built.page("countries/pe/").all("tr")
            if "data-figure" in row.attributes}  # fmt: skip
    assert set(rows) == {figure.id for figure in figures}
    assert rows
    for figure in figures:
        assert words.date(figure.period) in rows[figure.id]
        assert (figure.flow or figure.basis).label in rows[figure.id]
        assert words.money(figure.amount, figure.currency, figure.qualifier).replace("\u00a0", " ") in rows[figure.id]
