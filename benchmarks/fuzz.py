"""Looks for bytes that end `read`, `validate` or the reading of prose in anything but a result or a problem.

Atheris, which mutates bytes by the branches they reach, is not in the lock, since it has no wheel for every system:
`pip install atheris`, then `python -m benchmarks.fuzz read 600` (or `prose`, `page`), in seconds. What it finds becomes
a case of `tests/test_fuzz.py`, which runs the same functions over drawn bytes and over all that was found.
"""

from __future__ import annotations

import sys
import time

from generator.kinds import KINDS
from generator.markdown import heading_text, markdown_text, prose_faults, prose_html, prose_inline
from generator.problems import Refused
from generator.read import read
from generator.validate import validate

SLOW = 2.0
"""Seconds for a few kilobytes that count as a find."""
FILES = ("programmes/x.yml", "agreements/x.yml", "countries.yml", "pages/about/x.md", "format.yml", "retired.yml")


def try_read(data: bytes) -> None:
    """Read and validate the bytes as each sort of file."""
    for path in FILES:
        try:
            documents, problems = read({path: data}, KINDS)
        except Refused:
            continue  # a format that the program does not know is refused in words
        passed, faults = validate(documents, KINDS)
        assert all(problem.message and problem.place.line > 0 for problem in (*problems, *faults))
        assert documents or problems or path in ("countries.yml", "format.yml", "retired.yml")
        assert len(passed) <= len(documents)


def try_prose(data: bytes) -> None:
    """Take the bytes for prose of a record: it is refused or made into HTML, and never both shown and unsafe."""
    text = data.decode("utf-8", "replace")
    list(prose_faults(text))
    for html in (prose_html(text), prose_inline(text)):
        assert "<script" not in html.lower()
        assert "\n\n" not in html
    markdown_text(text)
    heading_text(text)


def try_page(data: bytes) -> None:
    """Take the bytes for the body of a page."""
    list(prose_faults(data.decode("utf-8", "replace"), local_links=True))


TRIED = {"read": try_read, "prose": try_prose, "page": try_page}


def main() -> None:
    """Fuzz one of the functions for so many seconds."""
    import atheris  # type: ignore[import-not-found]

    name, seconds = sys.argv[1], int(sys.argv[2])
    atheris.instrument_all()
    slowest = [0.0, b""]

    def once(data: bytes) -> None:
        begun = time.process_time()
        TRIED[name](data)
        took = time.process_time() - begun
        if took > slowest[0]:
            slowest[:] = [took, data]
        assert took < SLOW, f"{took:.1f} s"

    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-max_len=4096", "-timeout=60"], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
