"""Feeds of what became of records: valid by RFC 4287 and JSON Feed 1.1, the same from build to build."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import feedparser
import pytest
from conftest import HERE, TODAY, base_files, catalogue_of
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from lxml import etree
from standards import standard
from test_chronicle import commit, edit, git, grow, past_of

from generator.checking import look
from generator.commands.chronicle import chronicle_of
from generator.derive import derive
from generator.derive.following import subjects
from generator.export.feeds import feed_files
from generator.export.feeds.entries import GATHERED, MOST, clean
from generator.model.catalogue import Catalogue
from generator.model.chronicle import Change, Chronicle, Step, Told
from generator.read import read_folder

HOME = "https://catalogue.example/below/"
ATOM = "{http://www.w3.org/2005/Atom}"
Files = Mapping[str, str | bytes]


def feeds_of(catalogue: Catalogue, told: Chronicle, home: str = HOME) -> dict[str, str | bytes]:
    return feed_files(catalogue, derive(catalogue, TODAY), told, "The <Catalogue>", home, "https://git.example/x")


def items_of(files: Files, stem: str) -> list[dict[str, Any]]:
    found = json.loads(files[f"feeds/{stem}.json"])["items"]
    assert isinstance(found, list)
    return found


def titles_of(files: Files, stem: str) -> list[str]:
    return [item["title"] for item in items_of(files, stem)]


DAY = datetime(2022, 1, 1, tzinfo=UTC)
LOCAL = st.text(st.characters(codec="utf-8"), max_size=40)
RUNS = st.lists(st.tuples(st.sampled_from(["kept", "gone", "new"]), LOCAL), max_size=4).map(tuple)
TOLD = st.builds(Told, st.lists(LOCAL, min_size=1, max_size=3).map(tuple), RUNS, st.booleans())
CHANGES = st.builds(
    Change,
    sort=st.sampled_from(["added", "changed", "renamed", "merged", "retired", "removed"]),
    kind=st.sampled_from(["programme", "agreement", "country", "theme", "figure"]),
    id=LOCAL,
    title=LOCAL,
    facts=st.integers(0, 2000),
    old=LOCAL,
    because=LOCAL,
    fields=st.lists(TOLD, max_size=6).map(tuple),
    more=st.integers(0, 9),
    countries=st.sets(st.sampled_from(["CL", "FR", "XX"])).map(lambda found: tuple(sorted(found))),
    themes=st.sets(st.sampled_from(["governance", "<gone>"])).map(lambda found: tuple(sorted(found))),
)


@pytest.fixture(scope="module")
def base() -> Catalogue:
    return catalogue_of(base_files())


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a small history."""
    made = tmp_path_factory.mktemp("grown") / "made"
    made.mkdir()
    git(made, "init", "-b", "main")
    commit(made, dict(base_files()), "2021-03-04")
    grow(made)
    return made


@pytest.fixture(scope="module")
def feeds(grown: Path) -> dict[str, str | bytes]:
    catalogue = look(read_folder(grown / "content")[0]).catalogue
    return feeds_of(catalogue, past_of(grown))


@dataclass(frozen=True)
class Real:
    """The real content as it was committed, and its feeds."""

    catalogue: Catalogue
    files: Files


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Real:
    content = HERE.parent / "content"
    checked = look(read_folder(content)[0])
    told = chronicle_of(content, tmp_path_factory.mktemp("cache"))(checked)
    return Real(checked.catalogue, feeds_of(checked.catalogue, told))


def agree(files: Files) -> None:
    """Every feed says the same in both forms."""
    for path in (path for path in files if path.endswith(".json")):
        items = json.loads(files[path])["items"]
        entries = etree.fromstring(files[path.removesuffix("json") + "atom"]).findall(f"{ATOM}entry")
        for name, key in (("id", "id"), ("title", "title"), ("content", "content_html"), ("updated", "date_modified")):
            assert [entry.findtext(f"{ATOM}{name}") for entry in entries] == [item[key] for item in items]


@cache
def standards() -> tuple[etree.RelaxNG, Draft7Validator]:
    grammar = etree.RelaxNG(etree.parse(standard("feeds/atom.rng.xml", "feeds by RFC 4287")))
    schema = standard("feeds/jsonfeed-1.1.schema.json", "feeds by JSON Feed 1.1").read_text(encoding="utf-8")
    return grammar, Draft7Validator(json.loads(schema))


def hold(files: Files) -> None:
    """Every feed keeps to its standard."""
    grammar, schema = standards()
    for path, text in files.items():
        if path.endswith(".json"):
            schema.validate(json.loads(text))
        else:
            grammar.assertValid(etree.fromstring(text))


def test_every_feed_keeps_to_its_standard(feeds: Files, base: Catalogue) -> None:
    hold(feeds)
    hold(feeds_of(base, Chronicle()))


def test_feeds_of_the_real_content_keep_to_their_standards(real: Real) -> None:
    hold({path: text for path, text in real.files.items() if path.count("/") < 3})


