"""The JSON files: each follows its schema, says what the records say, and answers what a user asks."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from api_fixture import Api, api_of
from conftest import TODAY, base_files, catalogue_of
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate as validate_openapi
from readback import read_json, records_of
from strategies import drawn_files
from tables_fixture import Published

from generator.derive.membership import members_on, roll_of
from generator.derive.status import Status
from generator.export.api.addresses import data_kinds, path_of
from generator.export.api.membership import members_by_day, numeric_code
from generator.export.offered import offered
from generator.kinds import KINDS
from generator.kinds.country import country_codes
from generator.kinds.group import MemberRole
from generator.model.edtf import PartialDate
from generator.model.facts import facts_of
from generator.model.values import Vocabulary
from generator.schema.fields import part_of

# -- schemas


def test_every_file_follows_its_schema(api: Api) -> None:
    assert api.faults() == []


@settings(max_examples=12)
@given(drawn_files(KINDS))
def test_any_record_that_passes_follows_its_schema_and_reads_back(files: dict[str, str]) -> None:
    drawn = api_of(catalogue_of(files))
    assert drawn.faults(each_record_once=True) == []
    assert read_json(drawn.records(), drawn.catalogue) == records_of(drawn.catalogue, own_sources=True)
    assert [place for record in drawn.records() for place in lost_places(record)] == []


def test_the_schemas_are_schemas_and_stand_where_they_say(api: Api) -> None:
    for name, validator in api.validators.items():
        Draft202012Validator.check_schema(validator.schema)
        assert validator.schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert validator.schema["$id"] == f"https://catalogue.example/api/v1/schema/{name}.json"


def test_the_schemas_let_nothing_in_that_they_do_not_name(api: Api) -> None:
    """A field that is no field of ours, anywhere in a record, is told."""
    record = api.read("agreements/eu-chile-association-agreement.json")
    for path in ((), ("stated",), ("stated", "events", 0), ("computed", "status"), ("links",), ("sources", 0)):
        spoiled = json.loads(json.dumps(record))
        at(spoiled, path)["fields"] = 1
        assert not api.validators["agreement"].is_valid(spoiled), path
    for path, wrong in ((("stated", "name"), 5), (("stated", "events", 0, "date"), "26/6/2012"), (("id",), "EU")):
        spoiled = json.loads(json.dumps(record))
        at(spoiled, path[:-1])[path[-1]] = wrong
        assert not api.validators["agreement"].is_valid(spoiled), path
    for name in record:
        assert not api.validators["agreement"].is_valid({k: v for k, v in record.items() if k != name}), name


def at(value: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        value = value[part]
    return value


def test_every_field_of_every_schema_says_what_it_is(api: Api) -> None:
    silent = []
    for name, validator in api.validators.items():
        parts = {"": validator.schema, **validator.schema["$defs"]}
        for part, schema in parts.items():
            for field, told in schema.get("properties", {}).items():
                if not told.get("description") and field not in ("records", "entries", "computed", "links"):
                    silent.append(f"{name} {part}.{field}")
    assert silent == []


def test_a_new_field_of_a_model_is_in_the_schema(api: Api) -> None:
    """All stated fields come from the models, and none is listed a second time."""
    for kind in data_kinds(api.catalogue):
        stated = api.validators[kind.name].schema["$defs"][kind.model.__name__]["properties"]
        apart = {"id", "aliases", "evidence", "disagreements", "sources"}
        assert set(stated) == {field.name for field in part_of(kind.model).fields} - apart


# -- what is where


def test_a_record_is_the_same_wherever_it_stands(api: Api) -> None:
    lines = api.files["everything.ndjson"].splitlines(keepends=True)
    assert [api.files[path_of(k, r.id)] for k in data_kinds(api.catalogue) for r in api.catalogue.of(k.name)] == lines
    for kind in data_kinds(api.catalogue):
        told = api.read(f"{kind.section}.json")
        own = [json.loads(line) for line in lines if json.loads(line)["kind"] == kind.name]
        assert told["records"] == own
        assert (told["count"], told["as_of"]) == (len(own), TODAY.isoformat())


def test_files_are_compact_utf8_and_end_with_a_line(api: Api) -> None:
    for path, data in api.files.items():
        assert data.endswith(b"\n"), path
        assert not data.startswith(b"\xef\xbb\xbf"), path
        assert b"\\u" not in data or path.startswith("schema/"), path
    record = api.read("dialogues/eu-lac-summit-1999-rio.json")
    assert list(record) == [
        "kind", "id", "title", "former_ids", "stated", "evidence", "disagreements", "sources", "computed", "links",
    ]  # fmt: skip


def test_the_index_leads_to_every_file(api: Api) -> None:
    """Whoever begins at the index finds all that there is, by its addresses alone."""
    base, index = "https://catalogue.example/api/v1/", api.read("index.json")
    found = {"index.json", index["openapi"].removeprefix(base), index["everything"]["address"].removeprefix(base)}
    for kind in index["kinds"]:
        found |= {kind[name].removeprefix(base) for name in ("all", "schema_of_all", "schema_of_record")}
        ids = [record["id"] for record in api.read(kind["all"].removeprefix(base))["records"]]
        assert len(ids) == kind["count"] > 0
        found |= {kind["record"].replace("{id}", id.lower()).removeprefix(base) for id in ids}
    for table in index["lookups"]:
        found |= {table["address"].removeprefix(base), table["schema"].removeprefix(base)}
    found |= {index["$schema"].removeprefix(base), "schema/moved.json", "schema/retired.json"}
    assert found == set(api.files)


def test_the_index_names_the_other_files_too(api: Api, published: Published) -> None:
    """All that stand alone, of all formats, each with what it is."""
    named = {each["address"].removeprefix("https://catalogue.example/") for each in api.read("index.json")["files"]}
    alone = {each.path for each in offered(published.files, KINDS) if "{" not in each.offer.pattern}
    own = {"api/v1/index.json", "api/v1/openapi.json", "api/v1/everything.ndjson"}
    assert named == alone - own
    assert "api/v1/catalogue.sqlite" in named


def test_links_of_a_record_lead_to_files_that_are_there(api: Api) -> None:
    base = "https://catalogue.example/api/v1/"
    for record in api.records():
        links = record["links"]
        assert json.loads(api.files[links["self"].removeprefix(base)]) == record
        assert {links[name].removeprefix(base) for name in ("all", "schema")} <= set(api.files)


def test_other_links_of_a_record_lead_to_files_of_the_site(built: Any) -> None:
    """Those of the site as it is built, page, citations, card and reading form among them."""
    for line in built.tree["api/v1/everything.ndjson"].splitlines():
        record = json.loads(line)
        for name, address in record["links"].items():
            place = address.removeprefix("https://catalogue.example.org/some/path/").partition("#")[0]
            assert (place + "index.md" if place.endswith("/") else place) in built.tree, (record["id"], name)


def test_without_an_address_of_the_site_a_reserved_one_stands_for_it() -> None:
    made = api_of(catalogue_of(base_files()), "")
    assert made.faults() == []
    assert made.read("index.json")["site"] == "https://catalogue.example/"


# -- OpenAPI


def test_the_description_is_openapi(api: Api) -> None:
    validate_openapi(api.read("openapi.json"))


def test_the_description_names_every_file_and_only_what_is_there(api: Api) -> None:
    described = api.read("openapi.json")
    named = set()
    for path, item in described["paths"].items():
        parameters = item["get"].get("parameters", ())
        for parameter in parameters:
            shown = path.replace("{" + parameter["name"] + "}", parameter["example"])
            assert shown[1:] in api.files, shown
        pattern = re.sub(r"\\{[a-z]+\\}", "[a-z0-9-]+", re.escape(path[1:]))
        fits = {name for name in api.files if re.fullmatch(pattern, name)}
        assert fits, path
        named |= fits
    assert named == set(api.files)
    operations = [item["get"]["operationId"] for item in described["paths"].values()]
    assert len(set(operations)) == len(operations)


def test_the_examples_of_the_description_are_files_as_they_are(api: Api) -> None:
    shown = 0
    for path, item in api.read("openapi.json")["paths"].items():
        for content in item["get"]["responses"]["200"]["content"].values():
            if "example" in content:
                example = content["example"]
                assert json.loads(api.files[path[1:].replace("{id}", example["id"].lower())]) == example
                shown += 1
    assert shown == len(data_kinds(api.catalogue))


def test_the_description_says_the_same_as_the_schemas(api: Api) -> None:
    """Each part has one form, whether it stands in a schema of its own or in the description."""

    def bare(schema: Any) -> Any:
        return json.loads(json.dumps(schema).replace("#/components/schemas/", "#/$defs/"))

    components = bare(api.read("openapi.json")["components"]["schemas"])
    for validator in api.validators.values():
        for name, schema in validator.schema["$defs"].items():
            assert components[name] == schema


# -- round trip and evidence


def test_what_is_read_back_equals_the_catalogue(api: Api) -> None:
    assert read_json(api.records(), api.catalogue) == records_of(api.catalogue, own_sources=True)


def lost_places(record: Any) -> list[str]:
    """The places that computed values name and that lead to nothing in the record."""
    computed = record["computed"]
    lives = [computed, *computed.get("parties", ()), *computed.get("texts", ())]
    named = [*computed["facts"], *computed["dates"]]
    if record["kind"] == "agreement":
        named += [place for life in lives for span in life["spans"] for place in span.get("events", ())]
        named += [part["event"] for part in computed.get("parts_over", ())]
    return [place for place in named if resolved(record, place) in (None, [], {}, "")]


def resolved(value: Any, pointer: str) -> Any:
    """What stands at a JSON Pointer, read as RFC 6901 has it."""
    for part in pointer.split("/")[1:]:
        try:
            value = value[int(part)] if isinstance(value, list) else value[part]
        except (KeyError, IndexError, ValueError):
            return None
    return value


def test_every_place_that_a_record_names_is_there(api: Api) -> None:
    assert [(record["id"], place) for record in api.records() for place in lost_places(record)] == []


def test_places_in_other_records_are_there(api: Api) -> None:
    by_key = {(record["kind"], record["id"]): record for record in api.records()}
    checked = 0
    for record in by_key.values():
        for origin in record["computed"].get("came_out_of", ()):
            outcome = resolved(by_key["dialogue", origin["dialogue"]], origin["outcome"])
            assert record["id"] in (outcome.get("agreement"), outcome.get("programme"), outcome.get("dialogue"))
            checked += 1
        for row in record["computed"].get("groups", ()) if record["kind"] == "country" else ():
            assert record["id"] in resolved(by_key["group", row["group"]], row["row"])["countries"]
            checked += 1
    assert checked > 50


def test_each_fact_has_what_it_rests_on(api: Api) -> None:
    """As many facts as the pages count, each grade theirs, and no source that the record has not."""
    for kind in data_kinds(api.catalogue):
        for record in api.catalogue.of(kind.name):
            told = api.read(path_of(kind, record.id))
            facts = told["computed"]["facts"]
            own = facts_of(record)
            assert len(facts) == len(own)
            assert Counter(fact["grade"] for fact in facts.values()) == Counter(str(fact.grade) for fact in own)
            ids = {source["id"] for source in told["sources"]}
            assert {source for fact in facts.values() for source in fact.get("sources", ())} <= ids
            assert all(fact.get("sources") for fact in facts.values() if fact["grade"] == "verified")


def test_what_sources_dispute_is_marked_at_the_fact() -> None:
    agreement = """
