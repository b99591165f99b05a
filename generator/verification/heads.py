"""What pages say of themselves agrees: the address that counts, and their forms in other languages."""

from __future__ import annotations

from collections.abc import Iterator

from generator.verification.finding import is_page
from generator.verification.flaw import Flaw
from generator.verification.output import LOST, Output
from generator.verification.pages import Page

FRAME = "See overrides/main.html."


def wrong_addresses(output: Output) -> Iterator[Flaw]:
    """Pages whose canonical address is not their own, or for a page that leads on, not that of where it leads."""
    for page in filter(is_page, output.pages.values()):
        if page.file == LOST or not output.address:
            continue
        target = output.found(page.file, page.leads_to) if page.leads_to else page.file
        wanted = output.address + (target or "").removesuffix("index.html")
        if page.canonical != wanted and target:
            told = page.canonical or "no address"
            yield Flaw(page.file, f"Its canonical address is {told}, not {wanted}.", FRAME)
        if page.told_as != output.address + page.address and not page.is_hidden:
            told = page.told_as or "no address"
            yield Flaw(page.file, f"It tells other sites {told} (og:url), not {output.address}{page.address}.", FRAME)


def wrong_languages(output: Output) -> Iterator[Flaw]:
    """Pages without a language, and forms in other languages that are not there or do not lead back.

    Each form names all of them, itself included (as search engines ask); `x-default` is one of them once more.
    """
    for page in filter(is_page, output.pages.values()):
        if not page.language:
            yield Flaw(page.file, "It does not say its language.", "Give its html element the attribute lang.")
        told = _forms(output, page)
        if not told:
            continue
        if told.get(page.language) != page.file:
            yield Flaw(page.file, f"Its list of languages does not name itself as '{page.language}'.", FRAME)
        for language, file in told.items():
            yield from _one_way(output, page, told, language, file)


def _one_way(
    output: Output, page: Page, told: dict[str, str | None], language: str, file: str | None
) -> Iterator[Flaw]:
    other = output.pages.get(file or "")
    if other is None:
        yield Flaw(page.file, f"Its form in the language '{language}' is not there.", FRAME)
    elif language == "x-default":
        if file not in [each for key, each in told.items() if key != language]:
            yield Flaw(page.file, "Its form for all other languages is none of those that it names.", FRAME)
    elif other.language != language:
        yield Flaw(page.file, f"{other.file} is told to be in '{language}' and is in '{other.language}'.", FRAME)
    elif _forms(output, other) != told:
        yield Flaw(page.file, f"{other.file} names other forms in other languages than this page.", FRAME)


def _forms(output: Output, page: Page) -> dict[str, str | None]:
    return {language: output.found(page.file, target) for language, target in page.languages}
