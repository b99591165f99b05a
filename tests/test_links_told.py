"""What is told of cited addresses, to people who mend records and to readers; and the command, over weeks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from conftest import TODAY, base_files, catalogue_of
from link_host import Host, answer, hosting, page, robots, to
from link_pages import DAY, GOOD, OTHER, PROSE, WEEK
from markdown_it import MarkdownIt
from site_fixture import CONFIG

from generator.__main__ import commands
from generator.build import build
from generator.commands import links as command
from generator.links.cited import Cited, cited
from generator.links.digest import digest
from generator.model.links import Failure, Known, Reason, read_ledger, write_ledger

# -- what records cite


def test_every_address_of_every_record_is_found_with_its_place() -> None:
    found = cited(catalogue_of(base_files()))
    assert found
    assert all(each.files and "#" not in address for address, each in found.items())
    text = "".join(base_files().values())
    assert all(address in text for address in found)


# -- what people are told


def test_the_report_for_editors_holds_strangers_words_as_words() -> None:
    hostile = (
        "@everyone <img src=x> [x](https://evil.example) | `x` ~~x~~ #1 https://evil.example www.evil.example\n# x"
    )
    known = replace(GOOD, found=hostile, failure=Failure(Reason.REPLACED, DAY, DAY + WEEK, 3))
    moved = replace(GOOD, at="https://b.example/@x", moved=True)
    records = {a: Cited(a, ("programmes/x.yml",)) for a in ("https://a.example/1", "https://a.example/2")}
    text = digest(records, {"https://a.example/1": known, "https://a.example/2": moved}, DAY)
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    assert "<a " not in rendered
    assert "<img" not in rendered
    assert "://" not in text
    assert "www." not in text
    assert rendered.count("<h3>") == 2
    assert "@e" not in rendered
    assert rendered.count("<tr>") == 4
    assert "2026-12-07" in rendered


def test_there_is_no_report_where_there_is_nothing_to_do() -> None:
    refused = replace(GOOD, untold=Reason.REFUSED)
    records = {a: Cited(a, ("x.yml",)) for a in ("https://a.example/1", "https://a.example/2")}
    assert digest(records, dict(zip(records, (GOOD, refused), strict=True)), DAY) == ""


def test_an_address_that_only_became_https_has_not_moved() -> None:
    address = "http://www.a.example/1"
    known = replace(GOOD, moved=True, at="https://a.example/1/")
    assert digest({address: Cited(address, ("x.yml",))}, {address: known}, DAY) == ""


def test_a_long_report_is_cut_between_lines() -> None:
    known = replace(GOOD, found="x" * 5000, failure=Failure(Reason.GONE, DAY, DAY, 3))
    records = {f"https://a.example/{n}": Cited(f"https://a.example/{n}", ("x.yml",) * 9) for n in range(3000)}
    text = digest(records, dict.fromkeys(records, known), DAY)
    assert len(text.encode()) < 60_000
    assert text.rstrip().endswith("more lines would not fit here; the ledger has all._")


# -- what readers are told

URL = "https://www.sica.int/acuerdo"
SITE = "https://catalogue.example.org/"


def files_that_cite(address: str = URL, archived: str = "") -> dict[str, str]:
    """The small catalogue, with a programme whose source is at this address."""
    kept = f", archived: '{archived}'" if archived else ""
    record = (
        "id: example\nname: An example\nsummary: A programme.\nstart: 2010\nevidence: {start: [s1]}\n"
        f"sources:\n  - {{id: s1, title: A text, publisher: SICA, url: '{address}'{kept}}}\n"
    )
    return {**base_files(), "programmes/example.yml": record}


def pages_with(known: Known | None, **more: str) -> Mapping[str, str | bytes]:
    built = build(files_that_cite(**more), TODAY, links={URL: known} if known else {})
    assert not built.problems, built.problems
    return built.tree


def test_readers_are_told_of_a_dead_address_beside_its_kept_copy() -> None:
    dead = replace(GOOD, failure=Failure(Reason.NOT_FOUND, DAY, DAY + 2 * WEEK, 3))
    tree = pages_with(dead, address=f"{URL}#part", archived="https://web.archive.org/web/2020/https://www.sica.int")
    said = "Unreachable since 7\u00a0December\u00a02026: page not found."
    page = str(tree["programmes/example/index.md"])
    assert said in page
    assert page.index(said) < page.index("Archived copy")
    assert said in str(tree["bibliography/index.md"])
    assert "Unreachable since" in str(tree["programmes/example/index.md.txt"])


def test_readers_are_told_when_something_else_stands_there() -> None:
    replaced = replace(GOOD, found="<b>Casino", failure=Failure(Reason.REPLACED, DAY, DAY + 2 * WEEK, 3))
    page = str(pages_with(replaced)["programmes/example/index.md"])
    assert "No longer there since 7\u00a0December\u00a02026: other content in its place." in page
    assert "Casino" not in page


@pytest.mark.parametrize("failure", [None, Failure(Reason.NOT_FOUND, DAY, DAY + WEEK, 2)])
def test_before_the_third_day_readers_are_told_nothing(failure: Failure | None) -> None:
    assert pages_with(replace(GOOD, failure=failure)) == pages_with(None)


# -- the command, over weeks, against a host that behaves badly


@pytest.fixture
def host() -> Iterator[Host]:
    with hosting(Host()) as made:
        yield made


@pytest.fixture
def weekly(tmp_path: Path, host: Host, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run the command on a day, for records that cite these paths of the host; no pause is waited for."""
    moment = [0.0]
    monkeypatch.setattr(
        command,
        "time",
        SimpleNamespace(monotonic=lambda: moment[0], sleep=lambda s: moment.__setitem__(0, moment[0] + s)),
    )

    def run(day: date, *paths: str, options: tuple[str, ...] = ("--private",), code: int = 0) -> str:
        content = tmp_path / "content"
        for name, text in base_files().items():
            (content / name).parent.mkdir(parents=True, exist_ok=True)
            (content / name).write_text(text, encoding="utf-8")
        for path in content.rglob("*.yml"):  # the small catalogue cites hosts of the real web
            told = path.read_text(encoding="utf-8").replace("https://", f"http://127.0.0.1:{host.port}/web/")
            path.write_text(told.replace("http://www", f"http://127.0.0.1:{host.port}/web/www"), encoding="utf-8")
        for number, address in enumerate(paths):
            record = files_that_cite(address)["programmes/example.yml"].replace("An example", f"Example {number}")
            record = record.replace("id: example", f"id: example-{number}")
            (content / "programmes" / f"example-{number}.yml").write_text(record, encoding="utf-8")
        given = ["--content", str(content), "--config", str(CONFIG), "--today", day.isoformat(), "links", *options,
                 "--ledger", str(tmp_path / "links.json"), "--digest", str(tmp_path / "links.md"), *paths]  # fmt: skip
        done = CliRunner(env={"SITE_URL": SITE}).invoke(
            commands, given, catch_exceptions=isinstance(code, int) and code != 0
        )
        assert done.exit_code == code, done.output
        return done.output

    return run