id: disputed
name: A
type: trade-agreement
parties: [EU, CL]
summary: S.
events:
  - {date: 2020-01-01, event: signed, sources: [s1]}
  - {date: 2021~, event: entry-into-force}
evidence: {name: [s1], events: [s2]}
disagreements:
  - {about: events.signed, text: One says so., sources: [s1]}
sources:
  - {id: s1, title: A, publisher: B}
  - {id: s2, title: A, publisher: B}
"""
    made = api_of(catalogue_of({**base_files(), "agreements/disputed.yml": agreement}))
    told = made.read("agreements/disputed.json")["computed"]
    assert told["facts"]["/stated/events/0"] == {"grade": "verified", "sources": ["s1"], "disputed": True}
    assert told["facts"]["/stated/events/1"] == {"grade": "verified", "sources": ["s2"]}
    assert told["facts"]["/stated/name"] == {"grade": "verified", "sources": ["s1"]}
    assert told["facts"]["/stated/parties"] == {"grade": "unverified"}
    assert told["dates"] == {
        "/stated/events/1/date": {"earliest": "2021-01-01", "latest": "2021-12-31", "approximate": True}
    }


# -- what is computed


def test_statuses_are_those_that_pages_show(api: Api) -> None:
    for record in api.records():
        if record["kind"] in ("programme", "agreement", "dialogue"):
            standing = api.views.standings.get((record["kind"], record["id"]))
            told = record["computed"]["status"]
            assert told["status"] == str(standing.status if standing else Status.NOT_KNOWN)
            assert told["verified"] is bool(standing and standing.verified)
            assert len(record["computed"]["spans"]) == len(api.views.spans.get((record["kind"], record["id"]), ()))


def test_a_meeting_without_an_end_was_held_when_it_began() -> None:
    """The bounds of a status are those of the change, not those of the stretch of time that it is read from."""
    meeting = "id: m\nname: M\ntype: summit\ndate: 2012-06-26/..\nparties: [EU, CL]\nsummary: S.\n"
    told = api_of(catalogue_of({**base_files(), "dialogues/m.yml": meeting})).read("dialogues/m.json")["computed"]
    held = told["spans"][1]
    assert (told["status"]["status"], held["since_earliest"], held["since_latest"]) == (
        "held", "2012-06-26", "2012-06-26",
    )  # fmt: skip
    assert told["spans"][0]["until_latest"] == "2012-06-26"
    assert told["dates"]["/stated/date"] == {"earliest": "2012-06-26"}


def test_of_what_has_no_step_nothing_is_known() -> None:
    files = {**base_files(), "agreements/bare.yml": "id: bare\nname: A\ntype: trade-agreement\nparties: [EU, CL]\n"
             "summary: S.\n"}  # fmt: skip
    told = api_of(catalogue_of(files)).read("agreements/bare.json")["computed"]
    assert told["status"] == {"status": "not-known", "binds": False, "verified": False}
    assert [party["status"]["status"] for party in told["parties"]] == ["not-known", "not-known"]


def test_members_by_day_are_those_of_any_day(api: Api) -> None:
    """On each day of a change, and on the days beside it."""
    for group in api.catalogue.of("group"):
        rows = api.read(f"groups/{group.id.lower()}.json")["computed"]["members"]
        assert rows[0].get("first_day") is None
        assert rows[-1].get("last_day") is None
        for before, after in pairwise(rows):
            assert date.fromisoformat(after["first_day"]) - date.fromisoformat(before["last_day"]) == timedelta(1)
            assert before["countries"] != after["countries"]
        days = [date.fromisoformat(row["first_day"]) for row in rows[1:]] + [TODAY, date(1900, 1, 1)]
        for day in {d + timedelta(n) for d in days for n in (-1, 0, 1)}:
            row = next(
                r for r in rows if (r.get("first_day") or "") <= day.isoformat() <= (r.get("last_day") or "9999")
            )
            assert tuple(row["countries"]) == roll_of(group, day).now.get(MemberRole.MEMBER, ())


def test_the_eu_of_a_signature_is_found_by_its_day(api: Api) -> None:
    table = {entry["id"]: entry["members"] for entry in api.read("lookup/groups.json")["entries"]}
    row = next(r for r in table["EU"] if (r.get("first_day") or "") <= "2012-06-26" <= (r.get("last_day") or "9999"))
    eu = api.catalogue.find("group", "EU")
    assert tuple(row["countries"]) == members_on(eu, PartialDate.parse("2012-06-26"))
    assert len(row["countries"]) == 27
    assert "HR" not in row["countries"]
    assert "GB" in row["countries"]


def test_a_group_that_has_ended_has_nobody_left() -> None:
    groups = base_files()["groups.yml"] + (
        "  OLD:\n    name: Old\n    ended: 2011\n    members:\n      - {countries: [CL], since: 1980-05}\n"
    )
    old = catalogue_of({**base_files(), "groups.yml": groups}).find("group", "OLD")
    told = [(row.first_day, row.last_day, row.countries) for row in members_by_day(old)]
    assert told == [(None, "1980-05-30", ()), ("1980-05-31", "2011-12-31", ("CL",)), ("2012-01-01", None, ())]


def test_every_country_has_one_numeric_code() -> None:
    codes = {code: numeric_code(code) for code in country_codes()}
    assert None not in codes.values()
    assert len(set(codes.values())) == len(codes)
    known = {"CL": "152", "DE": "276", "FR": "250", "ET": "231", "SD": "729", "YE": "887", "GB": "826", "BR": "076"}
    assert {code: codes[code] for code in known} == known


def test_the_last_change_says_of_what_it_is() -> None:
    changed = {"agreements/eu-chile.yml": date(2026, 11, 1), "countries.yml": date(2026, 10, 1)}
    catalogue = catalogue_of(base_files())
    agreement = catalogue.of("agreement")[0]
    made = api_of(catalogue, changed={**changed, f"agreements/{agreement.id}.yml": date(2026, 11, 1)})
    told = made.read(f"agreements/{agreement.id}.json")["computed"]
    assert (told["last_changed"], told["last_changed_in"]) == ("2026-11-01", "record")
    told = made.read("countries/cl.json")["computed"]
    assert (told["last_changed"], told["last_changed_in"]) == ("2026-10-01", "file")
    assert "last_changed" not in made.read("groups/can.json")["computed"]


def test_a_record_knows_who_refers_to_it(api: Api) -> None:
    by_key = {(record["kind"], record["id"]): record for record in api.records()}
    for record in by_key.values():
        for other in record["computed"]["referred_by"]:
            stated = by_key[other["kind"], other["id"]]["stated"]
            for field in other["fields"]:
                values = json.dumps(stated[field.partition(".")[0]])
                assert any(f'"{id}"' in values for id in (record["id"], *record["former_ids"])), (record["id"], other)


# -- tables to look things up in


def test_every_word_that_a_record_uses_is_in_the_vocabularies(api: Api) -> None:
    tables = {entry["name"]: {word["word"] for word in entry["words"]} for entry in vocabularies(api)}
    used = {
        name: set(schema["enum"])
        for validator in api.validators.values()
        for name, schema in validator.schema["$defs"].items()
        if "enum" in schema
    }
    assert {name: tables.get(name) for name in used} == used


def vocabularies(api: Api) -> list[Any]:
    return list(api.read("lookup/vocabularies.json")["entries"])


def test_every_vocabulary_of_the_models_is_told_with_its_definitions(api: Api) -> None:
    told = {entry["name"]: entry for entry in vocabularies(api)}
    models = {
        each.__name__: each for each in Vocabulary.__subclasses__() if each.__module__.startswith("generator.kinds")
    }
    assert len(models) > 8
    for name, vocabulary in models.items():
        assert [(w["word"], w["label"], w.get("definition", "")) for w in told[name]["words"]] == [
            (str(word), word.label, word.definition) for word in vocabulary
        ]
        assert told[name]["fields"]


def test_steps_are_told_from_milestones(api: Api) -> None:
    events = {entry["word"]: entry for entry in api.read("lookup/events.json")["entries"]}
    assert (events["signed"]["step"], events["ratified"]["step"]) == (True, False)
    assert events["negotiations-opened"]["order"] < events["signed"]["order"] < events["entry-into-force"]["order"]
    assert "order" not in events["ratified"]


def test_countries_have_their_names_in_four_languages(api: Api) -> None:
    countries = {entry["id"]: entry for entry in api.read("lookup/countries.json")["entries"]}
    assert countries["DE"]["names"] == {"en": "Germany", "es": "Alemania", "pt": "Alemanha", "fr": "Allemagne"}
    assert (countries["CL"]["iso3"], countries["CL"]["numeric"]) == ("CHL", "152")
    assert set(countries) == {country.id for country in api.catalogue.of("country")}


def test_themes_count_the_records_that_name_them(api: Api) -> None:
    counted = Counter(theme for record in api.records() for theme in record["stated"].get("themes", ()))
    assert {e["id"]: e["records"] for e in api.read("lookup/themes.json")["entries"] if e["records"]} == dict(counted)


# -- addresses that are no longer

GONE = {
    **base_files(),
    "programmes/new.yml": "id: new\naliases: [old, older]\nname: New\nsummary: Text.\n",
    "groups.yml": base_files()["groups.yml"].replace("  CAN:\n", "  CAN:\n    aliases: [ANDEAN]\n"),
    "retired.yml": """sources:
  - {id: s1, title: A notice, publisher: European Commission}
