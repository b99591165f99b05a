"""What a record's facts rest on, and which records need help: counted by the rule, and again from the plain files."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import yaml
from conftest import TODAY, base_files, catalogue_of
from site_fixture import ROOT, BuiltSite

from generator.derive.quality import Need, quality, sources_used
from generator.kinds import KINDS
from generator.model.evidence import Source
from generator.model.facts import Grade, facts_of, is_stale
from generator.model.kind import Kind
from generator.model.links import Failure, Known, Reason
from generator.model.values import Vocabulary
from generator.render.ledger import Entry, Ledger, Support, supports_html
from generator.render.words import words_of

with_records = pytest.mark.parametrize("kind", [k for k in KINDS if k.name != "page"], ids=lambda kind: kind.name)
WORDS = words_of("en")

PROGRAMME = """id: p
name: P
level: regional
start: 2020
funding_instrument: DCI
countries: [PE]
themes: [governance]
summary: One sentence.
activities:
  - {title: A, type: meeting, date: 2020-02, sources: [s1]}
  - {title: B, type: meeting, date: 2020-03}
  - {title: C, type: meeting, date: 2020-04, sources: [s1], unverified: [date]}
evidence:
  name: [s1]
  start: {sources: [s1], unverified: true}
  countries: [s1]
  themes: editorial
disagreements:
  - {about: [start, activities.A], text: Another says 2019., sources: [s1]}
sources:
  - {id: s1, title: T, publisher: P, url: 'https://p.example', accessed: 2024-11-22}
