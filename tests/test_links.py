"""The weekly look at cited addresses: what is known after it, who is asked how often, what is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from conftest import TODAY, base_files, catalogue_of
from hypothesis import given
from hypothesis import strategies as st
from link_host import Host, answer, hosting, page, robots, to
from markdown_it import MarkdownIt
from site_fixture import CONFIG, ROOT

from generator.__main__ import commands
from generator.build import build
from generator.commands import links as command
from generator.links.asking import Asker, Found
from generator.links.cited import Cited, cited
from generator.links.digest import digest
from generator.links.fetch import Answer, Failed
from generator.links.judging import failed, judged
from generator.links.rounds import Clock, Pace, Paced, Round, seconds_of
from generator.links.words import distance, encoding_of, fingerprint, likeness, words_of
from generator.model.links import UNTOLD, Failure, Known, Reason, read_ledger, write_ledger
from generator.problems import Refused

DAY = date(2026, 12, 7)
WEEK = timedelta(days=7)
HTML = {"content-type": "text/html"}
PROSE = (
    "The ministers of both regions met in Brussels and agreed on a programme for the years to come, with money for "
    "roads, schools and the borders between them; the parliaments were told, and the text was printed a month later."
)
OTHER = (
    "Buy cheap tickets here, play all night and win big prizes, no deposit is asked for and every new player gets one "
    "hundred free spins on the best machines of the city, so come in and try your luck before the offer ends tonight."
)


def html(title: str, words: str = PROSE, status: int = 200) -> Answer:
    return Answer(status, HTML, f"<title>{title}</title><p>{words}</p>".encode())


# -- what a page says of itself


def test_a_page_is_known_by_its_title_and_its_words() -> None:
    found = words_of(f"<TITLE> The\n summit </TITLE><script>{OTHER}</script><p>{PROSE}".encode())
    assert found.title == "The summit"
    assert found.text == fingerprint(PROSE)
    assert words_of(b"<h1>Only a heading</h1>").title == "Only a heading"
    assert words_of(b"<title></title><h1>Only a heading</h1>").title == "Only a heading"


def test_a_new_version_is_near_and_another_text_is_far() -> None:
    first, second, other = fingerprint(PROSE), fingerprint(PROSE.replace("a month", "some weeks")), fingerprint(OTHER)
    assert first
    assert second
    assert other
    assert distance(first, second) < 20 <= distance(first, other)
    assert likeness("The summit of 2015", "The summit, 2015") >= 0.5 > likeness("The summit of 2015", "Casino")


ENCODINGS = [
    (b"\xef\xbb\xbfx", None, "utf-8"), ("é".encode(), None, "utf-8"),
    ("é a".encode("latin-1"), "iso-8859-1", "iso8859-1"),
    ("é a".encode("latin-1"), "utf-8", "cp1252"), (b'<meta charset="utf-8">\xe9 a', None, "cp1252"),
    (b'<meta http-equiv=x content="text/html; charset=iso-8859-2">\xe9 a', None, "iso8859-2"),
    (b"x", "no-such", "utf-8"), ("né".encode()[:-1], "utf-8", "utf-8"), (b"x", "hex", "utf-8"), (b"x", "\0", "utf-8"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "header", "encoding"), ENCODINGS)
def test_an_encoding_that_does_not_hold_is_not_believed(body: bytes, header: str | None, encoding: str) -> None:
    assert encoding_of(body, header) == encoding


@given(st.binary(max_size=300), st.sampled_from([None, "utf-16", "utf-7", "idna", "hex", "\x00"]))
def test_any_bytes_have_some_words(body: bytes, charset: str | None) -> None:
    assert isinstance(words_of(b"<title>" + body, charset).title, str)


def test_a_page_that_nests_without_end_is_read_as_far_as_it_can_be() -> None:
    assert words_of(b"<title>Deep</title>" + b"<div>" * 100_000 + PROSE.encode()).title == "Deep"


# -- from what was known and what was found to what is known


def look(known: Known, found: Answer | Reason, day: date, at: str | None = None, **more: object) -> Known:
    """One look at the page of a summit."""
    address = "https://a.example/summits/2015.html"
    if isinstance(found, Reason):
        return failed(known, found, day)
    given: dict[str, object] = {"read": None, "error_page": None, **more}
    return judged(address, known, Found(found, at or address), day, **given)  # type: ignore[arg-type]


GOOD = look(Known(), html("The summit of 2015"), DAY)


def test_a_page_that_is_there() -> None:
    assert (GOOD.seen, GOOD.status, GOOD.title, GOOD.failure) == (DAY, 200, "The summit of 2015", None)
    assert look(GOOD, Answer(304, {}, b""), DAY + WEEK) == replace(
        GOOD, checked=DAY + WEEK, seen=DAY + WEEK, status=304
    )


def test_an_address_is_dead_after_failures_on_three_different_days() -> None:
    known, days = GOOD, [DAY, DAY, DAY, DAY + WEEK, DAY + WEEK, DAY + 2 * WEEK]
    told = []
    for day in days:
        known = look(known, Answer(404, {}, b""), day)
        told.append(known.dead is not None)
    assert told == [False] * 5 + [True]
    assert known.dead == Failure(Reason.NOT_FOUND, DAY, DAY + 2 * WEEK, 3)
    assert known.seen == DAY


def test_one_good_look_ends_a_failure() -> None:
    known = GOOD
    for found in (Reason.TIMEOUT, Answer(500, {}, b""), html("The summit of 2015"), Answer(404, {}, b"")):
        known = look(known, found, (known.checked or DAY) + WEEK)
    assert known.failure
    assert (known.failure.days, known.dead) == (1, None)


@pytest.mark.parametrize("status", [401, 403, 405, 407, 429, 451, 999])
def test_who_refuses_programs_says_nothing_of_the_page(status: int) -> None:
    failing = look(GOOD, Reason.TIMEOUT, DAY + WEEK)
    for known in (GOOD, failing):
        after = look(known, Answer(status, {}, b""), DAY + 2 * WEEK)
        assert after.untold in UNTOLD
        assert after.failure == known.failure


STATUSES = [(404, Reason.NOT_FOUND), (410, Reason.GONE), (500, Reason.SERVER_ERROR), (503, Reason.SERVER_ERROR),
            (400, Reason.NOT_FOUND), (304 + 1, Reason.BAD_ANSWER), (42, Reason.BAD_ANSWER)]  # fmt: skip


@pytest.mark.parametrize(("status", "reason"), STATUSES)
def test_each_status_has_its_reason(status: int, reason: Reason) -> None:
    failure = look(GOOD, Answer(status, {}, b""), DAY + WEEK).failure
    assert failure
    assert failure.reason is reason


def test_other_content_in_the_place_of_a_page() -> None:
    after = look(GOOD, html("Casino", OTHER), DAY + WEEK)
    assert after.failure == Failure(Reason.REPLACED, DAY + WEEK, DAY + WEEK, 1)
    assert (after.found, after.title) == ("Casino", "The summit of 2015")
    assert look(after, html("The summit of 2015"), DAY + 2 * WEEK).failure is None


NEXT_VERSIONS = [html("The summit of 2015: what was agreed", OTHER), html("Archive", PROSE.replace("roads", "rails"))]


@pytest.mark.parametrize("version", NEXT_VERSIONS)
def test_the_next_version_of_a_page_is_that_page(version: Answer) -> None:
    assert look(GOOD, version, DAY + WEEK).failure is None


def test_who_read_the_page_after_it_changed_has_seen_that_it_is_right() -> None:
    after = look(GOOD, html("Casino", OTHER), DAY + WEEK)
    assert look(after, html("Casino", OTHER), DAY + 2 * WEEK, read=DAY).failure
    accepted = look(after, html("Casino", OTHER), DAY + 2 * WEEK, read=DAY + WEEK)
    assert (accepted.failure, accepted.title) == (None, "Casino")


def test_a_page_in_the_place_of_a_pdf_and_a_pdf_in_the_place_of_a_page() -> None:
    pdf = Answer(200, {"content-type": "application/pdf"}, b"")
    scanned = look(Known(), pdf, DAY)
    assert (scanned.type, scanned.title) == ("application/pdf", None)
    assert look(scanned, pdf, DAY + WEEK).failure is None
    for known, found in ((scanned, html("Anything")), (GOOD, pdf)):
        failure = look(known, found, DAY + WEEK).failure
        assert failure
        assert failure.reason is Reason.REPLACED


TITLES = ["404", "Page not found", "Error 404 – European Commission", "The page cannot be found", "404 Not Found",
          "Página no encontrada", "Página não encontrada", "Page introuvable", "Error", "Seite nicht gefunden",
          "Pagina niet gevonden", "Not found | SICA", "The requested page no longer exists"]  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_an_error_page_with_a_good_status_is_found_by_its_title(title: str) -> None:
    for known in (Known(), GOOD):
        failure = look(known, html(title, OTHER), DAY + WEEK).failure
        assert failure, title
        assert failure.reason is Reason.SOFT_404


FINE = [
    "Resolution 404 (1977)"[:10],
    "The summit",
    "Lost and found in translation",
    "Errors in the text of the agreement",
]


@pytest.mark.parametrize("title", FINE)
def test_a_title_that_only_looks_like_an_error(title: str) -> None:
    assert look(Known(), html(title), DAY).failure is None


def test_an_error_page_is_found_by_the_page_for_an_address_that_cannot_exist() -> None:
    shown = html("Our site", OTHER + " You asked for /x.")
    failure = look(Known(), html("Our site", OTHER + " You asked for /summits."), DAY, error_page=shown).failure
    assert failure
    assert failure.reason is Reason.SOFT_404
    assert look(Known(), html("The summit", PROSE), DAY, error_page=shown).failure is None


FRONTS = [
    "https://a.example/",
    "https://www.a.example/en/",
    "https://new.example/index.html",
    "https://a.example/es_mx",
]


@pytest.mark.parametrize("front", FRONTS)
def test_a_page_that_leads_to_the_front_page_is_not_there(front: str) -> None:
    failure = look(Known(), html("Welcome"), DAY, at=front).failure
    assert failure
    assert failure.reason is Reason.FRONT_PAGE
    assert look(Known(), html("Welcome"), DAY, at="https://new.example/summits/2015").failure is None


# -- what is kept


DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
TEXTS = st.none() | st.text(max_size=20)
FAILURES = st.builds(
    lambda reason, since, more, days: Failure(reason, since, since + timedelta(more), days),
    st.sampled_from(Reason), DAYS, st.integers(0, 900), st.integers(1, 99),
)  # fmt: skip
KNOWN = st.builds(
    Known, checked=st.none() | DAYS, seen=st.none() | DAYS, status=st.none() | st.integers(100, 999), at=TEXTS,
    moved=st.booleans(), etag=TEXTS, modified=TEXTS, type=TEXTS, title=TEXTS, text=TEXTS, found=TEXTS,
    failure=st.none() | FAILURES, untold=st.none() | st.sampled_from(Reason),
)  # fmt: skip


@given(st.dictionaries(st.text(max_size=30), KNOWN, max_size=4))
def test_the_ledger_reads_back(ledger: Mapping[str, Known]) -> None:
    assert read_ledger(write_ledger(ledger)) == ledger


def test_the_ledger_of_the_repository_is_written_as_the_command_writes_it() -> None:
    text = (ROOT / "ledger" / "links.json").read_text(encoding="utf-8")
    assert write_ledger(read_ledger(text)) == text


BROKEN = ["", "{", "[]", "null", '{"links": []}', '{"links": 3}', "[" * 100_000]
BROKEN_ENTRIES = [
    "null", '{"x": 1}', '{"checked": "no day"}', '{"status": "200"}', '{"failure": {}}', '{"failure": null}',
    '{"failure": {"reason": "gone", "since": "2026-02-02", "last": "2026-02-01", "days": 1}}',
    '{"failure": {"reason": "gone", "since": "2026-02-02", "last": "2026-02-02", "days": "3"}}',
    '{"failure": {"reason": "no", "since": "2026-02-02", "last": "2026-02-02", "days": 1}}', '{"title": 3}',
]  # fmt: skip


@pytest.mark.parametrize("entry", BROKEN_ENTRIES)
def test_a_broken_entry_says_nothing_and_spoils_no_other(entry: str) -> None:
    good = write_ledger({"https://a.example/": GOOD})
    text = good.replace('"links": {', f'"links": {{"https://b.example/": {entry},')
    assert read_ledger(text) == {"https://a.example/": GOOD}


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_ledger_says_nothing(text: str) -> None:
    assert read_ledger(text) == {}


# -- a round: who is asked, how often, in which order


class FakeWeb:
    """Answers by address, a clock that only moves when somebody waits, and a diary."""

    def __init__(self, pages: Mapping[str, object], **pace: float) -> None:
        self.pages = {address: list(told) if isinstance(told, list) else [told] for address, told in pages.items()}
        self.now = 0.0
        self.diary: list[tuple[float, str]] = []
        self.clock = Clock(lambda: self.now, self.wait)
        self.pace = Pace(**pace)

    def wait(self, seconds: float) -> None:
        self.now += seconds

    def ask(self, address: str, headers: Mapping[str, str], method: str) -> Answer:
        self.diary.append((self.now, address))
        self.now += 0.1
        told = self.pages.get(address, [Answer(404, {}, b"")])
        found = told.pop(0) if len(told) > 1 else told[0]
        if isinstance(found, Reason):
            raise Failed(found)
        assert isinstance(found, Answer)
        return found

    def go(self, *addresses: str, ledger: Mapping[str, Known] | None = None) -> dict[str, Known]:
        paced = Paced(self.ask, self.clock, self.pace.delay)
        each = Round(Asker(paced, "us/1"), paced, self.pace, self.clock, DAY)
        return each.go([Cited(address, ("x.yml",)) for address in addresses], ledger or {})

    def times(self, host: str) -> list[float]:
        """When a host was asked."""
        return [when for when, address in self.diary if f"//{host}/" in address]

    def count(self, address: str) -> int:
        return sum(1 for _, each in self.diary if each == address)


def test_a_host_is_asked_no_more_often_than_it_likes() -> None:
    slow = Answer(200, {"content-type": "text/plain"}, b"User-agent: *\nCrawl-delay: 7\n")
    web = FakeWeb(
        {
            "http://b.example/robots.txt": slow,
            **{f"http://{h}.example/{n}": html(f"{h}{n}") for h in "ab" for n in "123"},
        }
    )
    found = web.go(*[f"http://{h}.example/{n}" for h in "ab" for n in "123"])
    assert all(each.seen for each in found.values())
    gaps = {
        host: [b - a for a, b in zip(web.times(host), web.times(host)[1:], strict=False)]
        for host in ("a.example", "b.example")
    }
    assert min(gaps["a.example"]) >= 2
    assert min(gaps["b.example"][2:]) >= 7
    assert max(web.times("a.example")) < max(web.times("b.example")) < 60  # hosts in turn: one waits for no other


def test_redirects_and_robots_count_as_questions_too() -> None:
    web = FakeWeb({"http://a.example/1": Answer(301, {"location": "/2"}, b""), "http://a.example/2": html("Two")})
    found = web.go("http://a.example/1")["http://a.example/1"]
    assert (found.at, found.moved, found.title) == ("http://a.example/2", True, "Two")
    assert min(b - a for a, b in zip(web.times("a.example"), web.times("a.example")[1:], strict=False)) >= 2


def test_what_flaps_is_asked_again_after_a_pause() -> None:
    web = FakeWeb(
        {"http://a.example/1": [Answer(502, {}, b""), html("One")], "http://b.example/1": [Reason.TIMEOUT, html("B")]}
    )
    found = web.go("http://a.example/1", "http://b.example/1")
    assert [each.failure for each in found.values()] == [None, None]
    assert web.times("a.example")[-1] >= 60


def test_a_host_that_is_down_is_asked_twice_and_speaks_for_all_its_pages() -> None:
    down = [f"http://down.example/{n}" for n in range(9)]
    web = FakeWeb(
        {
            **dict.fromkeys([*down, "http://down.example/robots.txt"], Reason.NO_CONNECTION),
            "http://up.example/": html("Up"),
        }
    )
    found = web.go(*down, "http://up.example/")
    assert len(web.times("down.example")) == 2
    assert {found[each].failure for each in down} == {Failure(Reason.NO_CONNECTION, DAY, DAY, 1)}
    assert found["http://up.example/"].seen == DAY


def test_a_busy_host_is_given_the_time_that_it_asks_for() -> None:
    busy = Answer(429, {"retry-after": "90"}, b"")
    web = FakeWeb({"http://a.example/1": [busy, html("One")], "http://a.example/2": html("Two")})
    assert {each.seen for each in web.go("http://a.example/1", "http://a.example/2").values()} == {DAY}
    first = next(when for when, address in web.diary if address.endswith("/1"))
    assert web.times("a.example")[2] - first >= 90


@pytest.mark.parametrize("told", [{"retry-after": "86400"}, {"retry-after": "90"}, {}])
def test_who_stays_busy_is_left_alone(told: dict[str, str]) -> None:
    web = FakeWeb({f"http://a.example/{n}": Answer(429, told, b"") for n in range(5)})
    found = web.go(*[f"http://a.example/{n}" for n in range(5)])
    assert {(each.untold, each.failure) for each in found.values()} == {(Reason.BUSY, None)}
    assert len(web.times("a.example")) <= 3


PAUSES = [({"retry-after": "120"}, 120.0), ({}, None), ({"retry-after": "soon"}, None), ({"retry-after": "-1"}, None),
          ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT", "date": "Wed, 21 Oct 2015 07:27:00 GMT"}, 60.0),
          ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, None), ({"retry-after": "9" * 40}, 999999999.0),
          ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT", "date": "Thu, 22 Oct 2015 07:27:00 GMT"}, 0.0)]  # fmt: skip


@pytest.mark.parametrize(("headers", "pause"), PAUSES)
def test_the_pause_that_a_server_asks_for(headers: dict[str, str], pause: float | None) -> None:
    assert seconds_of(headers) == pause


def test_robots_are_heeded() -> None:
    rules = (
        b"User-agent: *\nDisallow: /private\nDisallow: /*.pdf$\n\nUser-agent: us\nDisallow: /private\nDisallow: /x*y\n"
    )
    web = FakeWeb({"http://a.example/robots.txt": Answer(200, {"content-type": "text/plain"}, rules)})
    found = web.go("http://a.example/private/1", "http://a.example/x12y", "http://a.example/1.pdf")
    assert [found[f"http://a.example/{each}"].untold for each in ("private/1", "x12y", "1.pdf")] == [
        Reason.ROBOTS
    ] * 2 + [None]
    assert web.count("http://a.example/private/1") == 0


def test_a_redirect_to_where_robots_may_not_go_is_not_followed() -> None:
    web = FakeWeb({
        "http://a.example/1": Answer(302, {"location": "http://b.example/2"}, b""),
        "http://b.example/robots.txt": Answer(200, {}, b"User-agent: *\nDisallow: /\n"),
    })  # fmt: skip
    assert web.go("http://a.example/1")["http://a.example/1"].untold is Reason.ROBOTS
    assert web.count("http://b.example/2") == 0


@pytest.mark.parametrize(("status", "reason"), [(404, None), (403, None), (500, Reason.ROBOTS), (429, Reason.ROBOTS)])
def test_a_robots_txt_that_is_missing_allows_and_one_that_fails_forbids(status: int, reason: Reason | None) -> None:
    web = FakeWeb({"http://a.example/robots.txt": Answer(status, {}, b""), "http://a.example/1": html("One")})
    assert web.go("http://a.example/1")["http://a.example/1"].untold is reason


def circle(length: int) -> dict[str, object]:
    return {f"http://a.example/{n}": Answer(302, {"location": f"/{(n + 1) % length}"}, b"") for n in range(length)}


@pytest.mark.parametrize("length", [1, 2, 5, 40])
def test_redirects_in_a_circle_or_without_end_are_left(length: int) -> None:
    web = FakeWeb(circle(length))
    failure = web.go("http://a.example/0")["http://a.example/0"].failure
    assert failure
    assert failure.reason is Reason.REDIRECT_LOOP
    assert len(web.diary) <= 13


@pytest.mark.parametrize(
    "place", ["", "javascript:alert(1)", "http://", "file:///etc/passwd", "http://[::1", "http://a b.example/"]
)
def test_a_redirect_to_no_address_is_told(place: str) -> None:
    web = FakeWeb({"http://a.example/1": Answer(302, {"location": place}, b"")})
    failure = web.go("http://a.example/1")["http://a.example/1"].failure
    assert failure
    assert failure.reason in (Reason.BAD_REDIRECT, Reason.NOT_FOUND, Reason.REDIRECT_LOOP)


def test_when_nobody_answers_it_is_the_network_here() -> None:
    web = FakeWeb({f"http://{h}.example/robots.txt": Reason.NO_HOST for h in "abcd"})
    with pytest.raises(Refused, match="network here"):
        web.go(*[f"http://{h}.example/" for h in "abcd"])


def test_what_was_left_for_want_of_time_comes_first_next_time() -> None:
    addresses = [f"http://a.example/{n}" for n in range(9)]
    web = FakeWeb({each: html(each) for each in addresses}, whole=12)
    first = web.go(*addresses)
    assert 0 < len(first) < 9
    second = FakeWeb({each: html(each) for each in addresses}, whole=8).go(*addresses, ledger=first)
    assert second
    assert not set(second) & set(first)


def test_what_is_known_goes_along_so_that_it_need_not_be_sent_again() -> None:
    asked: list[tuple[str, str, dict[str, str]]] = []

    def ask(address: str, headers: Mapping[str, str], method: str) -> Answer:
        asked.append((address, method, dict(headers)))
        return Answer(404, {}, b"") if address.endswith("robots.txt") else Answer(304, {}, b"")

    known = Known(etag='"3"', modified="Mon, 07 Dec 2026 00:00:00 GMT", type="application/pdf")
    Asker(ask, "us/1").find("http://a.example/x.pdf", known)
    Asker(ask, "us/1").find("http://a.example/x.pdf", replace(known, at="http://b.example/", type="text/html"))
    pages = [each for each in asked if not each[0].endswith("robots.txt")]
    told = {"If-None-Match": '"3"', "If-Modified-Since": "Mon, 07 Dec 2026 00:00:00 GMT"}
    assert pages == [("http://a.example/x.pdf", "HEAD", told), ("http://a.example/x.pdf", "GET", {})]


def test_a_host_that_does_not_know_head_is_asked_with_get() -> None:
    def ask(address: str, headers: Mapping[str, str], method: str) -> Answer:
        return Answer(405 if method == "HEAD" else 200, {"content-type": "application/pdf"}, b"")

    assert Asker(ask, "us/1").find("http://a.example/x.pdf", Known(type="application/pdf")).answer.status == 200


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


def test_a_long_report_is_cut_between_lines() -> None:
    known = replace(GOOD, found="x" * 5000, failure=Failure(Reason.GONE, DAY, DAY, 3))
    records = {f"https://a.example/{n}": Cited(f"https://a.example/{n}", ("x.yml",) * 9) for n in range(3000)}
    text = digest(records, dict.fromkeys(records, known), DAY)
    assert len(text.encode()) < 60_000
    assert text.rstrip().endswith("more lines would not fit here; the ledger has all._")


# -- what readers are told

URL = "https://www.sica.int/acuerdo"


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
        done = CliRunner().invoke(commands, given, catch_exceptions=isinstance(code, int) and code != 0)
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
    assert {each["user-agent"] for each in host.headers} == {
        "eu-lac-catalogue-links/1.0 (+https://catalogue.example.org/)"
    }


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
