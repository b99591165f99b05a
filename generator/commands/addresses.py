"""`catalogue addresses`: the ledger of all addresses that were published grows by those of the built site."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.common import Settings
from generator.problems import Refused
from generator.verification.addresses import addresses_of, dead, parse, written
from generator.verification.output import read_output

LEDGER = Path("ledger") / "addresses.txt"
"""The ledger; it lies beside the settings of the site, since it belongs to the place where that stands."""


@click.command("addresses")
@click.option("--site-dir", default="site", show_default=True, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; tell what is new and what is dead.")
@click.pass_obj
def addresses_command(settings: Settings, site_dir: Path, only_check: bool) -> None:
    """Note every address of the built site, so that no later build lets it die.

    The ledger is ledger/addresses.txt beside mkdocs.yml: pages, data, and anchors of sections. Addresses are added,
    never taken out. It ends with 1 where one that was published leads nowhere now: do not publish such a site.

    Example: catalogue addresses --check
    """
    if not (site_dir / "index.html").is_file():
        raise Refused(f"There is no site in {site_dir}. Run catalogue build first.")
    output = read_output(site_dir)
    ledger = ledger_of(settings)
    new = addresses_of(output) - ledger
    flaws = list(dead(output, ledger))
    if not only_check and new:
        path = settings.config.parent / LEDGER
        path.parent.mkdir(exist_ok=True)
        path.write_text(written(ledger | new), encoding="utf-8", newline="\n")
    for flaw in flaws:
        click.echo(str(flaw), err=True)
    click.echo(f"{len(ledger | new)} addresses, {len(new)} new, {len(flaws)} dead.")
    if flaws:
        raise SystemExit(1)


def ledger_of(settings: Settings) -> frozenset[str]:
    """The addresses that were published; none before the first time."""
    try:
        return parse((settings.config.parent / LEDGER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return frozenset()