"""


def programme(text: str = PROGRAMME) -> Any:
    return catalogue_of({**base_files(), "programmes/p.yml": text}).find("programme", "p")


def test_each_fact_rests_on_a_source_on_nothing_or_on_us() -> None:
    found = {(fact.field, getattr(fact.item, "title", "")): str(fact.grade) for fact in facts_of(programme())}
    assert found == {
        ("name", ""): "verified",
        ("level", ""): "ours",
        ("start", ""): "unverified",
        ("funding_instrument", ""): "unverified",
        ("countries", ""): "verified",
        ("themes", ""): "ours",
        ("activities", "A"): "verified",
        ("activities", "B"): "unverified",
        ("activities", "C"): "unverified",
    }


def test_a_record_tells_why_it_needs_help() -> None:
    files = {**base_files(), "programmes/p.yml": PROGRAMME}
    care = next(c for c in quality(catalogue_of(files), TODAY).cares if c.key == ("programme", "p"))
    found = {gap.need: (gap.count, gap.names) for gap in care.gaps}
    assert found == {
        Need.UNKNOWN_END: (1, ()),
        Need.NO_BUDGET: (1, ()),
        Need.UNVERIFIED: (4, ("Start", "Paid from", "Activities")),
        Need.DISPUTED: (1, ()),
        Need.STALE: (1, ("T",)),
    }


def test_a_source_that_is_gone_asks_for_help_unless_a_copy_is_kept() -> None:
    address = "https://p.example"
    links = {address: Known(failure=Failure(Reason.GONE, TODAY, TODAY, 3))}
    for kept, needs in (("", {Need.UNREACHABLE: ("T",)}), (", archived: 'https://b.example/1'", {})):
        record = PROGRAMME.replace(f"url: '{address}'", f"url: '{address}'{kept}")
        cares = quality(catalogue_of({**base_files(), "programmes/p.yml": record}), TODAY, links).cares
        gaps = next(care.gaps for care in cares if care.key == ("programme", "p"))
        assert {gap.need: gap.names for gap in gaps if gap.need is Need.UNREACHABLE} == needs


def test_a_record_that_lacks_nothing_is_not_listed_and_the_neediest_comes_first() -> None:
    whole = (
        "id: w\nname: W\nstart: 2020\nend: 2021\nbudget:\n"
        "  - {amount: 5, currency: EUR, basis: total, sources: [s1]}\n"
        "evidence: {name: [s1], start: [s1], end: [s1], summary: [s1]}\nsummary: S.\n"
        "sources:\n  - {id: s1, title: T, publisher: P, accessed: 2026-01-01}\n"
    ).replace("basis: total", "basis: total-cost")
    files = {**base_files(), "programmes/p.yml": PROGRAMME, "programmes/w.yml": whole}
    cares = quality(catalogue_of(files), TODAY).cares
    keys = [care.key for care in cares]
    assert ("programme", "w") not in keys
    assert [care.worth for care in cares] == sorted((care.worth for care in cares), reverse=True)
    assert {kind for kind, _ in keys[:2]} == {"programme"}


@pytest.mark.parametrize(
    ("read", "today", "stale"),
    [
        ("2024-11-22", date(2026, 11, 23), True),
        ("2024-11-23", date(2026, 11, 23), False),
        ("2024-11", date(2026, 11, 23), False),
        ("2023", date(2026, 11, 23), True),
        ("2022-02-27", date(2024, 2, 29), True),
        ("2022-02-28", date(2024, 2, 29), False),
        (None, date(2026, 11, 23), False),
    ],
)
def test_a_source_is_stale_after_two_years(read: str | None, today: date, stale: bool) -> None:
    source = Source.model_validate({"id": "s1", "title": "T", "publisher": "P", "accessed": read})
    assert is_stale(source, today) is stale


# -- against the plain files

SKIPPED = set("id aliases evidence disagreements sources note".split())
TOLD_BY_ANOTHER = set(
    "short_name acronym label summary related currency qualifier unit scope instrument partners flow eu_aggregate iso3"
    .split()
)  # fmt: skip


def counted_by_hand(kind: Kind, raw: dict[str, Any]) -> dict[str, int]:
    """The facts of a record as it is written, counted by a reading of our own of what a fact is."""
    evidence = raw.get("evidence", {})
    count = {"verified": 0, "unverified": 0, "ours": 0}

    def put(entry: Any, classified: bool = False) -> None:
        if (
            entry == "editorial"
            or (isinstance(entry, dict) and entry.get("editorial"))
            or (entry is None and classified)
        ):
            count["ours"] += 1
        elif isinstance(entry, dict):
            count[
                "verified" if entry.get("sources") and entry.get("unverified") in (None, "false") else "unverified"
            ] += 1
        else:
            count["verified" if entry else "unverified"] += 1

    def item(each: dict[str, Any], field: str) -> None:
        if each.get("sources") or each.get("unverified"):
            count["unverified" if each.get("unverified") or not each.get("sources") else "verified"] += 1
        else:
            put(evidence.get(field))
        for inner in each.values():
            for part in inner if isinstance(inner, list) else ():
                if isinstance(part, dict) and (part.get("sources") or part.get("unverified")):
                    item(part, field)

    for field, value in raw.items():
        if field in SKIPPED or value in (None, "", []) or (value == "false" and field not in evidence):
            continue
        annotation = str(kind.model.model_fields[field].annotation)
        classified = any(word.__name__ in annotation for word in vocabularies())
        if isinstance(value, list) and isinstance(value[0], dict):
            for each in value:
                item(each, field)
        elif isinstance(value, dict) and field in ("reported_status", "dac", "eurovoc"):
            item(value, field)
        elif isinstance(value, dict):
            if field in evidence:
                put(evidence[field])
            for inner in value:
                path = f"{field}.{inner}"
                if path in evidence or (inner != "note" and field not in evidence and field not in TOLD_BY_ANOTHER):
                    put(evidence.get(path))
        elif field in evidence or field not in TOLD_BY_ANOTHER:
            put(evidence.get(field), classified)
    return count


def vocabularies() -> list[type]:
    return [each for each in Vocabulary.__subclasses__() if each.__module__.startswith("generator")]


def written(kind: Kind, id: str) -> dict[str, Any]:
    if kind.folder:
        path = ROOT / "content" / kind.folder / f"{id}.yml"
        return dict(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader))
    table = yaml.load((ROOT / "content" / str(kind.file)).read_text(encoding="utf-8"), yaml.BaseLoader)
    return dict(table["records"][id] or {})


@with_records
def test_the_number_on_the_page_is_the_number_of_the_file(built: BuiltSite, kind: Kind) -> None:
    """For every record: the meter's text, and the lists of what is missing and what is ours, against a plain count."""
    for id, path in built.paths(kind).items():
        count = counted_by_hand(kind, written(kind, id))
        facts = facts_of(built.catalogue.records[kind.name][id])
        assert {str(g): sum(f.grade is g for f in facts) for g in Grade} == count, (kind.name, id)
        panel = next(
            e for e in built.page(path.removesuffix(".md") + "/").all("div") if e.attributes.get("class") == "acts"
        )
        stated = count["verified"] + count["unverified"]
        if stated > 1:
            assert f"{count['verified']} of {stated} facts have a source that says it" in panel.text, (kind.name, id)
        for text, number in (("without such a source", count["unverified"]), ("of ours, not counted", count["ours"])):
            told = [each.text for each in panel.all("summary") if each.text.endswith(text)]
            assert [int(each.partition(" ")[0]) for each in told] == ([number] if number else []), (kind.name, id)


