"""The HTML form: one file that loads nothing, runs nothing and marks what differs, whatever the records hold."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser
from site_fixture import CONFIG, ROOT, parse
from strategies import HOSTILE

from generator.difference.as_html import Look, as_html, contained
from generator.difference.page_html import alone, side_by_side
from generator.difference.shapes import Difference, FieldChange, PageChange, PageSort, RecordChange, Sort
from generator.render import TEMPLATES
from generator.site import renderer_of

TRAPS = (
    "<script>document.title = 'caught'</script>", "<img src=x onerror=\"document.title='caught'\">",
    "<a href=\"javascript:document.title='caught'\">a</a>", "<iframe srcdoc=\"<script>top.document.title=1</script>\">",
    "<svg onload=\"document.title='caught'\"><use href='//h.example/x'/></svg>", "<style>*{display:none}</style>",
    "</details></main><p style='position:fixed'>out", "<form action='//h.example'><button>b</button></form>",
    "<base href='//h.example'>", "<link rel=stylesheet href='//h.example/x.css'>", "<p onclick=x id=y>text</p>",
)  # fmt: skip


def file_of(text: str) -> str:
    """A difference in which every text and every page holds this."""
    field = FieldChange(("summary",), ("Summary", text), text, f"{text} now")
    record = RecordChange(Sort.CHANGED, ("group", "X"), "Group", text, 1, fields=(field,))
    page = PageChange(PageSort.RECORD, "x/", text, "x.md", "x.md")
    pages = {"x.md": f"<p>one {text}</p>\n"}, {"x.md": f"<p>two {text}</p>\n"}
    look = Look(
        renderer_of(CONFIG), (ROOT / "overrides/assets/catalogue.css").read_text(encoding="utf-8"),
        (TEMPLATES / "difference.css").read_text(encoding="utf-8"),
    )  # fmt: skip
    return as_html(Difference("main", (record,), pages=(page,)), pages, look)


def test_hostile_texts_and_pages_do_nothing(chromium: Browser, tmp_path: Path) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    (tmp_path / "d.html").write_text(file_of(" ".join(TRAPS)), encoding="utf-8")
    page.goto((tmp_path / "d.html").as_uri())
    assert page.title().startswith("What changes for readers")
    assert len(asked) == 1
    assert (
        page.evaluate("document.querySelectorAll('script, iframe, form, [id], [href], [src], [onclick]').length") == 0
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".d-b del").first.inner_text() == "one"
    assert page.locator(".d-b ins").first.inner_text() == "two"
    page.close()


def test_the_site_s_stylesheet_loads_nothing_and_asks_for_the_width_of_the_half() -> None:
    css = contained("@font-face{src:url(a.woff2)}@media screen and (max-width:9em){a{b:url(c)}}@media print{p{q:r}}")
    assert css == "@container (max-width:9em){a{b:none}}@media print{p{q:r}}"


PAGES = st.lists(
    st.sampled_from((*HOSTILE, *TRAPS, "<p>", "</p>", "<ul><li>a", "</li></ul>", "<td>", "one", "two")), max_size=8
).map(" ".join)


@given(PAGES, PAGES)
def test_any_two_pages_stay_whole_and_say_what_they_said(before: str, after: str) -> None:
    """Marks change no word; what was open is closed, so that no page breaks out of its half."""
    old, new = side_by_side(before, after)
    for marked, bare in ((old, alone(before)), (new, alone(after))):
        assert parse(marked).text == parse(bare).text
    same, again = side_by_side(before, before)
    assert same == again == alone(before)