def test_both_forms_of_every_feed_say_the_same(feeds: Files, real: Real) -> None:
    agree(feeds)
    agree(real.files)


@given(changes=st.lists(CHANGES, min_size=1, max_size=30))
@settings(max_examples=25)
def test_feeds_of_any_texts_keep_to_their_standards(base: Catalogue, changes: list[Change]) -> None:
    step = Step("a" * 40, DAY, tuple(changes))
    hold({path: text for path, text in feeds_of(base, Chronicle(True, (step,))).items() if "all" in path})


def test_a_reader_of_feeds_finds_everything(feeds: Files) -> None:
    text = feeds["feeds/countries/cl.atom"]
    assert isinstance(text, bytes)
    found = feedparser.parse(text)
    assert not found.bozo
    assert found.feed.title == "Chile – The &lt;Catalogue&gt;" or found.feed.title == "Chile – The <Catalogue>"
    assert found.feed.link == f"{HOME}countries/cl/"
    assert found.feed.id == f"{HOME}feeds/countries/cl.atom"
    newest = found.entries[0]
    assert newest.title == "Programme changed: Cohesion"
    assert newest.link == f"{HOME}programmes/cohesion-policy/"
    assert newest.updated == "2022-05-02T04:30:00Z"
    assert {"Programme", "Chile", "Peru", "Governance"} <= {tag.label for tag in newest.tags}
    licences = [link.href for link in found.feed.links if link.rel == "license"]
    assert licences == ["https://creativecommons.org/licenses/by/4.0/"]


def test_each_feed_tells_what_concerns_it_and_nothing_else(feeds: Files) -> None:
    assert titles_of(feeds, "dialogues")[0] == "Dialogue retired: Summit of 2015"
    assert titles_of(feeds, "countries/cl/programmes") == [
        "Programme changed: Cohesion",
        "Programme renamed: Cohesion",
        "Programme changed: Cohesion",
        "Programme added: Cohesion",
    ]
    assert titles_of(feeds, "countries/hr/agreements") == [
        "Agreement changed: EU–Andean Agreement",
        "Agreement added: EU–Andean Agreement",
    ]
    assert "Programme added: Cohesion" in titles_of(feeds, "themes/governance")
    assert "Theme added: Governance" in titles_of(feeds, "themes/governance")
    assert titles_of(feeds, "countries/cl/agreements") == []


def test_a_record_that_is_gone_leads_to_what_stands_there(feeds: Files) -> None:
    """To its tombstone, to the page that leads on, or nowhere."""
    links = {item["title"]: item.get("url") for item in items_of(feeds, "all")}
    assert links["Dialogue retired: Summit of 2015"] == f"{HOME}dialogues/summit-2015/"
    old = [item for item in items_of(feeds, "programmes") if item["_catalogue"]["id"] == "cohesion"]
    assert {item["url"] for item in old} == {f"{HOME}programmes/cohesion/"}


def test_a_commit_adds_entries_and_changes_no_older_one(grown: Path, feeds: Files, tmp_path: Path) -> None:
    git(tmp_path, "clone", grown.as_uri(), "copy")
    copy = tmp_path / "copy"
    text = (copy / "content" / "agreements" / "eu-andean.yml").read_text(encoding="utf-8")
    moved = edit(text, ("id: eu-andean\n", "id: andean\naliases: [eu-andean]\n"))
    commit(copy, {"agreements/eu-andean.yml": None, "agreements/andean.yml": moved}, "2023-01-01")
    later = feeds_of(look(read_folder(copy / "content")[0]).catalogue, past_of(copy))
    assert feeds.keys() <= later.keys()
    new = 0
    for path in (path for path in feeds if path.endswith(".json")):
        before, after = (items_of(files, path[6:-5]) for files in (feeds, later))
        assert after[len(after) - len(before) :] == before
        new += len(after) - len(before)
    assert new == len({s for s in later if s.endswith(".json") and later[s] != feeds[s]}) > 5


def test_ids_are_given_once_and_do_not_depend_on_the_address_of_the_site(grown: Path, feeds: Files) -> None:
    catalogue = look(read_folder(grown / "content")[0]).catalogue
    moved = feeds_of(catalogue, past_of(grown), "https://elsewhere.example/")
    for path in (path for path in feeds if path.endswith(".json")):
        ids = [item["id"] for item in json.loads(feeds[path])["items"]]
        assert len(ids) == len(set(ids))
        assert ids == [item["id"] for item in json.loads(moved[path])["items"]]
    by_id = {item["id"]: item for path in feeds if path.endswith(".json") for item in json.loads(feeds[path])["items"]}
    assert len({item["title"] + item["date_published"] for item in by_id.values()}) == len(by_id)


def test_everything_that_can_be_followed_has_a_feed_in_both_forms(base: Catalogue) -> None:
    files = feeds_of(base, Chronicle())
    stems = [subject.stem for subject in subjects(base)]
    assert len(stems) == len(set(stems))
    assert set(files) == {f"{stem}.{ending}" for stem in stems for ending in ("atom", "json")}
    assert {"feeds/all", "feeds/agreements", "feeds/countries/cl", "feeds/countries/cl/agreements"} <= set(stems)


