"""What is wrong in the built site: in which file, what, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Flaw:
    """One mistake of the result, told once. `file` is its path below the site's folder."""

    file: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what} {self.mend}".rstrip()
