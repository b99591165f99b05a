"""`catalogue links`: whether the addresses that records cite still give what was cited."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import click

from generator.checking import check
from generator.commands.common import BUILD, LINKS, Settings, known_links, progress
from generator.links.asking import Asker
from generator.links.cited import Cited, cited
from generator.links.digest import digest
from generator.links.fetch import Answer, Limits, fetch
from generator.links.rounds import Clock, Pace, Paced, Round
from generator.model.links import Known, Ledger, bare, write_ledger
from generator.problems import Refused
from generator.read import read_folder
from generator.site import site_of


@click.command("links")
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]…")
@click.option("--ledger", "path", help="What is known of each address.  [default: ledger/links.json]",
              type=click.Path(path_type=Path, dir_okay=False))  # fmt: skip
@click.option("--digest", "report", default=BUILD / "links.md", show_default=True, help="The report for editors.",
              type=click.Path(path_type=Path, dir_okay=False))  # fmt: skip
@click.option("--minutes", default=50.0, show_default=True, help="End after so long; the rest comes first next time.")
@click.option("--delay", default=2.0, show_default=True, help="Seconds between two questions to one host.")
@click.option("--private", is_flag=True, help="Ask machines of this network too.")
@click.pass_obj
def links_command(
    settings: Settings,
    addresses: tuple[str, ...],
    path: Path,
    report: Path,
    minutes: float,
    delay: float,
    private: bool,
) -> None:
    """Ask the addresses that records cite whether they still give what was cited; all, or those that are named.

    It asks one question at a time, hosts in turn, heeds robots.txt and says who it is. What it finds goes into the
    ledger, which pages are built from: readers are told of an address that failed on three different days. A build
    asks no address.

    Example: catalogue links https://www.sica.int
    """
    files, _ = read_folder(settings.content)
    catalogue, problems = check(files)
    if problems:
        raise Refused("The records have problems, so not all that they cite is known. Run: catalogue check.")
    path = path or settings.config.parent / LINKS
    known = known_links(path)
    every = cited(catalogue)
    wanted = _wanted(every, addresses)
    pace = Pace(delay=delay, whole=minutes * 60)
    site = site_of(settings.config)
    going = _round(site.address, pace, settings, Limits(private=private))
    try:
        looked = going.go(wanted.values(), known)
    except KeyboardInterrupt:
        click.echo("Stopped; what was found so far is kept.", err=True)
        looked = going.found
    ledger = {address: found for address in every if (found := looked.get(address) or known.get(address))}
    _write(path, write_ledger(ledger))
    _write(report, digest(every, ledger, settings.today))
    click.echo(_summary(wanted, looked, ledger, path))


def _round(site: str, pace: Pace, settings: Settings, limits: Limits) -> Round:
    agent = f"eu-lac-catalogue-links/1.0 (+{site})"
    told = {"User-Agent": agent, "Accept": "text/html, */*;q=0.5", "Accept-Language": "en, *;q=0.5",
            "Accept-Encoding": "gzip", "Connection": "close"}  # fmt: skip

    def ask(address: str, headers: Mapping[str, str], method: str) -> Answer:
        with progress(address):
            return fetch(address, {**told, **headers}, limits, method)

    clock = Clock(time.monotonic, time.sleep)
    paced = Paced(ask, clock, pace.delay)
    return Round(Asker(paced, agent), paced, pace, clock, settings.today, _tell)


def _wanted(every: Mapping[str, Cited], addresses: tuple[str, ...]) -> Mapping[str, Cited]:
    strangers = [each for each in addresses if bare(each) not in every]
    if strangers:
        raise click.UsageError(f"No record cites {strangers[0]}.")
    return {bare(each): every[bare(each)] for each in addresses} if addresses else every


def _tell(address: str, known: Known) -> None:
    if known.untold or known.failure:
        reason = known.untold or (known.failure and known.failure.reason)
        since = f" since {known.failure.since}" if known.failure and not known.untold else ""
        click.echo(f"{address}: {reason.label if reason else ''}{since}")


def _summary(wanted: Mapping[str, Cited], looked: Mapping[str, Known], ledger: Ledger, path: Path) -> str:
    counted = Counter("untold" if each.untold else "failed" if each.failure else "good" for each in looked.values())
    dead = sum(1 for each in ledger.values() if each.dead)
    left = f", {len(wanted) - len(looked)} left for next time" if len(wanted) > len(looked) else ""
    return (
        f"{len(looked)} addresses asked: {counted['good']} good, {counted['failed']} failed, "
        f"{counted['untold']} do not say{left}. Readers are told of {dead}. {path} written."
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