def test_without_history_feeds_are_valid_empty_and_say_why(base: Catalogue) -> None:
    files = feeds_of(base, Chronicle())
    for path, text in files.items():
        if path.endswith(".json"):
            assert json.loads(text)["items"] == []
            assert "built without the history" in json.loads(text)["description"]
        else:
            assert etree.fromstring(text).findtext(f"{ATOM}updated") == "2026-11-23T00:00:00Z"


def test_the_feed_of_a_former_id_and_of_a_retired_country_stays(base: Catalogue) -> None:
    text = base_files()
    countries = edit(text["countries.yml"], ("HR: {side: europe}", "HR: {side: europe, aliases: [YU]}"))
    renamed = catalogue_of({**text, "countries.yml": countries})
    change = Change("changed", "country", "YU", "Yugoslavia", 1, countries=("YU",))
    told = Chronicle(True, (Step("a" * 40, datetime(2022, 1, 1, tzinfo=UTC), (change,)),))
    files = feeds_of(renamed, told)
    assert files["feeds/countries/yu.atom"] == files["feeds/countries/hr.atom"]
    assert titles_of(files, "countries/hr") == ["Country changed: Yugoslavia"]
    assert "feeds/countries/yu/agreements.json" in files
    tomb = "sources: []\nrecords:\n  theme/old: {name: Old theme, retired: 2022-05-01, because: Too wide.}\n"
    retired = catalogue_of({**text, "retired.yml": tomb})
    assert json.loads(feeds_of(retired, Chronicle())["feeds/themes/old.json"])["title"] == "Old theme – The <Catalogue>"


def added(number: int, **more: Any) -> Change:
    return Change("added", "programme", f"p{number}", f"Programme {number}", 3, **more)


def test_many_changes_at_once_are_one_entry_that_says_how_many(base: Catalogue) -> None:
    """In a feed where they are few they are told one by one."""
    many = tuple(added(n, countries=("CL",) if n < 3 else ()) for n in range(GATHERED + 5))
    files = feeds_of(base, Chronicle(True, (Step("a" * 40, DAY, many),)))
    (item,) = items_of(files, "all")
    assert item["title"] == f"All records: {GATHERED + 5} records added"
    assert "And 5 more" in item["content_html"]
    assert item["url"] == HOME
    assert len(items_of(files, "countries/cl")) == 3
    exactly = feeds_of(base, Chronicle(True, (Step("a" * 40, DAY, many[:GATHERED]),)))
    assert len(items_of(exactly, "all")) == GATHERED
    mixed = (*many, Change("retired", "programme", "x", "X", 1))
    (item,) = items_of(feeds_of(base, Chronicle(True, (Step("a" * 40, DAY, mixed),))), "programmes")
    assert item["title"] == f"Programmes: {GATHERED + 5} records added, 1 retired"


def test_a_feed_holds_the_newest_and_no_more(base: Catalogue) -> None:
    steps = tuple(Step(f"{n:040}", DAY - timedelta(days=n), (added(n),)) for n in range(MOST + 9))
    items = items_of(feeds_of(base, Chronicle(True, steps)), "all")
    assert [item["title"] for item in items] == [f"Programme added: Programme {n}" for n in range(MOST)]


@given(change=CHANGES)
@settings(max_examples=50)
def test_any_text_is_shown_as_text(base: Catalogue, change: Change) -> None:
    step = Step("a" * 40, DAY, (change,))
    files = feeds_of(base, Chronicle(True, (step,)))
    agree({path: text for path, text in files.items() if "all" in path})
    (item,) = items_of(files, "all")
    assert item["title"].endswith(clean(f": {change.title}"))
    html = etree.fromstring(f"<body>{item['content_html']}</body>")
    assert {each.tag for each in html.iter()} <= {"body", "p", "ul", "li", "ins", "del"}
    assert not [each for each in html.iter() if each.attrib]


def test_the_same_history_makes_the_same_bytes_in_any_time_zone(
    grown: Path, feeds: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    catalogue = look(read_folder(grown / "content")[0]).catalogue
    for zone in ("Pacific/Apia", "America/Santiago"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        try:
            assert feeds_of(catalogue, past_of(grown)) == feeds
        finally:
            monkeypatch.delenv("TZ")
            time.tzset()


def test_every_entry_leads_to_a_page_that_the_site_has(real: Real) -> None:
    kinds = {kind.name: kind for kind in real.catalogue.kinds}
    told = [item for path in real.files if path.endswith(".json") for item in json.loads(real.files[path])["items"]]
    for item in told:
        if found := item.get("_catalogue"):
            assert found["about"] == f"{HOME}follow/"
            assert item["url"] == f"{HOME}{kinds[found['kind']].page(found['id'])[:-3]}/"
