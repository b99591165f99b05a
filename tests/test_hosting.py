"""What hosts are to send with our files: true to the pages, sparing of cards, and enough for the search."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from socket import create_server

import pytest
from browser_fixture import address_of
from hosting_fixture import hosted, rules_in, sent_for
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from site_fixture import BELOW, BuiltSite

from generator.hosting import (
    FRAMED,
    FRAMES,
    TYPES,
    HostingError,
    as_headers,
    as_nginx,
    hash_of,
    header_policy,
    parsed,
    rules_of,
)

FILES = ("index.html", "404.html", "about/index.html", "about/licence/index.html", "programmes/index.html",
         "programmes/a/index.html", "programmes/a/card.html", "programmes/status/open/index.html",
         "es/programmes/a/index.html", "es/programmes/a/card.html", "assets/stylesheets/main.1.css",
         "api/v1/themes.ttl")  # fmt: skip


@pytest.fixture(scope="module")
def headers(built: BuiltSite) -> str:
    """The file `_headers` of the built site."""
    return (built.site / "_headers").read_text(encoding="utf-8")


# -- the policy


def test_the_policy_sent_allows_what_any_page_allows() -> None:
    one, other = "default-src 'none'; script-src 'self'", "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"
    sent = parsed(header_policy([one, other], []))
    assert sent == {"default-src": ("'none'",), "script-src": ("'self'", "'wasm-unsafe-eval'"), "style-src": ()}


def test_pages_that_disagree_on_a_directive_are_told() -> None:
    with pytest.raises(HostingError, match="object-src"):
        header_policy(["default-src 'none'", "default-src 'none'; object-src 'none'"])


def test_a_hash_is_the_one_that_the_standard_gives() -> None:
    """Content Security Policy Level 3, section 8.4, gives this hash for its example."""
    assert hash_of("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


def test_what_is_sent_holds_for_each_page_of_the_site(built: BuiltSite, headers: str) -> None:
    rules = rules_in(headers)
    for name, page in built.pages().items():
        (meta,) = (e for e in page.all("meta") if e.attributes.get("http-equiv") == "Content-Security-Policy")
        policy, _, frames = sent_for(rules, "/" + name.removesuffix("index.html"))["Content-Security-Policy"].partition(
            ", "
        )
        sent = parsed(policy)
        for directive, sources in parsed(meta.attributes["content"]).items():
            assert set(sources) <= set(sent[directive]), name
        assert "'unsafe-inline'" not in policy
        assert set(frames.split(", ")) == {FRAMES}, name


def test_every_style_inside_of_a_drawing_is_allowed_by_its_hash(built: BuiltSite, headers: str) -> None:
    drawings = [path.read_text(encoding="utf-8") for path in built.site.rglob("*.svg")]
    styles = {style for text in drawings for style in re.findall("<style>(.*?)</style>", text, re.DOTALL)}
    assert styles
    assert all(hash_of(style) in headers for style in styles)
    assert not [text for text in drawings if " style=" in text]


# -- frames, keeping, types


def test_cards_alone_may_stand_in_the_frames_of_others(built: BuiltSite, headers: str) -> None:
    rules = rules_in(headers)
    cards = [path.relative_to(built.site).as_posix() for path in built.site.rglob(FRAMED)]
    assert len(cards) > 400
    for card in cards:
        for path in (card, card.removesuffix(".html")):  # Cloudflare serves it without its ending
            assert "frame-ancestors" not in sent_for(rules, f"/{path}")["Content-Security-Policy"], path


def test_patterns_for_frames_are_few_and_know_languages() -> None:
    framed = [rule.pattern for rule in rules_of(FILES, "") if rule.headers == (("Content-Security-Policy", FRAMES),)]
    assert framed == ["/", "/404.html", "/:one/", "/:one/:two/", "/es/:one/:two/", "/programmes/status/:one/"]


def test_only_files_whose_name_changes_with_them_are_kept_for_ever(built: BuiltSite, headers: str) -> None:
    rules = rules_in(headers)
    kept = [
        path.name
        for path in built.site.rglob("*")
        if path.is_file() and "Cache-Control" in sent_for(rules, path.relative_to(built.site).as_posix())
    ]
    assert len(kept) > 100
    named = re.compile(r".*[._][0-9a-f]{6,}\.(min\.)?(css|js|pf_[a-z]+)(\.map)?|(lunr|wordcut|tinyseg)\b.*")
    assert [name for name in kept if not named.fullmatch(name)] == []


def test_each_file_has_a_type(headers: str, built: BuiltSite) -> None:
    known = {"css", "gz", "html", "js", "json", "map", "pagefind", "png", "svg", "txt", "xml", ""}
    endings = {path.suffix.lstrip(".") for path in built.site.rglob("*") if path.is_file()}
    assert {ending for ending in endings - known - set(TYPES) if not ending.startswith("pf_")} == set()
    for ending in endings & set(TYPES):
        assert sent_for(rules_in(headers), f"/a/b.{ending}")["Content-Type"] == TYPES[ending]


def test_the_file_keeps_within_the_limits_of_hosts(headers: str) -> None:
    """Cloudflare Pages reads 100 rules of lines up to 2,000 signs, one `*` a path."""
    rules = rules_in(headers)
    assert len(rules) <= 100
    assert all(len(line) <= 2000 for line in headers.splitlines())
    assert all(pattern.count("*") <= 1 for pattern, _ in rules)


# -- in a browser


def test_search_works_under_the_headers_and_pages_break_none(chromium: Browser, built: BuiltSite, headers: str) -> None:
    names = ("home", "compared", "timeline", "agreement record", "agreement listing", "statistics", "country record")
    with hosted(built.site, headers) as address:
        page, faults = _watched(chromium)
        page.goto(f"{address}/search/?q=cohesion")
        expect(page.locator("#search-results li").first).to_be_visible()
        for name in names:
            page.goto(f"{address}/{address_of(built, name)}", wait_until="networkidle")
        page.goto(f"{address}/agreements/?asof=2012-08-01", wait_until="networkidle")
        page.goto(f"{address}/programmes/urbelac/card.svg")
        assert page.evaluate("getComputedStyle(document.querySelector('.p')).fill") == "rgb(252, 251, 248)"
        page.context.close()
    assert faults == []


def test_without_the_word_for_webassembly_search_fails(chromium: Browser, built: BuiltSite, headers: str) -> None:
    with hosted(built.site, headers.replace(" 'wasm-unsafe-eval'", "")) as address:
        page, faults = _watched(chromium)
        page.goto(f"{address}/search/?q=cohesion", wait_until="networkidle")
        assert page.locator("#search-results li").count() == 0
        page.context.close()
    assert any("wasm" in fault.lower() for fault in faults)


def test_others_may_frame_a_card_and_no_page(chromium: Browser, built: BuiltSite, headers: str, tmp_path: Path) -> None:
    with hosted(built.site, headers) as address, hosted(tmp_path, "") as other:
        frames = [f"{address}/programmes/urbelac/card.html", f"{address}/programmes/urbelac/", f"{address}/"]
        (tmp_path / "index.html").write_text("".join(f'<iframe src="{each}"></iframe>' for each in frames))
        page, _ = _watched(chromium)
        page.goto(f"{other}/", wait_until="networkidle")
        shown = [frame.locator("main p.facts, #main-article").count() for frame in page.frames[1:]]
        assert shown == [1, 0, 0]
        card = page.frames[1].locator("main")
        assert card.evaluate("e => getComputedStyle(e).fontFamily") != page.locator("body").evaluate(
            "e => getComputedStyle(e).fontFamily"
        )
        page.context.close()


def _watched(chromium: Browser) -> tuple[Page, list[str]]:
    """A page of a reader who was never here, and what goes against a policy or wrong in it."""
    page = chromium.new_context(color_scheme="light").new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if _is_fault(said) else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    return page, faults


def _is_fault(said: ConsoleMessage) -> bool:
    return said.type == "error" and "favicon.ico" not in said.location["url"]  # asked for beside a bare drawing


# -- nginx


def test_the_file_for_nginx_says_what_the_other_says(built: BuiltSite, headers: str) -> None:
    """Read as far as it goes without nginx: each map's expressions and values, and each header that is added."""
    text = (built.site.parent / "nginx.conf").read_text(encoding="utf-8")
    rules = rules_in(headers)
    for path in ("/", "/programmes/urbelac/", "/programmes/urbelac/card.html", "/agreements/status/in-force/",
                 "/assets/stylesheets/main.1.css", "/api/v1/x.csv"):  # fmt: skip
        expected = {name: value for name, value in sent_for(rules, path).items() if name != "Content-Type"}
        assert _read_nginx(text, BELOW.rstrip("/") + path) == expected, path


