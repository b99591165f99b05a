"""Programmes as IATI activities: valid by the schema, the code lists and the rule set; nothing made up."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY, base_files, catalogue_of
from hypothesis import assume, given, settings
from lxml import etree
from standards import standard
from strategies import texts, written

from generator.checking import look
from generator.derive import derive
from generator.export.iati import iati_files
from generator.iati.activity import Activity, Read
from generator.iati.reading import read_activities
from generator.model.catalogue import Catalogue

REAL = {path.relative_to("content").as_posix(): path.read_bytes() for path in Path("content").rglob("*.yml")}
ADDRESS = "https://example.org/catalogue/"

WHOLE = """\
id: waters
name: Andean waters & <others>
start: 2020-02-01
end: 2023-06-30
participants:
  - {organisation: fiiapp, role: implementer, sources: [s1]}
  - {text: 36 agencies, role: funder, sources: [s1]}
countries: [PE]
themes: [governance]
website: https://example.org/waters
summary: It helps.
evidence: {name: [s1], start: [s1], end: [s1], countries: [s1], themes: editorial, summary: [s1], website: [s1]}
sources:
  - {id: s1, title: Its page, publisher: Somebody, tier: official}
"""


def exported(catalogue: Catalogue, today: date = TODAY) -> tuple[Any, dict[str, Any]]:
    """The root of the activities, and what is missing."""
    files = iati_files(catalogue, derive(catalogue, today), "The catalogue", ADDRESS)
    xml, missing = (str(files[f"api/v1/iati/{name}"]) for name in ("activities.xml", "missing.json"))
    return etree.fromstring(xml.encode()), json.loads(missing)


def of_waters(text: str = WHOLE, today: date = TODAY) -> tuple[Any, dict[str, Any]]:
    root, missing = exported(catalogue_of({**base_files(), "programmes/waters.yml": text}), today)
    mine = root.xpath("iati-activity[contains(iati-identifier, '-waters')]")
    return (mine[0] if mine else None), missing


@pytest.fixture(scope="module")
def real() -> Any:
    return exported(look(REAL).catalogue)[0]


def test_an_activity_says_what_the_record_says() -> None:
    activity, missing = of_waters()
    assert activity.findtext("iati-identifier") == "example.org-programme-waters"
    assert activity.find("reporting-org").get("secondary-reporter") == "1"
    assert activity.findtext("title/narrative") == "Andean waters & <others>"
    assert [(e.get("type"), e.get("iso-date")) for e in activity.iterfind("activity-date")] == [
        ("2", "2020-02-01"), ("4", "2023-06-30")
    ]  # fmt: skip
    assert [e.get("code") for e in activity.iterfind("recipient-country")] == ["PE"]
    assert activity.find("activity-status").get("code") == "4"
    assert activity.find("sector").attrib == {"code": "151", "vocabulary": "2"}
    assert activity.xpath("participating-org/narrative/text()") == [
        "International and Ibero-American Foundation for Administration and Public Policies"
    ]
    assert missing["left_out"]["waters"] == [{"field": "participants", "what": "36 agencies has no record of its own."}]


def test_a_day_to_come_is_planned() -> None:
    activity, _ = of_waters(today=date(2021, 1, 1))
    assert [(e.get("type"), e.get("iso-date")) for e in activity.iterfind("activity-date")] == [
        ("2", "2020-02-01"), ("3", "2023-06-30")
    ]  # fmt: skip


def test_several_countries_are_the_region_since_nobody_gives_their_shares() -> None:
    activity, _ = of_waters(WHOLE.replace("[PE]", "[PE, EC]"))
    assert not activity.findall("recipient-country")
    assert activity.find("recipient-region").attrib == {"code": "419", "vocabulary": "2"}


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("2020-02-01", "2020-02", "start"),
        ("2020-02-01", "2020-02-01?", "start"),
        ("start: [s1]", "start: {sources: [s1], unverified: true}", "start"),
        ("end: 2023-06-30\n", "", "end"),
        ("role: implementer, ", "", "participants"),
        ("countries: [s1], ", "", "countries"),
        ("themes: [governance]", "themes: [social-development]", "themes"),
    ],
)
def test_what_is_missing_is_named_and_makes_no_activity(old: str, new: str, field: str) -> None:
    assert old in WHOLE
    text = WHOLE.replace(old, new)
    if field == "end":
        text = text.replace("end: [s1], ", "")
    activity, missing = of_waters(text)
    assert activity is None
    assert [lack["field"] for lack in missing["missing"]["waters"]] == [field]


def test_each_programme_is_an_activity_or_missing() -> None:
    catalogue = look(REAL).catalogue
    root, missing = exported(catalogue)
    ids = [one.id for one in catalogue.of("programme")]
    assert sorted([*missing["activities"], *missing["missing"]]) == ids
    assert len(root) == len(missing["activities"]) > 0


def test_what_is_written_is_read_back_by_the_import(real: Any) -> None:
    chunks = [etree.tostring(real)]
    found = [each.activity for each in read_activities("x.xml", chunks) if isinstance(each, Read)]
    assert len(found) == len(real)
    catalogue = look(REAL).catalogue
    for activity in found:
        assert isinstance(activity, Activity)
        record = catalogue.find("programme", activity.identifier.removeprefix("example.org-programme-"))
        assert record is not None
        assert activity.title.text == " ".join(record.name.split())
        assert activity.dates["2"] == str(record.start)


@given(texts(), texts())
@settings(max_examples=30)
def test_any_text_of_a_record_is_text_in_the_activity(name: str, summary: str) -> None:
    text = WHOLE.replace("Andean waters & <others>", written(name)).replace("It helps.", written(summary))
    assume(not look({**base_files(), "programmes/waters.yml": text}).problems)
    activity, _ = of_waters(text)
    shown = re.sub("[\ufffe\uffff]", "\ufffd", " ".join(name.split()))
    assert activity.findtext("title/narrative") == shown


# -- by the standard


def test_it_is_valid_by_the_schema(real: Any) -> None:
    path = standard("iati/schema/iati-activities-schema.xsd", "IATI activities by the XSD 2.03")
    schema = etree.XMLSchema(etree.parse(str(path)))
    assert schema.validate(etree.fromstring(etree.tostring(real))), schema.error_log


def test_each_code_is_in_its_list(real: Any) -> None:
    folder = standard("iati/codelists", "codes of IATI activities by the code lists")
    checked = 0
    for mapping in etree.parse(str(folder / "mapping.xml")).getroot():
        path, _, attribute = mapping.findtext("path").rpartition("/@")
        listed = folder / f"{mapping.find('codelist').get('ref')}.xml"
        if not path or not listed.exists():
            continue
        condition = mapping.findtext("condition")
        codes = set(etree.parse(str(listed)).xpath("//codelist-item/code/text()"))
        for element in real.getroottree().xpath(path + (f"[{condition}]" if condition else "")):
            if element.get(attribute) is not None:
                checked += 1
                assert element.get(attribute) in codes, (path, attribute)
    assert checked > 50


def test_it_keeps_the_rules(real: Any) -> None:
    rules = json.loads(standard("iati/rulesets/standard.json", "IATI activities by the rule set").read_bytes())
    assert broken(real, rules) == []


def test_the_rules_can_fail(real: Any) -> None:
    """The judge of the rule set is ours, so it is tried on what breaks it."""
    rules = json.loads(standard("iati/rulesets/standard.json", "IATI activities by the rule set").read_bytes())
    for path, rule in (("activity-date", "6.11.1"), ("sector", "6.2.2")):
        copy = etree.fromstring(etree.tostring(real))
        for element in copy[0].findall(path):
            copy[0].remove(element)
        assert rule in [found for found, _ in broken(copy, rules)]
    copy = etree.fromstring(etree.tostring(real))
    sector = copy[0].find("sector")
    sector.addnext(etree.fromstring('<sector code="43040" vocabulary="1"/>'))
    sector.attrib.update({"code": "43010", "vocabulary": "1"})
    assert "2.1.1" in [found for found, _ in broken(copy, rules)]


def broken(root: Any, rules: dict[str, Any]) -> list[tuple[str, str]]:
    """The errors of the rule set that activities break: number and message."""
    found = []
    for context, kinds in rules.items():
        if context.startswith("/iati-organisations"):
            continue
        for element in root.getroottree().xpath(context):
            found += list(_broken(element, kinds))
    return found


def _broken(element: Any, kinds: dict[str, Any], turn: str = "") -> Any:
    for kind, block in kinds.items():
        for case in block["cases"]:
            if kind == "loop":
                for each in dict.fromkeys(map(str, element.xpath(case["foreach"]))):
                    yield from _broken(element, case["do"], each)
                continue
            case = json.loads(json.dumps(case).replace("$1", turn))
            asked = "condition" not in case or element.xpath(f"boolean({case['condition']})")
            if asked and case["ruleInfo"]["severity"] == "error" and not _holds(element, kind, case):
                yield case["ruleInfo"]["id"], case["ruleInfo"]["message"]


def _holds(element: Any, kind: str, case: dict[str, Any]) -> bool:
    values = [each for path in case.get("paths", ()) for each in element.xpath(path)]
    texts = [each if isinstance(each, str) else "".join(each.itertext()) for each in values]
    if kind == "atleast_one":
        return bool(values)
    if kind == "unique":
        return len(set(texts)) == len(texts)
    if kind == "no_more_than_one":
        return len(values) <= 1
    if kind == "if_then":
        return not element.xpath(f"boolean({case['if']})") or bool(element.xpath(f"boolean({case['then']})"))
    if kind == "strict_sum":
        return sum(map(float, texts)) == case["sum"]
    if kind == "range":
        return all(case["min"] <= float(text) <= case["max"] for text in texts)
    if kind in ("date_order", "date_now"):
        less = element.xpath(case.get("less", case.get("date")))
        more = [TODAY.isoformat()] if case.get("more", "NOW") == "NOW" else element.xpath(case["more"])
        return not less or not more or str(less[0])[:10] <= str(more[0])[:10]
    if kind == "one_or_all":
        one = bool(element.xpath(case["one"] if case["all"] != "lang" else "@xml:lang"))
        return one or not element.xpath(".//value" if case["all"] == "currency" else ".//narrative")
    assert kind in ("time_limit", "regex_matches", "no_spaces", "startswith"), kind
    return kind != "time_limit" or not re.search("budget", element.tag)
