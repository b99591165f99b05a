"""The policy of the pages does what it says: what should not run or load does not, and is told.

That nothing of ours goes against it is seen by every test that opens a page: `browser_fixture.Watched` hears.
"""

from __future__ import annotations

import pytest
from browser_fixture import HEARD
from playwright.sync_api import Browser
from site_fixture import BuiltSite

OUTSIDE = "http://127.0.0.1:9/"
MADE = "document.createElement"
TRIES = {
    "script-src-elem": f"document.body.append(Object.assign({MADE}('script'), {{text: own.createScript('hit = 1')}}))",
    "script-src": "try { setTimeout(own.createScript('hit = 1')) } catch (error) { /* told below */ }",
    "script-src-attr": "document.body.setAttribute('onclick', own.createScript('hit = 1')); document.body.click()",
    "style-src-attr": "document.body.setAttribute('style', 'color: red')",
    "style-src-elem": f"document.head.append(Object.assign({MADE}('style'), {{textContent: 'p{{}}'}}))",
    "img-src": "new Image().src = 'http://127.0.0.1:9/x.png'",
    "connect-src": "fetch('http://127.0.0.1:9/x.json').catch(() => {})",
    "frame-src": f"document.body.append(Object.assign({MADE}('iframe'), {{src: 'http://127.0.0.1:9/'}}))",
    "object-src": f"document.body.append(Object.assign({MADE}('object'), {{data: own.createScriptURL('{OUTSIDE}')}}))",
    "base-uri": f"document.head.append(Object.assign({MADE}('base'), {{href: '{OUTSIDE}'}}))",
    "font-src": f"new FontFace('x', 'url({OUTSIDE}x.woff2)').load().catch(() => {{}})",
    "worker-src": "try { new Worker(own.createScriptURL('x.js')) } catch (error) { /* told below */ }",
    "require-trusted-types-for": "try { document.body.innerHTML = '<b>x</b>' } catch (error) { /* told below */ }",
    "trusted-types": "try { trustedTypes.createPolicy('other', {}) } catch (error) { /* told below */ }",
}
"""What the policy forbids, by the directive that does; tried by a script that the policy lets run."""
OWN = """const own = trustedTypes.createPolicy('parsed',
    { createScript: (text) => text, createScriptURL: (text) => text });
"""
"""A policy of types that lets all pass, so that it is seen what the others hold back."""


@pytest.mark.parametrize("directive", TRIES)
def test_what_the_policy_forbids_does_not_happen(chromium: Browser, served: str, directive: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text) if said.text.startswith("policy: ") else None)
    page.add_init_script(HEARD)
    tried = OWN + TRIES[directive]
    page.route("**/assets/catalogue.js", lambda route: route.fulfill(body=tried, content_type="text/javascript"))
    page.goto(served, wait_until="networkidle")
    page.wait_for_timeout(50)
    assert page.evaluate("window.hit") is None
    context.close()
    assert any(line.startswith(f"policy: {directive} ") for line in heard), heard


def test_a_form_leads_nowhere_else(chromium: Browser, served: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(served)
    page.evaluate("document.querySelector('form.find').action = 'http://127.0.0.1:9/'")
    page.evaluate("document.querySelector('form.find').submit()")
    page.wait_for_timeout(200)
    assert page.url == served
    context.close()


def test_only_the_search_page_may_compile_webassembly(built: BuiltSite) -> None:
    allowed = [
        path.relative_to(built.site).as_posix()
        for path in built.site.rglob("*.html")
        if "wasm-unsafe-eval" in path.read_text(encoding="utf-8").partition("</head>")[0]
    ]
    assert allowed == ["search/index.html"]
