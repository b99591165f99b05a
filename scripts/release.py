"""Pack the data into one archive, ready for a place that keeps it for good and gives it a DOI.

Usage: python -m scripts.release [FOLDER]

The archive is the same, byte for byte, on every machine: its files are sorted, have one date (that of the commit, or
SOURCE_DATE_EPOCH), one mode and no owner. They are stored, not compressed: zlib gives other bytes in other versions
and on other processors, and the places that keep archives compress what they send. The workbook is a ZIP file
itself, so it is packed anew without compression. What the archive says depends on the commit, on SITE_URL and
REPO_URL, and on nothing else.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from generator.build import data_of
from generator.checking import check
from generator.derive import derive
from generator.export.citation_file import citation_file
from generator.export.offered import FOLDER, SUMS
from generator.history import last_changes
from generator.read import read_folder
from generator.render import Site
from generator.site import site_of

CONTENT, CONFIG, DIST = Path("content"), Path("mkdocs.yml"), Path("dist")
TERMS = ("LICENSE", "LICENSE-CONTENT", "NOTICE")
"""Files of the repository that go with the data as they are."""
TAG = re.compile(r"v(\d+(?:\.\d+)*[a-z0-9.+-]*)\Z")
FIRST = datetime(1980, 1, 1, tzinfo=UTC)
"""Before it ZIP has no dates."""
UNIX, MODE = 3, 0o100644


class Refusal(Exception):
    """Why no archive can be made, in a sentence."""


@dataclass(frozen=True)
class State:
    """What is packed: the version, the moment that all files get, the day for which statuses are computed."""

    version: str
    moment: datetime

    @property
    def day(self) -> date:
        return self.moment.date()


# -- the repository


def state_of(folder: Path, epoch: str = "") -> State:
    """The state of a repository. `epoch` are seconds since 1970 that stand for the moment of the commit, if any.

    Raises `Refusal` where it holds something that no commit has, or where git does not know the whole history.
    """
    if _git(folder, "rev-parse", "--is-inside-work-tree") != "true":
        raise Refusal("This is no git repository: nobody could say what the archive holds. Clone the repository.")
    if changed := _git(folder, "status", "--porcelain"):
        first = changed.splitlines()[0].split(maxsplit=1)[1]
        raise Refusal(f"{first} is not as the last commit has it. Commit it, or take it out; then make the release.")
    if _git(folder, "rev-parse", "--is-shallow-repository") == "true":
        raise Refusal("This clone is shallow: the days of the last changes are not known. git fetch --unshallow")
    moment = datetime.fromtimestamp(int(epoch or _git(folder, "log", "-1", "--format=%ct")), UTC)
    if moment < FIRST:
        raise Refusal("SOURCE_DATE_EPOCH is before 1980, where dates in a ZIP file begin.")
    return State(_version(folder) or moment.date().isoformat(), moment)


def _version(folder: Path) -> str:
    """The version that a tag of this very commit gives, or nothing; of several the last."""
    tags = _git(folder, "tag", "--points-at", "HEAD", "--sort=version:refname").splitlines()
    found = [match[1] for tag in tags if (match := TAG.match(tag))]
    return found[-1] if found else ""


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


# -- what the archive holds


def built(site: Site, day: date) -> dict[str, str | bytes]:
    """The open data of the repository's content, as they are published. Raises `Refusal` where it has problems."""
    files, faults = read_folder(CONTENT)
    catalogue, problems = check(files)
    if told := [*faults, *problems]:
        raise Refusal(f"The content has {len(told)} problems. See them with: catalogue check")
    return data_of(catalogue, derive(catalogue, day), site)


