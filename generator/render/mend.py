"""What leads from a page to the files and issues behind it: edit, report, when it last changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from markupsafe import Markup, escape

from generator.render.place import PagePlace

if TYPE_CHECKING:
    from generator.render.page import Page


def file_of(page: Page) -> str:
    """The content file behind a page, below the content folder; empty where there is none."""
    if page.kind is None or (page.record is None and not page.kind.file):
        return ""
    suffix = ".md" if page.kind.name == "page" else ".yml"
    return page.kind.file or f"{page.kind.folder}/{page.record.id}{suffix}"


def edit_url(page: Page) -> str:
    """Where the file behind a page can be changed; empty where there is no file or no repository."""
    return _edit(page, file_of(page))


def _edit(page: Page, file: str) -> str:
    return f"{page.repository}/edit/main/content/{file}" if page.repository and file else ""


def report_url(page: Page) -> str:
    """A new issue with the record and the address of a page filled in."""
    if page.record is None or page.kind is None:
        return _report(page, "", "", page.place.address)
    name = "" if page.kind.name == "page" else page.kind.name
    return _report(page, name, page.record.id, page.place.address)


def _report(page: Page, kind: str, id: str, address: str) -> str:
    """The fields of the issue form, and the same as text for hosts that know no forms."""
    if not page.repository:
        return ""
    url = f"{page.address}{address}"
    title, record = (page.title(kind, id), f"{kind}/{id}") if kind else (address or "home", id)
    lines = (f"Record: {record}", f"Page: {url}", "", "What is wrong:", "", "What is right:", "", "Source:", "")
    fields = {"template": "mistake.yml", "title": f"Mistake: {title}", "record": record, "page": url}
    return f"{page.repository}/issues/new?{urlencode({**fields, 'body': chr(10).join(lines)})}"


def suggest_url(page: Page) -> str:
    """A new issue that suggests a record of the kind that a page lists; empty on pages that list none."""
    if page.kind is None or page.record is not None or not page.repository:
        return ""
    kind, url = page.kind.singular, f"{page.address}{page.place.address}"
    lines = (f"Kind: {kind}", f"Page: {url}", "", "Name:", "", "What it is:", "", "Sources:", "")
    fields = {"template": "suggest.yml", "title": f"Suggestion: {kind}: ", "kind": kind, "page": url}
    return f"{page.repository}/issues/new?{urlencode({**fields, 'body': chr(10).join(lines)})}"


def foot(page: Page) -> Markup:
    """The last line of a page without a facts panel: report a mistake, mend its file, suggest what a list misses."""
    say = page.words.say
    edit = say("Edit this page") if page.record is not None else say("Edit these records")
    links = [(report_url(page), say("Report a mistake on this page")), (edit_url(page), edit)]
    links.append((suggest_url(page), say("Something missing? Suggest it")))
    made = [Markup(f'<a href="{escape(url)}">{escape(word)}</a>') for url, word in links if url]
    return Markup(f'<p class="mend" data-pagefind-ignore>{Markup(" · ").join(made)}</p>') if made else Markup("")


def helps(page: Page, kind: str, id: str) -> Markup:
    """Links to mend a record that a page names, and to report what is wrong with it."""
    of = page.kind_of(kind)
    file, name = of.file or f"{of.folder}/{id}.yml", page.title(kind, id)
    report = _report(page, kind, id, PagePlace(of.page(id)).address)
    links = [(_edit(page, file), page.words.say("Edit")), (report, page.words.say("Report"))]
    return Markup(" ").join(
        Markup(f'<a href="{escape(url)}">{word}<span class="vh"> {escape(name)}</span></a>')
        for url, word in links
        if url
    )


def last_changed(page: Page) -> tuple[str, date] | None:
    """When a record's file last changed, in words that say if it holds others; None where git can't say."""
    found = page.changed.get(file_of(page))
    if found is None or page.kind is None:
        return None
    said = "File of these records last changed" if page.kind.file else "Record last changed"
    return page.words.say(said), found
