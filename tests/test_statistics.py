"""The catalogue counted: every number is that of a list, and the page shows these numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from conftest import TODAY, base_files, catalogue_of
from site_fixture import BuiltSite, Element

from generator.derive import derive
from generator.derive.statistics import statistics
from generator.kinds.dialogue import DialogueType

PROGRAMME = """id: {id}
name: {id}
start: {start}
themes: [{themes}]
summary: One sentence.
evidence: {{name: [s1]}}
sources: [{{id: s1, title: T, publisher: P}}]
"""


def test_a_small_catalogue_is_counted() -> None:
    files = base_files() | {
        "programmes/a.yml": PROGRAMME.format(id="a", start="1999-05", themes=""),
        "programmes/b.yml": PROGRAMME.format(id="b", start="199X", themes=""),
    }
    catalogue = catalogue_of(files)
    counts = statistics(catalogue, derive(catalogue, TODAY))
    assert counts.kinds["programme"] == 3
    assert counts.programme_decades[1990] == 2
    assert sum(counts.programme_decades.values()) == sum(counts.programme_statuses.values()) == 3
    assert counts.programme_levels[None] == 2
    assert list(counts.programme_levels)[-1] is None


def test_each_tally_of_the_real_content_counts_every_record_once(built: BuiltSite) -> None:
    counts = statistics(built.catalogue, derive(built.catalogue, TODAY))
    many = counts.kinds
    for tally in (counts.agreement_statuses, counts.agreement_types):
        assert sum(tally.values()) == many["agreement"]
    programmes = (counts.programme_statuses, counts.programme_levels, counts.programme_decades,
                  counts.programme_instruments)  # fmt: skip
    for other in programmes:
        assert sum(other.values()) == many["programme"]  # type: ignore[attr-defined]
    assert sum(counts.dialogue_types.values()) == many["dialogue"]
    assert sum(counts.dialogue_years.values()) + counts.dialogues_without_year == many["dialogue"]
    assert sum(counts.programme_themes.values()) == sum(
        len(set(programme.themes)) for programme in built.catalogue.of("programme")
    )
    records = [country.records for country in counts.countries]
    assert records == sorted(records, reverse=True)
    assert len(records) == sum(1 for country in built.catalogue.of("country") if country.side.value == "lac")


def _tables(page: Element) -> Mapping[str, dict[str, int]]:
    return {
        table.attributes["data-tally"]: {
            next(row.all("th")).text: int(next(row.all("td")).text.replace(",", ""))
            for body in table.all("tbody")
            for row in body.all("tr")
        }
        for table in page.all("table")
        if "data-tally" in table.attributes
    }


def test_the_page_shows_these_numbers_and_each_chart_those_of_its_table(built: BuiltSite) -> None:
    page = built.page("statistics/")
    counts, tables = statistics(built.catalogue, derive(built.catalogue, TODAY)), _tables(page)
    assert list(tables["Records by kind"].values()) == list(counts.kinds.values())
    assert tables["Dialogues by type"] == {DialogueType(key).label: n for key, n in counts.dialogue_types.items()}
    assert tables["Dialogues by year"] == {str(year): n for year, n in counts.dialogue_years.items()}
    assert list(tables["Programmes by theme"].values()) == list(counts.programme_themes.values())
    assert "as of 23 November 2026" in page.text.replace("\u00a0", " ")
    for svg in (each for each in page.all("svg") if each.attributes.get("class") == "vl"):
        rows = tables.get(svg.attributes["aria-label"])
        named = dict(zip(_texts(svg, "vl-name"), map(int, _texts(svg, "vl-value")), strict=True))
        if rows and named:
            assert named == dict(list(rows.items())[:10])
        drawn = sum(1 for g in svg.all("g") if g.attributes.get("class") == "vl-bar" for _ in g.all("path"))
        assert drawn == len(named or rows or ())
    rows = {row.attributes["data-country"]: row for row in page.all("tr") if "data-country" in row.attributes}
    for country in counts.countries:
        numbers = [int(cell.text) for cell in rows[country.id].all("td")]
        assert numbers[0] == sum(numbers[1:]) == country.records


def _texts(svg: Element, name: str) -> list[str]:
    return [text.text for group in svg.all("g") if group.attributes.get("class") == name for text in group.all("text")]


def test_the_page_has_no_inline_style_and_no_id_twice(built: BuiltSite) -> None:
    elements = list(built.page("statistics/").all())
    found = Counter(each.attributes["id"] for each in elements if "id" in each.attributes)
    assert [id for id, n in found.items() if n > 1] == []
    assert [each.tag for each in elements if "style" in each.attributes] == []
