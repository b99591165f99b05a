"""Code inside a page, or a page without a policy, stops a build."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.verification.output import read_output
from generator.verification.policy import against_policy

POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'


def told(folder: Path, head: str, body: str = "") -> list[str]:
    (folder / "a").mkdir()
    (folder / "index.html").write_text(f"<html><head>{POLICY}</head><body></body></html>", encoding="utf-8")
    (folder / "a" / "index.html").write_text(f"<html><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return [flaw.what for flaw in against_policy(read_output(folder))]


@pytest.mark.parametrize(
    "body",
    [
        "<script>x()</script>",
        "<SCRIPT type=module>x()</SCRIPT>",
        "<p onclick='x()'>a</p>",
        "<svg><a xlink:href='javascript:x()'>a</a></svg>",
        "<a href=' JaVa&#115;cript:x()'>a</a>",
        "<a href='java&#9;script:x()'>a</a>",
        "<form action='javascript:x()'></form>",
        "<iframe srcdoc='data:text/html,x'></iframe>",
        "<a href='data:text/html,<script>x()</script>'>a</a>",
        "<a href='vbscript:x()'>a</a>",
    ],
)
def test_code_inside_a_page_is_told(tmp_path: Path, body: str) -> None:
    (what,) = told(tmp_path, POLICY, body)
    assert what.startswith("It holds the code")


@pytest.mark.parametrize("body", ["<style>p{}</style>", "<p style='color:red'>a</p>"])
def test_a_style_inside_a_page_is_told(tmp_path: Path, body: str) -> None:
    assert told(tmp_path, POLICY, body) == ["It holds a style of its own."]


@pytest.mark.parametrize("head", ["", POLICY + POLICY], ids=["none", "two"])
def test_a_page_has_one_policy(tmp_path: Path, head: str) -> None:
    assert told(tmp_path, head) == ["It has not one Content Security Policy."]


@pytest.mark.parametrize(
    "body",
    ["<script src='a.js'></script>", '<script type="application/ld+json">{}</script>', "<a href='javascript/'>a</a>",
     "<p>javascript:x() onclick=x</p>"],
)  # fmt: skip
def test_what_runs_nothing_is_no_flaw(tmp_path: Path, body: str) -> None:
    assert told(tmp_path, POLICY, body) == []


def test_a_site_without_any_policy_is_one_that_is_being_edited(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<html><body><script>x()</script></body></html>", encoding="utf-8")
    assert list(against_policy(read_output(tmp_path))) == []
