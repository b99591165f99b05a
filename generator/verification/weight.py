"""No page weighs more than its reader's line should carry."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from generator.verification.finding import is_page
from generator.verification.flaw import Flaw
from generator.verification.output import Output
from generator.verification.pages import Page

PAGE = 400 * 1024
"""Bytes of the HTML of a page: what the browser of an old phone has to take apart."""
VIEW = 150 * 1024
"""Bytes over the line for a first view: the page, its styles, scripts, fonts and pictures, compressed as hosts do."""


def too_heavy(output: Output) -> Iterator[Flaw]:
    """Pages over their budget. Pictures that load late are not in the first view."""

    @cache
    def weight_of(file: str) -> int:
        return output.compressed(file)

    for page in filter(is_page, output.pages.values()):
        if page.size > PAGE:
            yield Flaw(page.file, f"Its HTML has {_kib(page.size)}, and {_kib(PAGE)} is the most.", "Part the page.")
        around = sum(weight_of(file) for file in _loaded(output, page))
        if page.size + around > VIEW and (whole := weight_of(page.file) + around) > VIEW:
            mend = "Part the page, or make lighter what it loads."
            yield Flaw(page.file, f"Its first view takes {_kib(whole)}, and {_kib(VIEW)} is the most.", mend)


def _loaded(output: Output, page: Page) -> set[str]:
    found = {output.found(page.file, target) for target in page.loads if target not in page.late}
    files = {file for file in found if file and not _is_icon(file)}
    for file in [file for file in files if file.endswith(".css")]:
        styled = (output.found(file, target) for target in output.styled[file])
        files |= {each for each in styled if each}
    return files


def _is_icon(file: str) -> bool:
    """Icons of the site: a browser takes one of the sizes, when the page is there."""
    return file.startswith("assets/icon")


def _kib(size: int) -> str:
    return f"{size / 1024:.0f} KiB"
