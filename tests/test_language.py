"""The words of templates go through gettext: a translation shows, a missing one stays English."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from generator.checking import check
from generator.derive import derive
from generator.render import Site, environment, render, words
from generator.render.words import words_of


@pytest.fixture
def spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A translation of two words only."""
    messages = Catalog(locale="es")
    messages.add("Parties", "Partes")
    messages.add("Running", "En marcha")
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "catalogue.mo").open("wb") as file:
        write_mo(file, messages)
    monkeypatch.setattr(words, "LOCALES", tmp_path)
    words_of.cache_clear()
    environment.cache_clear()
    yield
    words_of.cache_clear()
    environment.cache_clear()


FILES = {
    "countries.yml": "records:\n  CL: {side: lac}\n  ES: {side: europe}\n",
    "groups.yml": "records:\n  EU: {name: European Union}\n",
    "agreements/a.yml": "id: a\nname: A\ntype: trade-agreement\nparties: [EU, CL]\nsummary: One sentence.\n"
    "events:\n  - {date: 2012-06-26, event: signed}\n",
}


@pytest.mark.usefixtures("spanish")
def test_a_page_speaks_the_language_it_is_rendered_in() -> None:
    catalogue, problems = check(FILES)
    assert problems == ()
    tree = render(catalogue, derive(catalogue, date(2026, 11, 23)), Site(), "es")
    page = tree["agreements/a/index.md"]
    assert "<dt>Partes</dt>" in page
    assert "26 junio 2012" in page.replace("\u00a0", " ")
    assert "Who is bound" in page  # no translation yet
    assert ">España</a>" in tree["countries/index.md"]
