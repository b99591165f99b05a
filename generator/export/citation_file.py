"""`CITATION.cff`: how the catalogue as a whole is cited, in the Citation File Format 1.2.0."""

from __future__ import annotations

from datetime import date
from typing import Any

import yaml


def citation_file(
    name: str, description: str, address: str, repository: str, day: date | None = None, version: str = ""
) -> str:
    """The file, made of what `mkdocs.yml` says of the site.

    `day` is that for which the data were built; it is their version too, unless a release has another. The file at
    the top of the repository has none, since it holds for every day. An address or description that is not set is
    left out.
    """
    values: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this catalogue, please cite it with the day for which its data were built.",
        "type": "dataset",
        "title": name,
        "abstract": description,
        "authors": [{"name": f"The contributors of the {name}"}],
        "version": version or (day.isoformat() if day else ""),
        "date-released": day,
        "license": "CC-BY-4.0",
        "url": address,
        "repository-code": repository,
    }
    told = {key: value for key, value in values.items() if value}
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=100)
