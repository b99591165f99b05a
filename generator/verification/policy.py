"""Every page says what it may load and run, and holds no code that its policy would have to allow."""

from __future__ import annotations

from collections.abc import Iterator

from generator.verification.flaw import Flaw
from generator.verification.output import Output


def against_policy(output: Output) -> Iterator[Flaw]:
    """Pages without a policy, and code or styles inside a page.

    No hash is computed for code that is found: it would bless whatever got in.
    """
    if not any(page.policy for page in output.pages.values()):
        return  # `catalogue serve` leaves it out: the page that renews itself holds a script of MkDocs
    for page in output.pages.values():
        if not page.policy or " and " in page.policy:
            yield Flaw(page.file, "It has not one Content Security Policy.", "overrides/main.html writes it.")
        for code in page.code:
            yield Flaw(page.file, f"It holds the code «{code.strip()}».", "Put it into a file below overrides/assets.")
        if any(each.strip() for each in page.inline):
            yield Flaw(page.file, "It holds a style of its own.", "Put it into overrides/assets/catalogue.css.")
