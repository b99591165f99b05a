"""The weekly look at cited addresses: from what was known and what was found to what is known now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from link_pages import DAY, GOOD, HTML, OTHER, PROSE, WEEK, html
from site_fixture import ROOT

from generator.links.asking import Found
from generator.links.fetch import Answer
from generator.links.judging import failed, judged
from generator.links.words import distance, encoding_of, fingerprint, likeness, words_of
from generator.model.links import UNTOLD, Failure, Known, Reason, read_ledger, write_ledger

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


def test_a_page_that_is_there() -> None:
    assert look(Known(), html("The summit of 2015"), DAY) == GOOD
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


WALLS = [html("Just a moment...", OTHER, 503), html("Sign in to your account", OTHER), html("Access Denied", "", 200),
         Answer(202, HTML, b"")]  # fmt: skip


@pytest.mark.parametrize("wall", WALLS)
def test_what_stands_before_a_page_says_nothing_of_it(wall: Answer) -> None:
    after = look(GOOD, wall, DAY + WEEK)
    assert (after.untold, after.failure, after.title) == (Reason.REFUSED, None, GOOD.title)


def test_a_page_without_a_word_says_nothing_and_spoils_nothing() -> None:
    after = look(GOOD, Answer(200, HTML, b"\x8b\x00packed otherwise"[:2]), DAY + WEEK)
    assert (after.failure, after.title, after.text) == (None, GOOD.title, GOOD.text)


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
    "Resolution 404 (1977)",
    "Chile and the EU sign in Brussels",
    "On security checks at borders",
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
