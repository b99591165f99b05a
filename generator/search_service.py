"""Pagefind as a service: pages go in one after the other, the files of the index come out.

Handed a folder, Pagefind numbers the pages as the disk lists them, and writes files that may not be whole when it says
so; asked page by page, in our order, it gives the same index on every machine. Messages are JSON in base64, each ended
by a comma, and so are the answers (the protocol of its own packages for Python and Node, of the version in the lock
file).
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from threading import Thread
from typing import IO, Any

from pagefind.service import get_executable

from generator.problems import Refused

CHUNK = "8000"
"""Bytes of the search index in one file, about, before it is compressed.

A search fetches the file that has its word. Of Pagefind's own 20,000 it fetches 27 KB, of these 12, and the list of
the files grows by no more than 20 bytes each. Pagefind calls the setting unstable: should it go, the test of what a
first search weighs fails.
"""


class SearchError(Refused):
    """Pagefind did not do what it was asked; the message says what it told."""


def index_of(pages: Mapping[str, str]) -> dict[str, bytes]:
    """The files of an index over pages (path → HTML), by path below its folder. The order of the pages counts."""
    program = get_executable()
    if program is None:
        raise SearchError("Pagefind is not installed. Run make site, which sets everything up.")
    asked: list[dict[str, Any]] = [
        {"type": "NewIndex", "config": {"exclude_selectors": ["thead"]}},
        *({"type": "AddFile", "index_id": 0, "file_path": path, "file_contents": html} for path, html in pages.items()),
        {"type": "GetFiles", "index_id": 0},
    ]
    answers = list(_answers(str(program), asked))
    if len(answers) < len(asked):
        raise SearchError(f"Pagefind ended after {len(answers)} of {len(asked)} steps.")
    return {each["path"]: base64.b64decode(each["content"]) for each in answers[-1]["files"]}


def _answers(program: str, asked: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The answer to each message. The way in stays open until all are there: at its end Pagefind stops at once."""
    settings = {**os.environ, "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": CHUNK}
    process = subprocess.Popen([program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, env=settings)  # fmt: skip
    assert process.stdin
    assert process.stdout
    teller = Thread(target=_tell, args=(process.stdin, asked), daemon=True)
    teller.start()
    try:
        for _, line in zip(asked, _parts(process.stdout), strict=False):
            answer = json.loads(base64.b64decode(line))["payload"]
            if answer["type"] == "Error":
                raise SearchError(f"Pagefind failed: {answer['message']}")
            yield answer
    finally:
        process.kill()
        process.wait()
        teller.join()
        process.stdout.close()
        with suppress(BrokenPipeError):  # what it did not read
            process.stdin.close()


def _tell(way: IO[bytes], asked: list[dict[str, Any]]) -> None:
    try:
        for number, payload in enumerate(asked, 1):
            way.write(base64.b64encode(json.dumps({"message_id": number, "payload": payload}).encode()) + b",")
        way.flush()
    except (BrokenPipeError, ValueError):  # it ended; the answers that are missing are told
        pass


def _parts(way: IO[bytes]) -> Iterator[bytes]:
    kept = b""
    while read := os.read(way.fileno(), 1 << 20):
        *whole, kept = (kept + read).split(b",")
        yield from whole