def test_weeks_of_looks_at_a_host_that_behaves_badly(tmp_path: Path, host: Host, weekly: Callable[..., str]) -> None:
    paths = {
        "/good": page("Good", PROSE, 'ETag: "1"'), "/old": to("/good", "301 Moved Permanently"),
        "/robot": page("Robot"), "/circle": to("/circle"),
        "/forbidden": answer("403 Forbidden"), "/flaps": page("Flaps", PROSE),
        "/changes": page("Changes", PROSE), "/soft": page("Soft", PROSE), "/dies": page("Dies", PROSE),
        "/robots.txt": robots("User-agent: eu-lac-catalogue-links\nDisallow: /robot$\n"),
    }  # fmt: skip
    host.pages.update(paths)
    names = [name for name in paths if name != "/robots.txt"]
    addresses = [host.at(name) for name in names]
    told = weekly(DAY, *addresses)
    assert "9 addresses asked: 6 good, 1 failed, 2 do not say. Readers are told of 0." in told
    host.pages |= {
        "/good": answer("304 Not Modified"), "/changes": page("Casino", OTHER), "/soft": page("Page not found"),
        "/dies": answer("404 Not Found"),
    }  # fmt: skip
    for week in (1, 2, 3):
        host.pages["/flaps"] = page("Flaps", PROSE) if week == 2 else answer("500 Internal Server Error")
        told = weekly(DAY + week * WEEK, *addresses)
    ledger = read_ledger((tmp_path / "links.json").read_text(encoding="utf-8"))
    dead = {name: known.dead.reason for name in names if (known := ledger[host.at(name)]).dead}
    assert dead == {
        "/circle": Reason.REDIRECT_LOOP, "/changes": Reason.REPLACED, "/soft": Reason.SOFT_404,
        "/dies": Reason.NOT_FOUND,
    }  # fmt: skip
    assert ledger[host.at("/old")].moved
    assert (ledger[host.at("/good")].status, ledger[host.at("/good")].title) == (304, "Good")
    assert ledger[host.at("/robot")].untold is Reason.ROBOTS
    assert "GET /robot" not in host.asked
    assert "Readers are told of 4." in told
    report = (tmp_path / "links.md").read_text(encoding="utf-8")
    assert report.startswith("4 of ")
    assert all(f"### {title}" in report for title in ("Readers are told (4)", "Moved for good (1)"))
    assert {each["user-agent"] for each in host.headers} == {f"eu-lac-catalogue-links/1.0 (+{SITE})"}


def test_all_that_the_records_cite_is_looked_at_and_the_rest_is_forgotten(
    tmp_path: Path, host: Host, weekly: Callable[..., str]
) -> None:
    (tmp_path / "links.json").write_text(write_ledger({"https://cited-no-more.example/": GOOD}), encoding="utf-8")
    weekly(DAY)
    links = json.loads((tmp_path / "links.json").read_text(encoding="utf-8"))["links"]
    assert links
    assert {address.partition("/web/")[0] for address in links} == {f"http://127.0.0.1:{host.port}"}


def test_this_network_is_not_asked_unless_that_is_wanted(host: Host, weekly: Callable[..., str]) -> None:
    assert "no public address" in weekly(DAY, host.at("/x"), options=())
    assert host.asked == []


def test_an_address_that_no_record_cites_is_not_asked(weekly: Callable[..., str], host: Host) -> None:
    told = CliRunner().invoke(commands, ["links", host.at("/never")])
    assert told.exit_code == 2
    assert "No record cites" in told.output
    assert host.asked == []
