"""Whatever bytes come, reading ends in documents or problems and prose in harmless HTML: the functions of
`benchmarks/fuzz.py`, over bytes that are drawn and over what was ever found to break them.
"""

from __future__ import annotations

import pytest
from hostile_fixture import LINES, PROSES, attacks
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import HOSTILE, texts

from benchmarks.fuzz import TRIED, try_page, try_prose, try_read
from generator.markdown import prose_faults

FOUND = (
    b"1. " * 9_000 + b"a",  # the stack of Python-Markdown
    b"[" * 10_000,  # 13 s of it
    b"![[" * 3_000,
    b"id: x\nname: \xed\xa0\x80\n",
    b"\xef\xbb\xbf---\ntitle: x\n---\n",
    b"format: 1\n",
    b"format: 999999\n",
    b"{",
    b"? {a: b}\n: c\n",
    b"--- |\n",
    b"%YAML 9.9\n---\n",
    b"%TAG ! tag:x,2000:\n---\n!y z\n",
    b"\x00",
    b"\xff\xfe\x00a",
    b'a: "\\ud800"\n',
    b'a: "\\U0010ffff"\n',
)
"""What broke something once, and the odd ends of YAML."""
SIGNS = st.text("[](){}<>!*_`~#|:-=+&;\\\"'/ \n\tab1.ï\u2028", max_size=120)
PIECES = st.lists(st.sampled_from((*HOSTILE, *PROSES.values(), "\n", "\n\n", "    ", "> ", "- ", "1. ")), max_size=8)
YAML = st.lists(
    st.sampled_from(("a: ", "- ", "? ", ": ", "{", "}", "[", "]", ", ", "&a ", "*a", "!t ", "|\n", ">-\n", "'", '"',
                     "#", "---\n", "...\n", "%YAML 1.1\n", "<<: ", "\n", "  ", "\t", "~", "true", "é", "id: x\n",
                     "records:\n", "sources:\n", "format: 1\n", "title: T\n", "\ufeff", "\u0085", "\u2028")),
    max_size=25,
).map("".join)  # fmt: skip


@pytest.mark.parametrize("name", TRIED)
def test_what_was_found_stays_mended(name: str) -> None:
    refused = [text for texts in attacks("refused")["prose"].values() for text in texts]
    for data in (*FOUND, *map(str.encode, (*LINES.values(), *PROSES.values(), *refused))):
        TRIED[name](data)


@settings(max_examples=300)
@given(st.binary(max_size=80) | (YAML | texts() | SIGNS).map(str.encode))
def test_any_bytes_are_documents_or_problems(data: bytes) -> None:
    try_read(data)


@settings(max_examples=300)
@given((SIGNS | PIECES.map("".join) | texts()).map(str.encode) | st.binary(max_size=80))
def test_any_bytes_as_prose_are_refused_or_harmless(data: bytes) -> None:
    try_prose(data)


@settings(max_examples=150)
@given((SIGNS | PIECES.map("".join)).map(str.encode))
def test_any_bytes_as_a_page_are_refused_or_harmless(data: bytes) -> None:
    try_page(data)


def test_depth_is_counted_by_paragraph() -> None:
    assert dict(prose_faults("[" * 21 + "a")).keys() == {"deep"}
    assert list(prose_faults("\n\n".join(["[a ("] * 30))) == []
    assert list(prose_faults("([{" * 6 + "a" + "}])" * 6)) == []
