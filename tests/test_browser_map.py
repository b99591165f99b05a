"""The map in a real browser: thumbs, keyboard, and no colour alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def home(chromium: Browser, served: str) -> Iterator[Page]:
    made = chromium.new_context(java_script_enabled=False)
    page = made.new_page()
    page.goto(served)
    yield page
    made.close()


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["390", "1280"])
def test_the_links_beside_the_map_are_a_thumb_high_and_in_the_page(home: Page, size: dict[str, int]) -> None:
    home.set_viewport_size(size)  # type: ignore[arg-type]
    boxes = [link.bounding_box() for link in home.locator(".inset a").all()]
    assert len(boxes) == 22
    for box in boxes:
        assert box is not None
        assert box["height"] >= 24
        assert box["width"] >= 24
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size["width"]


def test_the_lists_do_not_lie_over_a_country_or_one_another(home: Page) -> None:
    home.set_viewport_size(WIDE)  # type: ignore[arg-type]
    first, second = (inset.bounding_box() for inset in home.locator(".inset").all())
    assert first is not None
    assert second is not None
    assert first["x"] + first["width"] <= second["x"]
    chile = home.locator('.map svg a[href="countries/cl/"] path').bounding_box()
    assert chile is not None
    assert second["x"] + second["width"] <= chile["x"] + 2


def test_a_country_is_reached_by_keyboard_and_shows_it(home: Page) -> None:
    home.set_viewport_size(WIDE)  # type: ignore[arg-type]
    home.locator('.map svg a[href="countries/ar/"]').focus()
    home.keyboard.press("Tab")
    focused = home.locator(":focus")
    assert focused.get_attribute("aria-label").startswith("Bolivia: ")  # type: ignore[union-attr]
    home.keyboard.press("Enter")
    home.wait_for_url("**/countries/bo/")


def test_a_click_on_a_shape_leads_to_the_country(home: Page) -> None:
    home.set_viewport_size(WIDE)  # type: ignore[arg-type]
    home.locator('.map svg a[href="countries/br/"] path').click()
    home.wait_for_url("**/countries/br/")
    assert home.locator("h1").inner_text() == "Brazil"