def _read_nginx(text: str, path: str) -> Mapping[str, str]:
    found: dict[str, list[str]] = {}
    for name, number in re.findall(r"add_header (\S+) \$catalogue_(\d+)", text):
        block = text.partition(f"map $uri $catalogue_{number} {{")[2].partition("\n}")[0]
        values = [value for pattern, value in re.findall('"~(.*?)" "(.*?)";', block) if re.search(pattern, path)]
        found.setdefault(name, []).extend(values[:1])
    return {name: ", ".join(values) for name, values in found.items() if values}


NGINX = """{user} pid {folder}/pid; error_log {folder}/error.log; daemon off;
events {{ }}
http {{ access_log off; {temporary} include {folder}/site.conf; }}
"""
PLACES = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@pytest.fixture
def nginx(tmp_path: Path) -> Iterator[str | None]:
    """The address of FILES on a real nginx with our configuration, where one is installed; another reader has no more
    than the test above."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        yield None
        return
    for name in FILES:
        (tmp_path / "www" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "www" / name).write_text(name)
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    text = as_nginx(rules_of(FILES, "default-src 'none'"))
    text = text.replace("/var/www/catalogue", f"{tmp_path}/www").replace("listen 80;", f"listen 127.0.0.1:{port};")
    text = text.replace("listen [::]:80;", "").replace("include mime.types;", "include /etc/nginx/mime.types;")
    (tmp_path / "site.conf").write_text(text)
    user = "" if os.getuid() else "user root;"  # its workers may not read the folder of a test otherwise
    temporary = " ".join(f"{name}_temp_path {tmp_path}/{name};" for name in PLACES)
    (tmp_path / "nginx.conf").write_text(NGINX.format(folder=tmp_path, temporary=temporary, user=user))
    running = subprocess.Popen([program, "-c", f"{tmp_path}/nginx.conf", "-p", str(tmp_path)])
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait()


def test_nginx_where_there_is_one_sends_what_the_file_says(nginx: str | None) -> None:
    text = as_headers(rules_of(FILES, "default-src 'none'"))
    assert sent_for(rules_in(text), "/programmes/a/")["Content-Security-Policy"] == f"default-src 'none', {FRAMES}"
    if nginx is None:
        return
    for name in FILES:
        path = "/" + name.removesuffix("index.html")
        code, sent = _asked(nginx + path)
        assert code == 200, name
        expected = sent_for(rules_in(text), path)
        for header, value in expected.items():
            assert set(sent[header]) == set(value.split(", ")) or ", ".join(sent[header]) == value, (name, header)
    code, sent = _asked(f"{nginx}/assets/stylesheets/gone.css")
    assert (code, sent.get("Cache-Control")) == (404, None)
    assert _asked(f"{nginx}/_headers")[0] == 404


def _asked(address: str) -> tuple[int, dict[str, list[str]]]:
    for _ in range(50):  # it begins to listen a moment after it was started
        try:
            with urllib.request.urlopen(address) as answer:
                return answer.status, _all_of(answer)
        except urllib.error.HTTPError as error:
            return error.code, _all_of(error)
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("nginx does not answer")


def _all_of(answer: object) -> dict[str, list[str]]:
    headers = answer.headers  # type: ignore[attr-defined]
    return {name: headers.get_all(name) for name in headers}
