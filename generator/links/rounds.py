"""A round over many addresses: one question at a time, hosts in turn, and patience with those that ask for it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from generator.links.asking import Ask, Asker, Found
from generator.links.cited import Cited
from generator.links.fetch import Answer, Failed
from generator.links.judging import doubtful, failed, is_busy, judged
from generator.model.links import Known, Ledger, Reason
from generator.problems import Refused

SILENT = frozenset({Reason.NO_HOST, Reason.NO_CONNECTION, Reason.TIMEOUT, Reason.CERTIFICATE})
"""What happens to a host rather than to a page."""
LONGEST_CRAWL_DELAY = 30
MANY = 10
"""Of so many hosts, more than half do not fail on one day."""


@dataclass(frozen=True)
class Pace:
    """How patient a round is, in seconds."""

    delay: float = 2
    """Between two questions to one host, where its robots.txt asks for no more."""
    again: float = 60
    """Before what failed is asked once more."""
    patience: float = 180
    """As long as a busy host may ask us to wait."""
    whole: float = 50 * 60
    """For the round; what is left comes first next time."""


@dataclass(frozen=True)
class Clock:
    """The time, so that tests need not wait."""

    seconds: Callable[[], float]
    """Seconds since some moment."""
    wait: Callable[[float], None]


@dataclass
class Paced:
    """Asks, but no host again before its time has come."""

    ask: Ask
    clock: Clock
    delay: float
    due: dict[str, float] = field(default_factory=dict)
    slow: dict[str, float] = field(default_factory=dict)
    """What hosts ask for beyond the usual."""
    answers: int = 0

    def __call__(self, address: str, headers: Mapping[str, str], method: str) -> Answer:
        host = host_of(address)
        pause = self.due.get(host, 0) - self.clock.seconds()
        if pause > 0:
            self.clock.wait(pause)
        try:
            answer = self.ask(address, headers, method)
            self.answers += 1
            return answer
        finally:
            self.due[host] = self.clock.seconds() + max(self.delay, self.slow.get(host, 0))


@dataclass
class Round:
    """One round; `go` gives what is known after it of each address that was asked."""

    asker: Asker
    paced: Paced
    pace: Pace
    clock: Clock
    day: date
    tell: Callable[[str, Known], None] = lambda address, known: None
    found: dict[str, Known] = field(default_factory=dict)
    silent: Counter[str] = field(default_factory=Counter)
    error_pages: dict[str, Answer | None] = field(default_factory=dict)
    tried: Counter[str] = field(default_factory=Counter)

    def go(self, wanted: Iterable[Cited], ledger: Ledger) -> dict[str, Known]:
        """Ask them, those first that were not looked at for longest.

        Raises `Refused` where most hosts do not answer: it is not they that fail then.
        """
        queues: dict[str, deque[Cited]] = {}
        for each in sorted(wanted, key=lambda each: (_last_look(ledger, each), each.address)):
            queues.setdefault(host_of(each.address), deque()).append(each)
        end = self.clock.seconds() + self.pace.whole
        while queues:
            host = min(queues, key=lambda host: (self.paced.due.get(host, 0), host))
            if max(self.clock.seconds(), self.paced.due.get(host, 0)) >= end:
                break
            self._one(queues[host], ledger)
            if not queues[host]:
                del queues[host]
        self._refuse_a_broken_network()
        return self.found

    def _refuse_a_broken_network(self) -> None:
        hosts = {host_of(address) for address in self.found} | set(self.silent)
        mute = {host for host in hosts if self.silent[host]}
        if len(hosts) > 2 and (not self.paced.answers or (len(hosts) >= MANY and len(mute) > len(hosts) / 2)):
            told = f"{len(mute)} of {len(hosts)} hosts did not answer"
            raise Refused(f"{told}: it is the network here that fails. Nothing was written.")

    def _one(self, queue: deque[Cited], ledger: Ledger) -> None:
        """Ask the first of a host's addresses; it may go to the end of the queue, and may speak for all of them."""
        each = queue.popleft()
        known = ledger.get(each.address, Known())
        self.tried[each.address] += 1
        try:
            found = self.asker.find(each.address, known)
        except Failed as error:
            self._failed(each, known, error.reason, queue, ledger)
            return
        host = host_of(each.address)
        self.silent[host] = 0
        self.paced.slow[host] = min(self.asker.delay(each.address), LONGEST_CRAWL_DELAY)
        if is_busy(found.answer):
            self._busy(each, known, found, queue, ledger)
        elif found.answer.status >= 500 and self.tried[each.address] < 2:
            self._later(each, queue, self.pace.again)
        else:
            self._keep(each, judged(each.address, known, found, self.day, each.read, self._error_page(known, found)))

    def _failed(self, each: Cited, known: Known, reason: Reason, queue: deque[Cited], ledger: Ledger) -> None:
        host = host_of(each.address)
        self.silent[host] += reason in SILENT
        if reason in SILENT and self.tried[each.address] < 2 and self.silent[host] < 2:
            self._later(each, queue, self.pace.again)
            return
        self._keep(each, failed(known, reason, self.day))
        if self.silent[host] > 1:  # twice, with a pause: no need to ask for the rest
            self._all(queue, ledger, reason)

    def _busy(self, each: Cited, known: Known, found: Found, queue: deque[Cited], ledger: Ledger) -> None:
        asked = seconds_of(found.answer.headers)
        pause = self.pace.again if asked is None else asked
        if self.tried[each.address] < 2 and pause <= self.pace.patience:
            queue.appendleft(each)
            self.paced.due[host_of(each.address)] = self.clock.seconds() + pause
        else:
            self._keep(each, failed(known, Reason.BUSY, self.day, found.answer.status))
            self._all(queue, ledger, Reason.BUSY)

    def _later(self, each: Cited, queue: deque[Cited], pause: float) -> None:
        queue.append(each)
        self.paced.due[host_of(each.address)] = self.clock.seconds() + pause

    def _all(self, queue: deque[Cited], ledger: Ledger, reason: Reason) -> None:
        while queue:
            other = queue.popleft()
            self._keep(other, failed(ledger.get(other.address, Known()), reason, self.day))

    def _keep(self, each: Cited, known: Known) -> None:
        self.found[each.address] = known
        self.tell(each.address, known)

    def _error_page(self, known: Known, found: Found) -> Answer | None:
        """The host's error page, asked for once, and only where a page is in doubt."""
        if not doubtful(known, found):
            return None
        host = host_of(found.at)
        if host not in self.error_pages:
            self.error_pages[host] = self.asker.error_page(found.at)
        return self.error_pages[host]


def _last_look(ledger: Ledger, each: Cited) -> date:
    known = ledger.get(each.address)
    return (known and known.checked) or date.min


def host_of(address: str) -> str:
    """The host of an address, whatever the scheme and port."""
    return (urlsplit(address).hostname or "").rstrip(".")


def seconds_of(headers: Mapping[str, str]) -> float | None:
    """The pause that `Retry-After` asks for (RFC 9110, section 10.2.3): seconds, or a date by the server's clock."""
    text = headers.get("retry-after", "")
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - parsedate_to_datetime(headers["date"])).total_seconds())
    except (KeyError, ValueError, TypeError):
        return None
