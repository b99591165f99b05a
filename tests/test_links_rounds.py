"""A round over cited addresses: who is asked, how often, in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from link_pages import DAY, html

from generator.links.asking import Asker
from generator.links.cited import Cited
from generator.links.fetch import Answer, Failed
from generator.links.rounds import Clock, Pace, Paced, Round, seconds_of
from generator.model.links import Failure, Known, Reason
from generator.problems import Refused

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


def test_a_circle_that_sets_cookies_may_be_none_for_a_browser() -> None:
    web = FakeWeb({"http://a.example/1": Answer(302, {"location": "/1", "set-cookie": "a=b"}, b"")})
    assert web.go("http://a.example/1")["http://a.example/1"].untold is Reason.REFUSED


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


@pytest.mark.parametrize(("dead", "alive", "broken"), [(6, 5, True), (5, 6, False), (2, 1, False)])
def test_when_most_hosts_do_not_answer_it_is_the_network_here(dead: int, alive: int, broken: bool) -> None:
    pages = {f"http://up{n}.example/": html("Up") for n in range(alive)}
    down = {f"http://down{n}.example/robots.txt": Reason.NO_CONNECTION for n in range(dead)}
    web = FakeWeb(pages | down)
    asked = [*pages, *(each.removesuffix("robots.txt") for each in down)]
    if broken:
        with pytest.raises(Refused, match=f"{dead} of {dead + alive} hosts"):
            web.go(*asked)
    else:
        assert sum(1 for each in web.go(*asked).values() if each.failure) == dead


def test_no_pause_goes_beyond_the_end() -> None:
    web = FakeWeb({"http://a.example/1": Answer(502, {}, b"")}, whole=30)
    assert web.go("http://a.example/1") == {}
    assert web.now < 30


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
