"""Measure the generator: `make bench`, or `python -m benchmarks [COUNT …]`.

CPU seconds of one cold process for each size; wall times swing on shared machines.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.corpus import corpus
from benchmarks.weight import weigh_all
from generator.site import site_of
from generator.verification import verify

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

CHILD = """
import resource, sys, time
from datetime import date
from pathlib import Path
start = time.process_time()
from generator.build import build
from generator.read import read_folder
from generator.write import write
imported = time.process_time()
files, _ = read_folder(Path(sys.argv[1]))
built = build(files, date(2026, 11, 23))
assert not built.problems, built.problems[:3]
made = time.process_time()
done = write(built.tree, Path(sys.argv[2]))
end = time.process_time()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(imported - start, made - imported, end - made, peak, done.written, done.kept)
"""


def main() -> None:
    """Print a row for each size."""
    sizes = [int(text) for text in sys.argv[1:]] or [200, 1000]
    print(" records  KB each     run  start-up  generate   write   rec/s     MB  files")
    for size in sizes:
        measure(size)
    checks(max(sizes))
    real(Path("content"))


def checks(size: int) -> None:
    """`catalogue check` as a person runs it: all records for the first time, then one of them changed."""
    print("   check of      CPU     wall")
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        write_corpus(content, corpus(size))
        shutil.copy("mkdocs.yml", folder)
        _check(folder, f"all {size:>5}")
        changed = content / "programmes" / "p00001.yml"
        for turn in range(3):
            changed.write_text(f"# {turn}\n{changed.read_text(encoding='utf-8')}", encoding="utf-8")
            _check(folder, f"one of {size}")


def _check(folder: str, what: str) -> None:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    command = [sys.executable, "-m", "generator", "check"]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{what:>12} {cpu:>6.2f}s {wall:>7.2f}s", flush=True)


def write_corpus(content: Path, files: Mapping[str, str]) -> None:
    """Put the files of a corpus into a content folder."""
    for name, text in files.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def measure(size: int) -> None:
    """One size: a cold run, and a second that should write nothing."""
    with tempfile.TemporaryDirectory() as folder:
        content, docs = Path(folder) / "content", Path(folder) / "docs"
        files = corpus(size)
        write_corpus(content, files)
        mean = sum(len(t.encode()) for n, t in files.items() if n.startswith("programmes/")) / size / 1000
        for run in ("cold", "again"):
            print(_row(size, mean, run, _run(content, docs)), flush=True)


def _run(content: Path, docs: Path) -> list[float]:
    command = [sys.executable, "-c", CHILD, str(content), str(docs)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(part) for part in done.stdout.split()]


def _row(size: int, mean: float, run: str, figures: list[float]) -> str:
    start, made, written, peak, new, kept = figures
    rate = size / (made + written)
    return (
        f"{size:>8} {mean:>8.2f} {run:>7} {start:>8.2f}s {made:>8.2f}s {written:>6.2f}s {rate:>7.0f} {peak:>6.0f}"
        f"  {new:.0f} written, {kept:.0f} unchanged"
    )


def real(content: Path) -> None:
    """The whole build of the real content, as a person runs it."""
    if not content.is_dir():
        return
    with tempfile.TemporaryDirectory() as folder:
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        site = str(Path(folder) / "site")
        subprocess.run(
            [sys.executable, "-m", "generator", "build", "--site-dir", site], check=True, capture_output=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        pages = sum(1 for _ in Path(site).rglob("index.html"))
        print(f"catalogue build, real content: {pages} pages, {cpu:.1f} CPU s, {time.monotonic() - start:.1f} s wall")
        last_look(Path(site))
        weights(Path(site))


def last_look(site: Path) -> None:
    """What the last step of a build costs: the look at every page, link and data file of the built site."""
    address = site_of(Path("mkdocs.yml")).address
    start = time.process_time()
    flaws = verify(site, address)
    print(f"the last look at it: {time.process_time() - start:.1f} CPU s, {len(flaws)} flaws")


def weights(site: Path) -> None:
    """What goes over the line: the heaviest page of each kind, then a search from it, in kilobytes."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        print("No browser here: the weight of pages was not measured.")
        return
    print("   view  search  compressed kB over the line")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        for weight in weigh_all(chromium, site):
            print(weight, flush=True)
        chromium.close()


if __name__ == "__main__":
    main()