records:
  programme/gone:
    aliases: [long-gone]
    name: Gone
    retired: 2026-11-24
    because: It was recorded twice.
    successor: programme/old
    evidence: {because: [s1]}
  page/about/y: {name: A page, retired: 2026-11, because: It said nothing.}
""",
}


def test_a_former_id_is_answered_with_where_the_record_is() -> None:
    made = api_of(catalogue_of(GONE))
    assert made.faults() == []
    moved = made.read("programmes/old.json")
    assert moved["moved_to"] == "https://catalogue.example/api/v1/programmes/new.json"
    assert made.read("programmes/new.json")["former_ids"] == ["old", "older"]
    assert made.read("groups/andean.json")["record"]["id"] == "CAN"


def test_a_record_that_was_taken_out_is_answered_with_why() -> None:
    made = api_of(catalogue_of(GONE))
    for id in ("gone", "long-gone"):
        told = made.read(f"programmes/{id}.json")
        assert (told["retired"], told["because"]) == ("2026-11-24", "It was recorded twice.")
        assert told["evidence"] == {"because": {"sources": ["s1"]}}
        assert [source["title"] for source in told["sources"]] == ["A notice"]
        assert told["successor"]["address"] == "https://catalogue.example/api/v1/programmes/new.json"
    former = made.read("lookup/former.json")
    assert [(e["kind"], e["id"]) for e in former["moved"]] == [
        ("programme", "old"), ("programme", "older"), ("group", "ANDEAN"),
    ]  # fmt: skip
    assert {entry["id"] for entry in former["retired"]} == {"gone", "long-gone"}
    assert {record["id"] for record in made.records()} & {"old", "older", "gone", "long-gone"} == set()


# -- two questions, as a user asks them: json and nothing else


def test_which_agreements_bound_chile_in_2010(api: Api) -> None:
    assert bound_in(api, "CL", 2010) == {"eu-chile-association-agreement"}


def bound_in(api: Api, party: str, year: int) -> set[str]:
    """The agreements that bound a party on some day of a year."""
    agreements = json.loads(api.files["agreements.json"])
    return {
        agreement["id"]
        for agreement in agreements["records"]
        for life in agreement["computed"]["parties"]
        for span in life["spans"]
        if life["party"] == party and span["binds"]
        and span.get("since_latest", "") <= f"{year}-12-31" and span.get("until_earliest", "9999") > f"{year}-01-01"
    }  # fmt: skip


@pytest.mark.parametrize(("party", "year"), [("HT", 2010), ("PE", 2013), ("EC", 2016), ("MX", 2001), ("CU", 2018)])
def test_others_are_answered_as_the_models_do(api: Api, party: str, year: int) -> None:
    wanted = {
        agreement.id
        for agreement in api.catalogue.of("agreement")
        for span in api.views.lives[agreement.id].parties.get(party, ())
        if span.status in (Status.PROVISIONAL, Status.IN_FORCE)
        and (span.since is None or span.since.latest <= date(year, 12, 31))
        and (span.until is None or span.until.earliest > date(year, 1, 1))
    }
    assert bound_in(api, party, year) == wanted
    country = json.loads(api.files[f"countries/{party.lower()}.json"])
    own = {
        bond["agreement"]
        for bond in country["computed"]["agreements"]
        for span in bond["spans"]
        if span["binds"] and span.get("since_latest", "") <= f"{year}-12-31"
        and span.get("until_earliest", "9999") > f"{year}-01-01"
    }  # fmt: skip
    assert own == wanted


def test_how_much_was_committed_to_programmes_on_borders(api: Api) -> None:
    """Sums of one basis and one currency, and no part beside its whole; the figures by hand stand with the tables."""
    counted: Counter[tuple[str, str]] = Counter()
    for programme in json.loads(api.files["programmes.json"])["records"]:
        stated = programme["stated"]
        if "cross-border-cooperation" in stated.get("themes", ()):
            sums = stated.get("budget", []) + [s for phase in stated.get("phases", ()) for s in phase.get("budget", ())]
            for money in sums:
                if "part_of" not in money:
                    counted[money["currency"], money["basis"]] += money["amount"]
    assert dict(counted) == {
        ("EUR", "eu-contribution"): 15_000_000 + 12_800_000 + 18_900_000 + 64_200_000 + 2_900_000,
        ("EUR", "total-cost"): 17_100_000 + 85_700_000,
    }