@with_records
def test_every_gap_that_is_marked_on_a_page_is_in_its_list(built: BuiltSite, kind: Kind) -> None:
    """No flag «not verified» at a fact that the list of what is missing leaves out."""
    for path in built.paths(kind).values():
        page = built.page(path.removesuffix(".md") + "/")
        lists = [e for e in page.all("details") if e.attributes.get("class") == "lacks"]
        linked = {a.attributes["href"].removeprefix("#") for each in lists for a in each.all("a")}
        flags = {
            e.attributes["id"]
            for e in page.all("span")
            if re.search(r"flag (unsure|ours)", e.attributes.get("class", "")) and "id" in e.attributes
        }
        assert flags <= linked, path


def test_every_dispute_is_marked_at_its_value_and_leads_back(built: BuiltSite) -> None:
    seen = 0
    for kind in KINDS:
        for id, path in built.paths(kind).items():
            record = built.catalogue.records[kind.name][id]
            page = built.page(path.removesuffix(".md") + "/") if record.disagreements else None
            for number, each in enumerate(record.disagreements, 1):
                assert page
                flags = {a.attributes["id"] for a in page.all("a") if a.attributes.get("href") == f"#d{number}"}
                entry = next(li for li in page.all("li") if li.attributes.get("id") == f"d{number}")
                back = {a.attributes["href"][1:] for a in entry.all("a") if a.attributes["href"].startswith("#q")}
                assert flags == back, (id, number)
                assert flags or not each.about, (id, number)
                seen += bool(flags)
    assert seen > 100


def test_the_page_on_the_state_shows_what_is_counted(built: BuiltSite) -> None:
    found = quality(built.catalogue, TODAY)
    page = built.page("state/")
    for state in found.kinds:
        row = next(tr for tr in page.all("tr") if tr.attributes.get("id") == state.kind)
        cells = [cell.text for cell in row.all("td")]
        numbers = [state.records, *state.facts.values(), state.disputed, state.sources, state.stale, state.unsourced]
        assert cells == [f"{n:,}" for n in numbers]
    rows = [tr for table in list(page.all("table"))[1:] for tr in list(table.all("tr"))[1:]]
    assert len(rows) == len(found.cares)
    assert all(any("/edit/main/content/" in a.attributes["href"] for a in tr.all("a")) for tr in rows)


def test_sources_are_used_where_any_part_of_a_record_names_them() -> None:
    assert sources_used(programme()) == {"s1"}
    assert sources_used(programme(PROGRAMME.replace("[s1]", "[]").split("disagreements")[0])) == frozenset()


# -- what a source supports


def test_a_source_leads_to_all_it_supports_and_repeated_names_stand_together() -> None:
    source = Source.model_validate({"id": "s1", "title": "T", "publisher": "P"})
    supports = tuple(Support(label, f"c{n}") for n, label in enumerate("A S B S C D E F S".split(), 1))
    html = str(supports_html(Entry(1, source, supports), WORDS, 3))
    assert set(re.findall(r'href="#(c\d+)"', html)) == {f"c{n}" for n in range(1, 10)}
    assert "S&nbsp;×3: " in html
    assert "<summary>and 4 more</summary>" in html


def test_a_disagreement_about_a_whole_list_is_marked_once() -> None:
    text = PROGRAMME.replace("about: [start, activities.A]", "about: activities")
    record = programme(text)
    ledger = Ledger(record, WORDS)
    marks = [ledger.item("activities", each, each.title) for each in record.activities]
    assert ["disputed" in str(mark) for mark in marks] == [True, False, False]
