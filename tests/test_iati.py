"""IATI activities become drafts: golden files, every damage, and files made by chance that yield sound drafts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
import yaml
from conftest import HERE, base_files
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.iati import iati_file
from generator.checking import Checked, look
from generator.editing.style import formatted
from generator.iati.drafting import Origin, number, prose, slug
from generator.iati.importing import Result, finish, gathering
from generator.iati.reading import read_activities
from generator.iati.reporting import as_json, as_text
from generator.iati.writing import is_untouched
from generator.kinds.programme import KIND
from generator.markdown import prose_html
from generator.problems import Refused

GOLDEN = sorted((HERE / "iati").glob("*.xml"))
ORIGIN = Origin(date(2026, 11, 23))


def cooperation() -> dict[str, bytes | str]:
    """The small catalogue, with what an import asks for: DAC codes, the group of the region, a service of the EU."""
    files: dict[str, bytes | str] = dict(base_files())
    files["themes.yml"] = str(files["themes.yml"]) + (
        "  water:\n    labels: {en: Water}\n"
        "    dac: {code: '14010', level: purpose, label: Water policy, match: close, sources: [s1]}\n"
    )
    files["groups.yml"] = str(files["groups.yml"]) + "  LAC: {name: Latin America and the Caribbean}\n"
    files["organisations.yml"] = str(files["organisations.yml"]) + (
        "  dg-intpa: {name: DG International Partnerships, type: eu-institution}\n"
    )
    return files


CONTENT = look(cooperation())


def imported(
    *files: tuple[str, str | bytes], there: Mapping[str, bytes] | None = None, content: Checked = CONTENT,
    everything: bool = False, origin: Origin = ORIGIN, size: int = 1 << 16,
) -> Result:  # fmt: skip
    """What an import of these files gives; nothing is on disk."""
    gathered = gathering(content, everything=everything)
    for name, text in files:
        data = text.encode() if isinstance(text, str) else text
        for what in read_activities(name, (data[at : at + size] for at in range(0, len(data), size))):
            gathered.take(what)
    return finish(gathered, content, there or {}, origin)


def file_of(*activities: str, version: str = "2.03", generated: str = "2024-05-01T00:00:00Z") -> str:
    inner = "\n".join(activities)
    return f'<iati-activities version="{version}" generated-datetime="{generated}">\n{inner}\n</iati-activities>\n'


def activity(
    identifier: str = "XI-IATI-EC_INTPA-1",
    title: str = "Andean waters",
    inner: str = "",
    *,
    country: str = '<recipient-country code="PE"/>',
    sector: str = '<sector code="14010"/>',
) -> str:
    named = f"<title><narrative>{title}</narrative></title>" if title else ""
    return (
        f'<iati-activity default-currency="EUR" xml:lang="en">\n<iati-identifier>{identifier}</iati-identifier>'
        f'<reporting-org ref="XI-IATI-EC_INTPA"><narrative>European Commission</narrative></reporting-org>{named}'
        f"<description><narrative>It helps.</narrative></description>{country}{sector}\n{inner}</iati-activity>"
    )


def drafts(result: Result) -> dict[str, dict[str, object]]:
    return {path: yaml.safe_load(data) for path, data in result.files.items()}


def one(result: Result) -> dict[str, object]:
    (values,) = drafts(result).values()
    return values


def faults(result: Result) -> list[tuple[str, int]]:
    return [(found.fault, found.line) for found in result.findings]


def refusal(data: str | bytes) -> str:
    with pytest.raises(Refused) as caught:
        imported(("x.xml", data))
    return str(caught.value)


def assert_sound(result: Result, content: Mapping[str, bytes | str]) -> None:
    """All drafts pass `check` with the content, and are in the one style."""
    assert [each for each in result.drafted if each.fate == "unsound"] == []
    assert [str(problem) for problem in look({**content, **result.files}).problems] == []
    for data in result.files.values():
        assert formatted(data, KIND).encode() == data
        assert is_untouched(data.decode())


# -- golden files


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_each_file_gives_these_drafts_and_this_report(path: Path, update_golden: bool) -> None:
    result = imported((path.name, path.read_bytes()))
    told = "".join(f"== {name}\n{data.decode()}" for name, data in sorted(result.files.items()))
    told += "== report\n" + as_text(result, "drafts", dry=False)
    golden = path.with_suffix(".txt")
    if update_golden:
        golden.write_text(told, encoding="utf-8")
    assert told == golden.read_text(encoding="utf-8")
    assert_sound(result, cooperation())


# -- what is taken


def test_a_planned_end_is_no_end() -> None:
    inner = '<activity-date type="1" iso-date="2020-01-01"/><activity-date type="3" iso-date="2022-01-01"/>'
    values = one(imported(("x.xml", file_of(activity(inner=f'{inner}<activity-status code="2"/>')))))
    assert "start" not in values
    assert "end" not in values
    assert values["reported_status"]["note"] == "Planned, by the file: start 2020-01-01 and end 2022-01-01."  # type: ignore[index]


def test_an_actual_day_after_the_day_of_the_file_is_left_out_and_told() -> None:
    result = imported(("x.xml", file_of(activity(inner='<activity-date type="4" iso-date="2030-01-01"/>'))))
    assert "end" not in one(result)
    assert faults(result) == [("bad-date", 4)]


def test_what_was_cancelled_is_not_called_active() -> None:
    values = one(imported(("x.xml", file_of(activity(inner='<activity-status code="5"/>')))))
    assert values["reported_status"] == {
        "state": "unknown", "note": "The file says «Cancelled».", "sources": ["s1"], "unverified": ["state"]
    }  # fmt: skip


def money(kind: str, amount: str, currency: str = "") -> str:
    with_currency = f' currency="{currency}"' if currency else ""
    return (
        f'<transaction><transaction-type code="{kind}"/><transaction-date iso-date="2020-02-01"/>'
        f"<value{with_currency}>{amount}</value></transaction>"
    )


def test_sums_are_of_one_currency_and_sort() -> None:
    inner = money("2", "10") + money("2", "5.5") + money("2", "7", "USD") + money("3", "1") + money("4", "2")
    budget = one(imported(("x.xml", file_of(activity(inner=inner)))))["budget"]
    assert [(each["basis"], each["currency"], each["amount"]) for each in budget] == [  # type: ignore[attr-defined]
        ("commitment", "EUR", 15.5), ("commitment", "USD", 7), ("spent", "EUR", 1), ("spent", "EUR", 2)
    ]  # fmt: skip


def test_money_of_parent_and_child_is_not_added_up() -> None:
    parent = activity("P-1", "Whole", money("2", "100"))
    child = activity("P-2", "Part", money("2", "60") + money("3", "40") + '<related-activity type="1" ref="P-1"/>')
    budget = one(imported(("x.xml", file_of(parent, child))))["budget"]
    assert [(each["basis"], each["amount"]) for each in budget] == [("commitment", 100), ("spent", 40)]  # type: ignore[attr-defined]


def test_a_revised_budget_stands_for_the_original() -> None:
    def row(kind: str, amount: int, year: int) -> str:
        return (
            f'<budget type="{kind}" status="1"><period-start iso-date="{year}-01-01"/>'
            f'<period-end iso-date="{year}-12-31"/><value>{amount}</value></budget>'
        )

    inner = row("1", 100, 2020) + row("2", 80, 2020) + row("1", 30, 2021)
    assert one(imported(("x.xml", file_of(activity(inner=inner)))))["budget"][0]["amount"] == 110  # type: ignore[index]


def test_sums_that_come_to_nothing_are_not_written() -> None:
    result = imported(("x.xml", file_of(activity(inner=money("2", "10") + money("2", "-10")))))
    assert "budget" not in one(result)
    assert b"Outgoing commitments in EUR add up to 0; no sum is written." in next(iter(result.files.values()))


def test_sectors_become_themes_by_code_then_by_category() -> None:
    shares = {"14010": 50, "15190": 25, "31110": 25}
    sector = "".join(f'<sector code="{code}" percentage="{share}"/>' for code, share in shares.items())
    result = imported(("x.xml", file_of(activity(sector=sector))))
    assert one(result)["themes"] == ["water", "governance"]
    assert result.unmapped == {"31110": 1}


def test_sectors_of_the_publisher_stay_in_a_comment_and_make_no_theme() -> None:
    sector = '<sector vocabulary="99" code="14010"><narrative>Own</narrative></sector>'
    result = imported(("x.xml", file_of(activity(sector=sector))))
    assert "themes" not in one(result)
    assert b"# Sectors of vocabulary 99 (the publisher's own): 14010 Own." in next(iter(result.files.values()))


@pytest.mark.parametrize("version", ["2.01", "2.02", "2.03"])
def test_versions_2_read_alike(version: str) -> None:
    assert one(imported(("x.xml", file_of(activity(), version=version))))["name"] == "Andean waters"


def test_texts_in_several_languages_keep_theirs() -> None:
    inner = '<title><narrative xml:lang="es">Aguas</narrative></title>'
    values = one(imported(("x.xml", file_of(activity(inner=inner)))))
    assert values["other_names"] == [{"name": "Aguas", "language": "es", "sources": ["s1"]}]


def test_the_file_is_the_source_of_each_fact() -> None:
    origin = Origin(date(2026, 1, 2), "https://example.org/file.xml")
    values = one(imported(("eu.xml", file_of(activity())), origin=origin))
    assert values["sources"] == [
        {
            "id": "s1",
            "title": "Andean waters (IATI 2.03, eu.xml, made on 2024-05-01)",
            "publisher": "European Commission",
            "tier": "data-set",
            "url": "https://example.org/file.xml",
            "locator": "XI-IATI-EC_INTPA-1",
            "accessed": date(2026, 1, 2),
        }
    ]


# -- what is not


def test_other_regions_and_partners_are_left_out_unless_asked_for() -> None:
    africa = activity("A-1", "Lake", country='<recipient-country code="KE"/>')
    alone = activity("US-1", "River").replace("XI-IATI-EC_INTPA", "US-GOV").replace("European Commission", "USAID")
    file = ("x.xml", file_of(africa, alone))
    assert [each.why for each in imported(file).skipped] == [
        "no country or region of Latin America and the Caribbean receives",
        "nobody of the EU or of a member state takes part",
    ]
    assert len(imported(file, everything=True).files) == 2


def test_the_region_of_the_dac_is_of_latin_america() -> None:
    result = imported(("x.xml", file_of(activity(country='<recipient-region code="498"/>'))))
    assert one(result)["regional_groups"] == ["LAC"]
    assert len(imported(("x.xml", file_of(activity(country='<recipient-region code="298"/>')))).files) == 0


def test_a_record_that_is_there_is_compared_and_not_changed() -> None:
    result = imported(("x.xml", file_of(activity(title="Programme for Social Cohesion", inner=money("2", "5")))))
    (told,) = result.drafted
    assert (told.fate, told.id, result.files) == ("exists", "cohesion", {})
    assert [(each.field, each.sort) for each in told.differences] == [
        ("name", "says otherwise"), ("budget", "adds"), ("themes", "adds to"), ("summary", "says otherwise")
    ]  # fmt: skip


def test_a_draft_that_became_a_record_is_known_by_its_identifier() -> None:
    file = ("x.xml", file_of(activity()))
    files = {
        **cooperation(),
        **{path: data.replace(b"Andean waters", b"Renamed") for path, data in imported(file).files.items()},
    }
    result = imported(file, content=look(files))
    assert [(each.fate, each.id) for each in result.drafted] == [("exists", "andean-waters")]


def test_a_second_import_changes_nothing_even_on_a_later_day() -> None:
    file = ("x.xml", file_of(activity()))
    first = imported(file)
    again = imported(file, there=first.files, origin=Origin(date(2027, 1, 1)))
    assert (again.files, [each.fate for each in again.drafted]) == ({}, ["unchanged"])


def test_newer_facts_renew_a_draft_but_never_one_that_was_edited() -> None:
    first = imported(("x.xml", file_of(activity())))
    newer = ("x.xml", file_of(activity(inner=money("2", "5"))))
    renewed = imported(newer, there=first.files)
    assert [each.fate for each in renewed.drafted] == ["renewed"]
    assert list(renewed.files) == list(first.files)
    edited = {path: data.replace(b"It helps.", b"It helps a lot.") for path, data in first.files.items()}
    result = imported(newer, there=edited)
    assert (result.files, [each.fate for each in result.drafted]) == ({}, ["edited"])


PARENT = activity("P-1", "Whole")
CHILD = activity("P-2", "Part", '<related-activity type="1" ref="P-1"/>')


@pytest.mark.parametrize("part", [PARENT, CHILD])
def test_fewer_files_than_before_take_nothing_out_of_a_draft(part: str) -> None:
    first = imported(("x.xml", file_of(PARENT, CHILD)))
    again = imported(("x.xml", file_of(part)), there=first.files)
    assert (again.files, [each.fate for each in again.drafted]) == ({}, ["partial"])
    assert "made of more activities than" in as_text(again, "drafts", dry=False)


def test_a_parent_that_comes_later_takes_the_drafts_of_its_children_in_and_says_so() -> None:
    first = imported(("x.xml", file_of(CHILD)))
    later = imported(("x.xml", file_of(PARENT, CHILD)), there=first.files)
    assert list(later.files) == ["programmes/whole.yml"]
    assert later.drafted[0].swallowed == ("part",)
    assert "drafts/programmes/part.yml too; compare" in as_text(later, "drafts", dry=False)


def test_a_document_without_an_address_leaves_no_blank_behind() -> None:
    inner = '<document-link url=" "><title><narrative>Page</narrative></title></document-link>'
    assert_sound(imported(("x.xml", file_of(activity(inner=inner)))), cooperation())


def test_codes_stay_in_the_order_of_the_file() -> None:
    sector = '<sector code="99810"/><sector code="31110"/>'
    inner = '<transaction><transaction-type code="1"/><sector code="99810"/></transaction>'
    result = imported(("x.xml", file_of(activity(sector=sector, inner=inner))))
    assert b"no theme: 99810, 31110." in next(iter(result.files.values()))


def test_a_child_without_its_parent_stands_alone_and_the_parent_is_told() -> None:
    inner = '<related-activity type="1" ref="P-9"/>'
    result = imported(("x.xml", file_of(activity("P-1", "One", inner), activity("P-2", "Two", inner))))
    assert len(result.files) == 2
    assert result.orphans == {"P-9": ("P-1", "P-2")}


def test_parents_and_children_come_from_several_files() -> None:
    child = activity("P-2", "Part", '<related-activity type="1" ref="P-1"/>')
    result = imported(("a.xml", file_of(child)), ("b.xml", file_of(activity("P-1", "Whole"))))
    assert [each.identifiers for each in result.drafted] == [("P-1", "P-2")]
    assert one(result)["name"] == "Whole"


def test_a_ring_of_parents_and_a_long_chain_end_well() -> None:
    ring = [activity(f"R-{n}", f"Ring {n}", f'<related-activity type="1" ref="R-{(n + 1) % 3}"/>') for n in range(3)]
    assert ("bad-relation", 2) in faults(imported(("x.xml", file_of(*ring))))
    chain = [activity(f"C-{n}", f"Chain {n}", f'<related-activity type="1" ref="C-{n + 1}"/>') for n in range(2000)]
    assert len(imported(("x.xml", file_of(*chain))).files) == 1


# -- damage


SOUND = file_of(activity())
BOMB = '<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + SOUND.replace("It helps.", "&b;")
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BILLION = f'<!DOCTYPE b [<!ENTITY l0 "ha">{LAUGHS}]>' + SOUND.replace("2.03", "&l11;")
DAMAGED = {
    "billion laughs in an attribute": (BILLION, "x.xml:1: The file declares entities that would fill the memory"),
    "cut": (SOUND[:-40], "x.xml:3: The file is cut off"),
    "unsound": (SOUND.replace("</title>", "</titel>"), "x.xml:3: The file is no sound XML"),
    "empty": ("", "x.xml"),
    "text": ("identifier,title\n", "x.xml:1: "),
    "encoding": (SOUND.replace("helps", "hélps").encode("latin-1"), "x.xml:3: The file is not in the encoding"),
    "no such encoding": ('<?xml version="1.0" encoding="foo-8"?>' + SOUND, "x.xml:1: The file is not in the encoding"),
    "bomb": (BOMB, "x.xml begins with a DOCTYPE"),
    "outside": ('<!DOCTYPE b [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + SOUND, "x.xml begins with a DOCTYPE"),
    "outside DTD": ('<!DOCTYPE b SYSTEM "http://example.org/a.dtd">' + SOUND, "x.xml begins with a DOCTYPE"),
    "undeclared entity": (SOUND.replace("helps", "&nbsp;"), "x.xml:3: The file is no sound XML"),
    "deep": (SOUND.replace("It helps.", "<a>" * 5000), "x.xml:3: Elements or texts in it are far deeper"),
    "organisations": ('<iati-organisations version="2.03"/>', "x.xml begins with <iati-organisations>"),
    "html": ("<html><body/></html>", "x.xml begins with <html>"),
    "another namespace": (SOUND.replace("<iati-activities", '<iati-activities xmlns="a:b"'), "x.xml begins with"),
    "version 1": (file_of(version="1.05"), "x.xml is of IATI version 1.05"),
    "version 3": (file_of(version="3.01"), "x.xml is of IATI version '3.01'"),
    "no version": (SOUND.replace('version="2.03" ', ""), "x.xml does not say"),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_damage_ends_in_a_sentence(damage: str) -> None:
    data, said = DAMAGED[damage]
    assert refusal(data).startswith(said)


def test_a_file_in_another_encoding_that_it_names_is_read() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?>' + SOUND.replace("helps", "ayudó")
    assert one(imported(("x.xml", text.encode("utf-16"))))["summary"] == "It ayudó."


def day(kind: str, written: str) -> str:
    return f'<activity-date type="{kind}" iso-date="{written}"/>'


def sector(code: str, share: int) -> str:
    return f'<sector code="{code}" percentage="{share}"/>'


PERU, ECUADOR, NOWHERE = (f'<recipient-country code="{code}"/>' for code in ("PE", "EC", "QQ"))
PAGE = '<document-link url="www.x"><category code="A12"/></document-link>'
WRONG = {
    "no identifier": (activity("", "x"), ("missing-identifier", 2)),
    "no title": (activity(title=""), ("missing-title", 2)),
    "no day": (activity(inner=day("2", "2020-02-30")), ("bad-date", 4)),
    "two days": (activity(inner=day("2", "2020-02-01") + day("2", "2020-03-01")), ("bad-date", 4)),
    "end first": (activity(inner=day("2", "2020-02-01") + day("4", "2019-02-01")), ("bad-date", 4)),
    "no such type": (activity(inner=day("9", "2020-02-01")), ("unknown-code", 4)),
    "no such country": (activity(country=PERU + NOWHERE), ("unknown-code", 3)),
    "no such region": (activity(inner='<recipient-region code="1"/>'), ("unknown-code", 4)),
    "no such status": (activity(inner='<activity-status code="x"/>'), ("unknown-code", 4)),
    "no such sector": (activity(sector='<sector code="1401"/>'), ("unknown-code", 3)),
    "shares": (activity(sector=sector("14010", 60) + sector("15110", 60)), ("percentages", 3)),
    "no shares": (activity(country=PERU + ECUADOR), ("percentages", 3)),
    "no amount": (activity(inner=money("2", "1,000")), ("bad-amount", 4)),
    "no such currency": (activity(inner=money("2", "1", "EUX")), ("unknown-code", 4)),
    "no currency": (activity(inner=money("2", "1")).replace(' default-currency="EUR"', ""), ("bad-amount", 2)),
    "relation": (activity(inner='<related-activity type="7" ref="x"/>'), ("bad-relation", 4)),
    "address": (activity(inner=PAGE), ("bad-address", 4)),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_told_with_its_line_and_the_rest_is_taken(what: str) -> None:
    text, told = WRONG[what]
    result = imported(("x.xml", file_of(text)))
    assert told in faults(result)
    assert_sound(result, cooperation())


def test_a_doubled_identifier_is_told_with_both_lines() -> None:
    result = imported(("x.xml", file_of(activity(), activity(title="Other"))))
    assert [str(each) for each in result.findings] == [
        "x.xml:5: doubled-activity: XI-IATI-EC_INTPA-1 stands in x.xml, line 2 already; "
        "that one is taken, this one left out."
    ]
    assert one(result)["name"] == "Andean waters"


def test_elements_of_others_are_counted_and_passed_over() -> None:
    inner = '<o:title xmlns:o="https://example.org/o"><narrative>No</narrative><o:x/></o:title>'
    result = imported(("x.xml", file_of(activity(inner=inner))))
    assert result.foreign == {"https://example.org/o": 2}
    assert one(result)["name"] == "Andean waters"


# -- properties


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\ufffe\uffff", exclude_categories=["Cs", "Cc"]), max_size=60
)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=4))
@settings(max_examples=40)
def test_whatever_a_file_says_its_drafts_are_sound(rows: list[tuple[str, str, str]]) -> None:
    activities = [
        activity(
            f"X-{at}", escaped(title),
            f"<description><narrative>{escaped(text)}</narrative></description>"
            f'<participating-org role="4"><narrative>{escaped(other)}</narrative></participating-org>'
            f'<sector vocabulary="99" code="{escaped(other)}"/>',
        ).replace("It helps.", escaped(text))
        for at, (title, text, other) in enumerate(rows)
    ]  # fmt: skip
    assert_sound(imported(("x.xml", file_of(*activities))), cooperation())


@given(TEXTS)
def test_any_text_of_a_file_shows_as_itself(text: str) -> None:
    shown = " ".join(text.split())
    if shown:
        from html import unescape

        html = str(prose_html(prose(shown)))
        assert unescape(html.strip().removeprefix("<p>").removesuffix("</p>")) == shown


@pytest.mark.parametrize("seed", range(3))
def test_files_made_to_measure_yield_sound_drafts(seed: int) -> None:
    files = {path.relative_to("content").as_posix(): path.read_bytes() for path in Path("content").rglob("*.yml")}
    result = imported(("made.xml", "".join(iati_file(40, seed=seed, elsewhere=0.3))), content=look(files))
    assert result.files
    assert_sound(result, files)


def test_how_a_file_is_cut_into_pieces_changes_nothing() -> None:
    text = "".join(iati_file(12))
    whole = imported(("x.xml", text))
    assert imported(("x.xml", text), size=997).files == whole.files


def test_memory_stays_bounded() -> None:
    """20 MB far away from Latin America leave nothing behind but their places."""
    import tracemalloc

    def chunks() -> Iterable[bytes]:
        far = activity("K-0", "Lake", country='<recipient-country code="KE"/>')
        yield b'<iati-activities version="2.03">'
        for at in range(20):
            yield "".join(
                far.replace("K-0", f"K-{at}-{n}").replace("It helps.", "x" * 20_000) for n in range(50)
            ).encode()
        yield b"</iati-activities>"

    gathered = gathering(CONTENT)
    tracemalloc.start()
    for what in read_activities("x.xml", chunks()):
        gathered.take(what)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(gathered.skipped) == 1000
    assert peak < 8_000_000


def test_one_activity_without_an_end_is_refused() -> None:
    def chunks() -> Iterable[bytes]:
        yield b'<iati-activities version="2.03"><iati-activity>'
        while True:
            yield b"<title><narrative>x</narrative></title>" * 10_000

    with pytest.raises(Refused, match="without an activity coming to its end"):
        list(read_activities("x.xml", chunks()))


def test_ids_are_short_and_amounts_plain() -> None:
    from decimal import Decimal

    assert (
        slug("Ágil & «fuerte»: a programme of many, many words in its title")
        == "agil-fuerte-a-programme-of-many-many-words"
    )
    assert slug("x" * 200) == "x" * 60
    assert [number(Decimal(text)) for text in ("1E3", "10.50", "0.0000001", "-3.0")] == ["1000", "10.5", "0", "-3"]


# -- the command


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", "import", "iati", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in cooperation().items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(text), encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    (tmp_path / "x.xml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "cut.xml").write_text(SOUND[:-40], encoding="utf-8")
    return tmp_path


def files_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_command_writes_drafts_beside_the_content_and_once(project: Path) -> None:
    before = files_below(project / "content")
    done = run(project, "x.xml")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 draft written to drafts/programmes/." in done.stdout
    made = files_below(project / "drafts")
    assert list(made) == ["programmes/andean-waters.yml"]
    assert "Nothing was written." in run(project, "x.xml").stdout
    assert files_below(project / "drafts") == made
    assert files_below(project / "content") == before


def test_a_damaged_file_writes_nothing_though_others_are_sound(project: Path) -> None:
    done = run(project, "x.xml", "cut.xml")
    assert done.returncode == 1
    assert done.stderr.startswith("cut.xml:3: The file is cut off")
    assert not (project / "drafts").exists()


def test_a_dry_run_writes_nothing_and_json_tells_all(project: Path) -> None:
    done = run(project, "x.xml", "--dry-run", "--format", "json")
    told = json.loads(done.stdout)
    assert [each["fate"] for each in told["programmes"]] == ["drafted"]
    assert told["files"] == [{"name": "x.xml", "version": "2.03", "generated": "2024-05-01", "activities": 1}]
    assert not (project / "drafts").exists()


def test_into_content_writes_records_that_pass_and_are_then_known(project: Path) -> None:
    assert run(project, "x.xml", "--into-content").returncode == 0
    files = {path: data for path, data in files_below(project / "content").items() if not path.startswith(".")}
    assert "programmes/andean-waters.yml" in files
    assert look(files).problems == ()
    assert "exists" in run(project, "x.xml", "--into-content").stdout


def test_wrong_use_is_told(project: Path) -> None:
    assert run(project, "x.xml", "--out", "a", "--into-content").returncode == 2
    assert run(project, "x.xml", "--url", "file.xml").returncode == 2
    assert run(project, "none.xml").returncode == 2


def test_a_report_in_json_is_whole() -> None:
    told = json.loads(as_json(imported(("x.xml", file_of(*WRONG["shares"][:1])))))
    assert told["findings"][0]["fault"] == "percentages"


@given(st.data())
@settings(max_examples=60)
def test_a_file_with_broken_bytes_is_refused_or_read_soundly(data: st.DataObject) -> None:
    whole = GOLDEN[0].read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    broken = whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + data.draw(st.integers(0, 3)) :]
    with suppress(Refused):
        assert_sound(imported(("x.xml", broken), everything=True), cooperation())
