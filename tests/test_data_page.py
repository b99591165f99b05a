"""The page on the data: every file is there, and every example gives the answer that the page shows."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from conftest import TODAY, base_files, catalogue_of
from standards import program
from tables_fixture import ADDRESS, SITE, Published

from generator.build import data_of
from generator.derive import derive
from generator.export.offered import FOLDER, Distribution, offered, sums
from generator.kinds import KINDS
from generator.render.data import EXAMPLE_SITE, LANGUAGES, PATH, DataPage, data_page
from generator.render.place import PagePlace
from generator.render.words import words_of
from generator.write import write

PROGRAMS = {"r": "Rscript", "curl": "curl"}
"""Languages whose program is not Python's own, and the program."""


# -- examples


@pytest.fixture(scope="module")
def host(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The data, built for the address of a host on this machine and served there."""
    folder = tmp_path_factory.mktemp("host")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        site = type(SITE)(SITE.name, SITE.description, SITE.repository, address)
        write(data_of(published.catalogue, published.views, site), folder)
        Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def guess_type(self, path: str | os.PathLike[str]) -> str:
        return "text/turtle" if str(path).endswith(".ttl") else super().guess_type(path)

    def log_message(self, format: str, *args: object) -> None:
        pass


def text_of(name: str) -> str:
    return (Path("generator/templates/examples") / f"{name}.txt").read_text(encoding="utf-8")


def answered(language: str, text: str, host: str, folder: Path) -> str:
    """What a user gets who runs an example in an empty folder."""
    text = text.replace(EXAMPLE_SITE, host)
    if language == "sql":
        run(["curl", "--silent", "--remote-name", f"{host}api/v1/catalogue.sqlite"], folder)
        rows = sqlite3.connect(folder / "catalogue.sqlite").execute(text)
        return "".join("|".join(map(str, row)) + "\n" for row in rows)
    runs = {"r": "Rscript", "curl": "sh"}.get(language, sys.executable)
    file = folder / f"example.{language}"
    file.write_text(text, encoding="utf-8")
    return run([runs, str(file)], folder)


def run(command: list[str], folder: Path) -> str:
    environment = os.environ | {"LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "ignore", "no_proxy": "*"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("question", "language"),
    [("check", "curl"), *((question, ending) for question in ("bound", "borders") for ending, _ in LANGUAGES)],
)
def test_every_example_gives_the_answer_that_the_page_shows(
    question: str, language: str, host: str, tmp_path: Path
) -> None:
    if language in PROGRAMS:
        program((PROGRAMS[language],), f"the examples of the data page for {PROGRAMS[language]}")
    found = answered(language, text_of(f"{question}-{language}"), host, tmp_path)
    assert found.rstrip("\n") == text_of(f"{question}-answer").rstrip("\n")


def test_every_example_is_on_the_page_as_it_was_run(page: str) -> None:
    shown = {unescape(text) for text in re.findall(r"<code>(.*?)</code></pre>", page, re.DOTALL)}
    files = sorted(Path("generator/templates/examples").iterdir())
    assert shown == {file.read_text("utf-8").strip("\n").replace(EXAMPLE_SITE, ADDRESS) for file in files}
    assert len(files) == 2 + 2 * (len(LANGUAGES) + 1)


# -- files


@pytest.fixture(scope="module")
def files(published: Published) -> tuple[Distribution, ...]:
    return offered(published.files, KINDS)


@pytest.fixture(scope="module")
def page(published: Published, files: tuple[Distribution, ...]) -> str:
    [(path, text)] = data_page(published.catalogue, published.views, SITE, files).items()
    assert path == PagePlace(PATH).file
    return text


def test_every_file_but_those_of_single_records_is_listed_with_its_checksum(
    page: str, files: tuple[Distribution, ...]
) -> None:
    listed = re.findall(r'<li><a href="\.\./([^"]+)">.*?<code class="sum">([0-9a-f]{64})</code>', page)
    assert sorted(listed) == sorted((each.path, each.sha256) for each in files if not each.record)
    for kind in KINDS:
        if kind.name != "page":
            single = [each for each in files if each.kind == kind.name and each.record]
            assert f">{len(single)} (" in page, kind.name


def test_the_sums_are_of_all_files_in_a_form_that_is_checked(published: Published) -> None:
    text = published.files["api/v1/SHA256SUMS"]
    others = {path: data for path, data in published.files.items() if path != "api/v1/SHA256SUMS"}
    assert text == sums(others)
    assert len(text.splitlines()) == len([path for path in others if path.startswith(FOLDER)])
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
        cwd=published.folder, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")


def test_a_file_that_was_changed_on_the_way_is_seen(published: Published, tmp_path: Path) -> None:
    shutil.copy(published.folder / "SHA256SUMS", tmp_path)
    (tmp_path / "index.json").write_text("{}")
    done = subprocess.run(
        ["sha256sum", "--check", "--ignore-missing", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (1, "index.json: FAILED\n")


@pytest.mark.parametrize(("size", "told"), [(1, "1 byte"), (999, "999 bytes"), (1000, "1 kB"), (1550, "1.6 kB"),
                                            (12345, "12 kB"), (999_999, "1,000 kB"), (4_009_984, "4 MB")])  # fmt: skip
def test_sizes_are_told_as_people_read_them(
    size: int, told: str, published: Published, files: tuple[Distribution, ...]
) -> None:
    made = DataPage(files, words_of("en"), published.catalogue, ADDRESS)
    assert made.size(size).replace("\N{NO-BREAK SPACE}", " ") == told


def test_a_site_without_an_address_has_the_page_too() -> None:
    catalogue = catalogue_of(base_files())
    views = derive(catalogue, TODAY)
    site = type(SITE)()
    text = data_page(catalogue, views, site, offered(data_of(catalogue, views, site), KINDS))[PagePlace(PATH).file]
    assert EXAMPLE_SITE in text
