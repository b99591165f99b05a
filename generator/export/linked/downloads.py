"""The data in the words of schema.org, for searches of data sets: what stands in the page on the data.

The files of one kind are those that hold all its records; its other tables and single records are told by DCAT.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.export.linked.addresses import IT, Addresses
from generator.export.offered import Distribution
from generator.export.plain import Json
from generator.model.kind import Kind

PLACE = "data/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def downloads(
    files: Iterable[Distribution], kinds: tuple[Kind, ...], site: str, description: str, addresses: Addresses
) -> Iterator[dict[str, Json]]:
    """The catalogue of data, and a data set for all records and for each kind, as nodes of JSON-LD.

    `site` is the name of the site, `description` what the page says of the data.
    """
    listed = tuple(files)
    catalogue = f"{addresses.site}{PLACE}{IT}"
    shown = tuple(kind for kind in kinds if kind.name != "page")
    sets: list[tuple[str, str, str, tuple[Distribution, ...]]] = [
        ("all", f"{site}: all records", description, tuple(f for f in listed if not f.kind and not f.family))
    ]
    for kind in shown:
        name = f"{site}: {kind.title.lower()}"
        what = f"The {kind.title.lower()} of the {site}, with the evidence for every statement."
        sets.append((kind.section, name, what, tuple(_of_all(listed, kind))))
    yield {
        "@type": "DataCatalog",
        "@id": catalogue,
        "name": site,
        "description": description,
        "license": LICENCE,
        "dataset": [{"@id": f"{addresses.site}{PLACE}#{key}"} for key, *_ in sets],
    }
    for key, name, what, own in sets:
        yield {
            "@type": "Dataset",
            "@id": f"{addresses.site}{PLACE}#{key}",
            "name": name,
            "description": what,
            "url": addresses.site + PLACE,
            "license": LICENCE,
            "isAccessibleForFree": True,
            "creator": {"@type": "Organization", "name": f"The contributors of the {site}"},
            "includedInDataCatalog": {"@id": catalogue},
            "distribution": [_download(each, addresses) for each in own],
        }


def _of_all(files: tuple[Distribution, ...], kind: Kind) -> Iterator[Distribution]:
    table = f"/{kind.section.replace('-', '_')}.csv"
    for each in files:
        if each.kind == kind.name and not each.record and ("/tables/" not in each.path or each.path.endswith(table)):
            yield each


def _download(file: Distribution, addresses: Addresses) -> dict[str, Json]:
    made: dict[str, Json] = {
        "@type": "DataDownload",
        "name": file.title,
        "contentUrl": addresses.site + file.path,
        "contentSize": f"{file.size} B",
    }
    sort = file.offer.sort
    return made | {"encodingFormat": sort.media_type or sort.name}
