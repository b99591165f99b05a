"""From what was known and what was found to what is known now. Pure: every rule on when an address is dead is here."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from generator.links.asking import Found
from generator.links.fetch import HTML, Answer
from generator.links.words import Words, distance, likeness, words_of
from generator.model.links import UNTOLD, Failure, Known, Reason

REFUSALS = frozenset({202, 401, 402, 403, 405, 406, 407, 418, 423, 451, 999})
"""Answers to a program that a reader may never see; 202 is that of a firewall which first asks for a script to run."""
OTHER = 20
"""Bits of a fingerprint from which on a text is another one; the next version of a page differs in fewer."""
SAME = 6
"""Bits up to which two texts are the same but for a name, a date or an address in them."""
ALIKE = 0.5
"""The share of words that two titles of one page have in common."""
ERROR_TITLE = re.compile(
    r"^\W*(error\W*)?404\b|\b404\W+(not found|error)|\b(error|erreur|fehler|erro)\W+404\b"
    r"|\b(page|file|document|content|resource) (was |is |could )?(not|no longer|cannot|can't|can’t) (be )?"
    r"(found|available|exist)|^\W*(error|not found|page introuvable)\W*$|\bnot found\s*$|^\W*not found\b"
    r"|(página|pagina|contenido|recurso|archivo) (solicitad[oa] )?no (se ha |ha sido |fue )?"
    r"(encontrad[oa]|existe|disponible)"
    r"|(página|conteúdo) não (foi )?(encontrad[oa]|existe)|\bintrouvable\b|nicht gefunden|niet gevonden|non trovata",
    re.IGNORECASE,
)
"""Titles of pages that say that there is no page, in the languages in which our sources are."""
WALL_TITLE = re.compile(
    r"^\W*(just a moment|attention required|access denied|acceso denegado|are you (a )?(human|robot)|security check"
    r"|request rejected|checking your browser|verify(ing)? (that )?you are|bot verification|ddos.guard"
    r"|(sign|log)[- ]?(in|on)\b|iniciar sesi[oó]n)|captcha",
    re.IGNORECASE,
)
"""Titles of what stands before a page: who may see it, or whether one is human."""


def failed(known: Known, reason: Reason, day: date, status: int | None = None) -> Known:
    """What is known after a look without success."""
    if reason in UNTOLD:
        return replace(known, checked=day, status=status, untold=reason)
    before = known.failure
    if before is None:
        now = Failure(reason, day, day, 1)
    else:
        now = replace(before, reason=reason, last=max(day, before.last), days=before.days + (day > before.last))
    return replace(known, checked=day, status=status, untold=None, failure=now)


def judged(address: str, known: Known, found: Found, day: date, read: date | None, error_page: Answer | None) -> Known:
    """What is known after a server has answered.

    `read` is the last day on which a person read the page: who read it after it changed has seen that it is right.
    `error_page` is what its host shows for pages that do not exist, where it does not say so by its status.
    """
    answer = found.answer
    if answer.status == 304:
        return _good(known, found, address, day)
    words = words_of(answer.body, answer.charset) if answer.type in HTML else Words("", None)
    if WALL_TITLE.search(words.title) and not _is_as_before(known, words):
        return failed(known, Reason.REFUSED, day, answer.status)
    reason = _reason_of(answer)
    if reason:
        return failed(replace(known, found=None), reason, day, answer.status)
    if known.type and (known.type in HTML) != (answer.type in HTML) and not _read_since(known, read):
        return failed(replace(known, found=None), Reason.REPLACED, day, answer.status)
    if answer.type not in HTML:
        return _good(known, found, address, day)
    wrong = _wrong(address, known, found, words, read, error_page)
    if wrong:
        return failed(replace(known, found=words.title or None), wrong, day, answer.status)
    return _good(known, found, address, day, words)


def doubtful(known: Known, found: Found) -> bool:
    """Whether a page is to be held against its host's error page: it is new to us, or not what it was."""
    if found.answer.status != 200 or found.answer.type not in HTML:
        return False
    words = words_of(found.answer.body, found.answer.charset)
    return known.title is None or not _is_as_before(known, words) or known.failure is not None


def is_busy(answer: Answer) -> bool:
    """Whether a server asks to come again later."""
    return answer.status == 429 or (answer.status == 503 and "retry-after" in answer.headers)


def _reason_of(answer: Answer) -> Reason | None:
    status = answer.status
    if is_busy(answer):
        return Reason.BUSY
    if status in REFUSALS:
        return Reason.REFUSED
    if 200 <= status < 300:
        return None
    if status == 410:
        return Reason.GONE
    return Reason.SERVER_ERROR if status >= 500 else Reason.NOT_FOUND if status >= 400 else Reason.BAD_ANSWER


def _wrong(
    address: str, known: Known, found: Found, words: Words, read: date | None, error_page: Answer | None
) -> Reason | None:
    """What is wrong with a page that came with a good status."""
    if words == Words("", None) or (known.title is not None and _is_as_before(known, words)):
        return None
    if ERROR_TITLE.search(words.title):
        return Reason.SOFT_404
    if found.at != address and _depth(found.at) == 0 and _depth(address) > 0:
        return Reason.FRONT_PAGE
    if error_page is not None and _is_same(words, words_of(error_page.body, error_page.charset)):
        return Reason.SOFT_404
    if known.title is not None and not _read_since(known, read):
        return Reason.REPLACED
    return None


def _is_as_before(known: Known, words: Words) -> bool:
    """Whether a page is what it was, or its next version: the same title in other words, or the same text."""
    if known.text and words.text and distance(known.text, words.text) < OTHER:
        return True
    return bool(known.title and words.title) and likeness(known.title or "", words.title) >= ALIKE


def _is_same(one: Words, other: Words) -> bool:
    if one.text and other.text:
        return distance(one.text, other.text) <= SAME
    return one == other and bool(one.title)


def _read_since(known: Known, read: date | None) -> bool:
    """Whether somebody read the page after it was first seen to be another."""
    return read is not None and known.failure is not None and read >= known.failure.since


def _depth(address: str) -> int:
    """How deep an address lies in its site; the front page, also that of a language, is 0."""
    parts = urlsplit(address)
    steps = [step for step in parts.path.split("/") if step]
    front = len(steps) <= 1 and re.fullmatch(
        r"([a-z]{2}([-_][a-z]{2})?|(index|home|default)\.\w+)?", "".join(steps), re.I
    )
    return 0 if front and not parts.query else len(steps) or 1


def _good(known: Known, found: Found, address: str, day: date, words: Words | None = None) -> Known:
    answer = found.answer
    told = answer.headers
    fresh = replace(
        known, checked=day, seen=day, status=answer.status, at=found.at if found.at != address else None,
        moved=found.for_good, failure=None, untold=None, found=None,
    )  # fmt: skip
    if answer.status == 304:
        return fresh
    fresh = replace(fresh, etag=told.get("etag"), modified=told.get("last-modified"), type=answer.type or None)
    return (
        replace(fresh, title=words.title or None, text=words.text) if words and (words.title or words.text) else fresh
    )
