"""What is known of the addresses that records cite: facts that a machine fetched, in a file of their own.

The weekly look writes them, pages read them. A file that is missing or broken says nothing of any address.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any

DEAD_AFTER = 3
"""An address is told as dead after failures on so many different days."""


class Reason(Enum):
    """Why an address does not give what was cited: the word in the file, and what readers are told."""

    def __init__(self, word: str, label: str) -> None:
        self.word = word
        self.label = label

    NOT_FOUND = ("not-found", "page not found")
    GONE = ("gone", "page taken down")
    FRONT_PAGE = ("front-page", "leads to the front page")
    SOFT_404 = ("soft-404", "an error page in its place")
    REPLACED = ("replaced", "other content in its place")
    SERVER_ERROR = ("server-error", "error of the server")
    NO_HOST = ("no-host", "no such host")
    NO_CONNECTION = ("no-connection", "no connection")
    TIMEOUT = ("timeout", "no answer in time")
    CERTIFICATE = ("certificate", "no secure connection")
    REDIRECT_LOOP = ("redirect-loop", "redirects in a circle")
    BAD_REDIRECT = ("bad-redirect", "redirect to nowhere")
    BAD_ANSWER = ("bad-answer", "answer not understood")

    REFUSED = ("refused", "asks for a sign-in, or whether one is human")
    ROBOTS = ("robots", "asks programs to stay away")
    BUSY = ("busy", "was too busy")
    PRIVATE = ("private", "no public address")
    CHAIN = ("chain", "incomplete chain of certificates, which many browsers mend")


UNTOLD = frozenset({Reason.REFUSED, Reason.ROBOTS, Reason.BUSY, Reason.PRIVATE, Reason.CHAIN})
"""What says nothing of whether a reader finds the page: it never counts as a failure."""
REASONS = {reason.word: reason for reason in Reason}


@dataclass(frozen=True)
class Failure:
    """A run of failures that lasts to the last look."""

    reason: Reason
    """That of the last look."""
    since: date
    last: date
    days: int
    """Different days on which it failed."""


@dataclass(frozen=True)
class Known:
    """What is known of one address."""

    checked: date | None = None
    """The last look."""
    seen: date | None = None
    """The last day on which it gave what was cited."""
    status: int | None = None
    """The last HTTP status."""
    at: str | None = None
    """Where redirects led, where that is not the address itself."""
    moved: bool = False
    """All of these redirects say that they are for good."""
    etag: str | None = None
    modified: str | None = None
    """What the server calls this version, to be asked for a newer one only (RFC 9110, section 13)."""
    type: str | None = None
    """The media type."""
    title: str | None = None
    text: str | None = None
    """A fingerprint of the words of the page: 64 bits as 16 hexadecimal digits."""
    found: str | None = None
    """The title of what stands there instead."""
    failure: Failure | None = None
    untold: Reason | None = None
    """Why the last look says neither yes nor no."""

    @cached_property
    def dead(self) -> Failure | None:
        """The failure, once it has been seen on enough days for readers to be told."""
        return self.failure if self.failure and self.failure.days >= DEAD_AFTER else None


Ledger = Mapping[str, Known]
"""What is known, by address without its fragment."""


def bare(address: str) -> str:
    """An address without its fragment, which no server sees."""
    return address.partition("#")[0]


def is_dead(ledger: Ledger, address: str | None) -> bool:
    """Whether readers are told that an address is dead."""
    return bool(address and (known := ledger.get(bare(address))) and known.dead)


def read_ledger(text: str) -> Ledger:
    """The addresses of a file. What is not as `write_ledger` would write it is left out."""
    try:
        told = json.loads(text)
        entries = told["links"].items()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return {address: known for address, values in entries if (known := _known(values)) is not None}


def write_ledger(ledger: Ledger) -> str:
    """The file: one address after the other, in order, and of each only what is known."""
    links = {address: _plain(ledger[address]) for address in sorted(ledger)}
    return json.dumps({"links": links}, ensure_ascii=False, indent=1) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Known | Failure):
        pairs = ((each.name, getattr(value, each.name)) for each in fields(value))
        return {name: _plain(inner) for name, inner in pairs if inner is not None and inner is not False}
    if isinstance(value, Reason):
        return value.word
    return value.isoformat() if isinstance(value, date) else value


DAYS = ("checked", "seen", "since", "last")
TEXTS = ("at", "etag", "modified", "type", "title", "text", "found")


def _known(values: Any) -> Known | None:
    try:
        made = Known(**{name: _value(name, value) for name, value in values.items()})
        failure = _failure(values["failure"]) if "failure" in values else None
        return replace(made, failure=failure)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _failure(values: Mapping[str, Any]) -> Failure:
    since, last, days = date.fromisoformat(values["since"]), date.fromisoformat(values["last"]), values["days"]
    if not isinstance(days, int) or days < 1 or last < since:
        raise ValueError(values)
    return Failure(REASONS[values["reason"]], since, last, days)


def _value(name: str, value: Any) -> Any:
    if name in DAYS:
        return date.fromisoformat(value)
    if name == "untold":
        return REASONS[value]
    wanted = str if name in TEXTS else bool if name == "moved" else int if name == "status" else object
    if not isinstance(value, wanted):
        raise TypeError(name)
    return value
