"""The last look at a built site before it takes the place of the one that is served.

Each check is a function from the `Output` to flaws, in the module of its subject; `CHECKS` lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from generator.verification.addresses import dead
from generator.verification.data import broken_data, missing_parts
from generator.verification.finding import hidden_without_reason, unlisted, unmapped, unsearched
from generator.verification.flaw import Flaw
from generator.verification.heads import wrong_addresses, wrong_languages
from generator.verification.hosts import foreign_loads
from generator.verification.links import dead_addresses, dead_links, dead_loads
from generator.verification.output import Output, read_output
from generator.verification.policy import against_policy
from generator.verification.weight import too_heavy

CHECKS: tuple[Callable[[Output], Iterator[Flaw]], ...] = (
    dead_links,
    dead_loads,
    dead_addresses,
    foreign_loads,
    against_policy,
    unsearched,
    unmapped,
    unlisted,
    hidden_without_reason,
    wrong_addresses,
    wrong_languages,
    too_heavy,
    broken_data,
    missing_parts,
)


def verify(site: Path, address: str = "", ledger: frozenset[str] = frozenset()) -> tuple[Flaw, ...]:
    """Everything that is wrong in a built site that will stand at an address, sorted by file.

    `ledger` holds the addresses that were published before. Without an address, what depends on it is not looked at.
    Nothing is written, and nothing is asked of a network.
    """
    output = read_output(site, address)
    found = {flaw for check in CHECKS for flaw in check(output)}
    return tuple(sorted(found.union(dead(output, ledger))))
