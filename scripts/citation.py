"""For maintainers: write CITATION.cff anew after the name, description or address in mkdocs.yml changed.

Usage: python -m scripts.citation
"""

from __future__ import annotations

import os
from pathlib import Path

from generator.export.citation_file import citation_file
from generator.site import site_of


def text_of(config: Path) -> str:
    """What the file at the top of the repository says: the settings as written, not as a machine has set them."""
    site = site_of(config)
    return citation_file(site.name, site.description, site.address, site.repository)


if __name__ == "__main__":
    for name in ("SITE_URL", "REPO_URL"):
        os.environ.pop(name, None)
    Path("CITATION.cff").write_text(text_of(Path("mkdocs.yml")), encoding="utf-8")
