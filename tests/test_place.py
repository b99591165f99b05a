"""Links: the source path for Markdown and the final address for HTML lead to the same page."""

from __future__ import annotations

from posixpath import join, normpath
from urllib.parse import urljoin

import pytest
from conftest import base_files, catalogue_of
from hypothesis import given
from hypothesis import strategies as st

from generator.kinds import KINDS
from generator.render.place import PagePlace

NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,5}", fullmatch=True)
PATHS = st.lists(NAMES, min_size=1, max_size=4).map(lambda parts: "/".join(parts) + ".md")
PAGES = PATHS | st.sampled_from(["index.md", "about/index.md", "countries/cl.md", "search.md"])


@given(PAGES, PAGES)
def test_both_forms_of_a_link_lead_to_the_same_page(page: str, target: str) -> None:
    here, there = PagePlace(page), PagePlace(target)
    assert urljoin(f"https://example.org/base/{here.address}", here.html(target)) == (
        f"https://example.org/base/{there.address}"
    )
    assert normpath(join(here.address, here.markdown(target))) == there.file


@given(PAGES, PAGES, NAMES)
def test_an_anchor_stays_at_the_end(page: str, target: str, anchor: str) -> None:
    here = PagePlace(page)
    assert here.html(f"{target}#{anchor}") == f"{here.html(target)}#{anchor}" or here.html(target) == "./"
    assert here.markdown(f"{target}#{anchor}") == f"{here.markdown(target)}#{anchor}"
    assert here.html(f"#{anchor}") == here.markdown(f"#{anchor}") == f"#{anchor}"


@given(PAGES)
def test_a_file_that_is_no_page_keeps_its_name(page: str) -> None:
    here = PagePlace(page)
    assert (
        urljoin(f"https://example.org/{here.address}", here.html("assets/a.svg")) == "https://example.org/assets/a.svg"
    )


@given(PAGES)
def test_the_root_is_the_top_of_the_site(page: str) -> None:
    assert urljoin(f"https://example.org/b/{PagePlace(page).address}", PagePlace(page).root) == "https://example.org/b/"


@pytest.mark.parametrize(
    ("page", "link", "written"),
    [
        ("about/index.md", "../index.md", "../index.md"),
        ("about/evidence.md", "index.md", "../index.md"),
        ("about/evidence.md", "../countries/cl.md#a", "../../countries/cl/index.md#a"),
        ("index.md", "about/evidence.md", "about/evidence/index.md"),
        ("index.md", "https://example.org/x.md", "https://example.org/x.md"),
        ("index.md", "#a", "#a"),
        ("index.md", "assets/a.svg", "assets/a.svg"),
    ],
)
def test_a_link_of_a_hand_written_page_becomes_a_source_path(page: str, link: str, written: str) -> None:
    assert PagePlace(page).written(link) == written


def test_addresses_are_lower_case_and_no_two_records_share_one() -> None:
    catalogue = catalogue_of(base_files())
    places = [PagePlace(k.page(r.id)).address for k in KINDS if k.name != "page" for r in catalogue.of(k.name)]
    assert len(set(places)) == len(places)
    assert all(place == place.lower() for place in places)
