"""One address, asked as a polite program does: robots.txt first, then where it leads, hop by hop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from protego import Protego

from generator.links.fetch import Answer, Failed
from generator.model.links import Known, Reason, bare
from generator.model.values import is_web_address

Ask = Callable[[str, Mapping[str, str], str], Answer]
"""Asks one address with some headers by a method. Raises `Failed`."""

HOPS = 10
ROBOTS_SIZE = 500 * 1024
"""So much of a robots.txt counts (RFC 9309, section 2.5)."""
ROBOTS_HOPS = 5
FOR_GOOD = frozenset({301, 308})
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Found:
    """Where an address led, and what stood there."""

    answer: Answer
    at: str
    """The last address."""
    for_good: bool = False
    """There were redirects, and all said that they are for good."""


@dataclass
class Asker:
    """Asks addresses, and remembers what each host's robots.txt allows."""

    ask: Ask
    agent: str
    """What the program calls itself; its first word is the name that a robots.txt may give rules for."""
    robots: dict[str, Protego | None] = field(default_factory=dict)
    """By scheme and host; None where everything is forbidden."""

    def find(self, address: str, known: Known) -> Found:
        """Follow an address to its end. Raises `Failed`.

        What is known of the page goes along, so that a server need not send it again: to that place alone from which
        it came.
        """
        here, seen, kept, cookies = address, {address}, True, False
        for _ in range(HOPS + 1):
            if not self.may(here):
                raise Failed(Reason.ROBOTS)
            answer = self.ask(here, _conditions(known) if here == (known.at or address) else {}, _method(known))
            if _method(known) == "HEAD" and not _is_as_known(answer, known):
                answer = self.ask(here, {}, "GET")
            if answer.status not in REDIRECTS:
                return Found(answer, here, here != address and kept)
            kept = kept and answer.status in FOR_GOOD
            here, cookies = _next(here, answer), cookies or "set-cookie" in answer.headers
            if here in seen:
                break
            seen.add(here)
        # a browser that keeps cookies may come out of it
        raise Failed(Reason.REFUSED if cookies else Reason.REDIRECT_LOOP)

    def may(self, address: str) -> bool:
        """Whether robots.txt of the address's host lets this program come (RFC 9309)."""
        origin = origin_of(address)
        if origin not in self.robots:
            self.robots[origin] = self._rules(origin)
        rules = self.robots[origin]
        return rules is not None and bool(rules.can_fetch(address, self.agent))

    def delay(self, address: str) -> float:
        """The seconds between two questions that the host asks for; 0 where it asks for none."""
        rules = self.robots.get(origin_of(address))
        return float(rules.crawl_delay(self.agent) or 0) if rules else 0

    def _rules(self, origin: str) -> Protego | None:
        """No rules where there are none (4xx); everything is forbidden while the server fails (5xx)."""
        here = f"{origin}/robots.txt"
        for _ in range(ROBOTS_HOPS + 1):
            answer = self.ask(here, {}, "GET")
            if answer.status in REDIRECTS:
                here = _next(here, answer)
                continue
            if answer.status >= 500 or answer.status == 429:
                return None
            text = answer.body[:ROBOTS_SIZE].decode("utf-8", "replace") if answer.status == 200 else ""
            return Protego.parse(text if answer.type != "text/html" else "")
        return Protego.parse("")

    def error_page(self, address: str) -> Answer | None:
        """What the host shows for a page that cannot exist; None where it says so, as it should."""
        made_up = f"{origin_of(address)}/no-such-page-{len(address)}-by-the-link-check"
        try:
            found = self.find(made_up, Known())
        except Failed:
            return None
        return found.answer if found.answer.status == 200 else None


def origin_of(address: str) -> str:
    """Scheme and host of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


def _method(known: Known) -> str:
    """HEAD for what was no page of HTML at the last look, since of it nothing but the headers is read."""
    return "HEAD" if known.type and "html" not in known.type else "GET"


def _is_as_known(answer: Answer, known: Known) -> bool:
    """Whether an answer to HEAD is one to rely on: some hosts answer it in their own way."""
    return answer.status in (304, *REDIRECTS) or (answer.status < 400 and answer.type == known.type)


def _conditions(known: Known) -> dict[str, str]:
    told = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in told.items() if value}


def _next(here: str, answer: Answer) -> str:
    """Where a redirect leads. Raises `Failed` where that is no address on the web."""
    try:
        there = bare(urljoin(here, answer.headers.get("location", "").strip().replace(" ", "%20")))
    except ValueError:
        raise Failed(Reason.BAD_REDIRECT) from None
    if not answer.headers.get("location") or not is_web_address(there):
        raise Failed(Reason.BAD_REDIRECT)
    return there