def data_files(published: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """The files of an archive that hold data, by path below `data/`."""
    left_out = (SUMS, f"{FOLDER}CITATION.cff")  # both stand at the top, for the archive as it is
    taken = {path.removeprefix(FOLDER): text for path, text in published.items() if path not in left_out}
    data = {path: text.encode() if isinstance(text, str) else text for path, text in taken.items()}
    return {path: stored(each) if path.endswith(".xlsx") else each for path, each in data.items()}


def stored(workbook: bytes) -> bytes:
    """A ZIP file with the same parts, none of them compressed."""
    made = BytesIO()
    with ZipFile(BytesIO(workbook)) as old, ZipFile(made, "w", ZIP_STORED) as new:
        for each in old.infolist():
            part = ZipInfo(each.filename, each.date_time)
            part.create_system, part.external_attr = UNIX, MODE << 16
            new.writestr(part, old.read(each))
    return made.getvalue()


def archive_files(data: Mapping[str, bytes], terms: Mapping[str, bytes], site: Site, state: State) -> dict[str, bytes]:
    """All files of an archive by path below its folder. `terms` are licences and notices."""
    texts = {
        "README.md": readme(site, state),
        "CITATION.cff": citation_file(
            site.name, site.description, site.address, site.repository, state.day, state.version
        ),
        ".zenodo.json": zenodo(site, state),
    }
    made = {**terms, **{f"data/{path}": b for path, b in data.items()}, **{n: t.encode() for n, t in texts.items()}}
    sums = "".join(f"{hashlib.sha256(made[path]).hexdigest()}  {path}\n" for path in sorted(made))
    return {**made, "SHA256SUMS": sums.encode()}


def packed(files: Mapping[str, bytes], folder: str, moment: datetime) -> bytes:
    """A ZIP file with these files in one folder."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as archive:
        for path in sorted(files):
            part = ZipInfo(f"{folder}/{path}", moment.timetuple()[:6])
            part.create_system, part.external_attr = UNIX, MODE << 16
            archive.writestr(part, files[path])
    return made.getvalue()


def zenodo(site: Site, state: State) -> str:
    """What Zenodo reads of a deposit, where it finds it in the repository's archive."""
    told: dict[str, Any] = {
        "title": site.name,
        "upload_type": "dataset",
        "description": site.description,
        "creators": [{"name": f"The contributors of the {site.name}"}],
        "license": "cc-by-4.0",
        "version": state.version,
        "publication_date": state.day.isoformat(),
        "access_right": "open",
        "language": "eng",
        "related_identifiers": [
            {"identifier": address, "relation": relation, "scheme": "url"}
            for address, relation in ((site.address, "isIdenticalTo"), (site.repository, "isSupplementedBy"))
            if address
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def readme(site: Site, state: State) -> str:
    """What somebody needs who finds the archive in twenty years."""
    return f"""\
# {site.name}, {state.version}

{site.description}

The data are those of {state.day.isoformat()}: statuses were computed for that day. The catalogue itself is at
{site.address or "the address in CITATION.cff"}.

| file | what |
|---|---|
| `data/catalogue.xlsx` | all tables in one workbook; its first sheet explains every column |
| `data/catalogue.sqlite` | all tables in one SQLite database |
| `data/tables/*.csv` | the tables as CSV; `data/datapackage.json` describes them |
| `data/everything.ndjson`, `data/<kind>.json`, `data/<kind>/<id>.json` | the records as JSON |
| `data/schema/*.json`, `data/openapi.json` | what the JSON files hold, as JSON Schema 2020-12 and OpenAPI 3.1 |
| `data/catalogue.ttl`, `data/catalogue.jsonld` | every field of every record as RDF; `data/terms.ttl` explains names |
| `data/statuses.ttl` | statuses by date as RDF |
| `data/themes.ttl` | the themes as SKOS |
| `data/iati/activities.xml` | programmes as IATI 2.03 activities |
| `data/dcat.ttl` | the files as they are published on the web, by DCAT-AP 3.0.1 |
| `SHA256SUMS` | checksums of all files here: `sha256sum --check SHA256SUMS` |
| `CITATION.cff` | how to cite this |
| `LICENSE-CONTENT`, `LICENSE`, `NOTICE` | the terms of the data, of the program, and what came from others |

Text is UTF-8. Dates are as precise as their source (EDTF). Sums of money of different `basis` are never added up. A
fact without a source is marked as unverified. The workbook holds the same as the published one, without compression,
so `data/dcat.ttl` gives another size and checksum for it.

The data are under Creative Commons Attribution 4.0 International: use them for anything, name the source, and say what
you changed.
"""


# -- the command


def name_of(site: Site, state: State) -> str:
    """What the archive is called: the name of the site in plain letters, and the version."""
    plain = "-".join(re.findall("[a-z0-9]+", site.name.lower())) or "catalogue"
    return f"{plain}-{state.version}"


def release(target: Path) -> Path:
    """Make the archive in a folder, and tell where it is. Raises `Refusal`."""
    state = state_of(Path(), os.environ.get("SOURCE_DATE_EPOCH", ""))
    told = site_of(CONFIG)
    site = Site(told.name, told.description, told.repository, told.address, last_changes(CONTENT))
    terms = {name: Path(name).read_bytes() for name in TERMS}
    files = archive_files(data_files(built(site, state.day)), terms, site, state)
    name = name_of(site, state)
    target.mkdir(parents=True, exist_ok=True)
    made = target / f"{name}.zip"
    beside = made.with_suffix(".part")
    beside.write_bytes(packed(files, name, state.moment))
    beside.replace(made)
    return made


def main() -> None:
    """Make the archive, or say why not."""
    try:
        made = release(Path(sys.argv[1]) if sys.argv[1:] else DIST)
    except Refusal as refusal:
        sys.exit(str(refusal))
    print(f"{made}: {made.stat().st_size:,} bytes, sha256 {hashlib.sha256(made.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
