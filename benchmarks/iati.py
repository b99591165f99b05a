"""IATI files made to measure: `python -m benchmarks.iati [ACTIVITIES …]`, CPU seconds and memory of one cold import.

The activities are like those of a large publisher: programmes with contracts below, some 5 KB each.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

COUNTRIES = "AR BO BR CL CO CR CU DO EC SV GT HN MX NI PA PY PE UY VE".split()
SECTORS = "15110 15112 16010 21010 23110 32130 41010 43030 43040 11420 99810 31110".split()
WORDS = "water border health justice trade energy forest city youth research school road river market harvest".split()
ELSEWHERE = "AF KE MZ VN UA".split()


def iati_file(count: int, *, seed: int = 1, elsewhere: float = 0.0) -> Iterator[str]:
    """The text of a file with that many activities, in pieces; a share of them far from Latin America."""
    chance = random.Random(seed)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<iati-activities version="2.03" generated-datetime="2026-01-31T00:00:00Z">\n'
    parent = ""
    for number in range(count):
        if number % 6 == 0:
            parent = f"XI-IATI-EC_INTPA-{number}"
        places = ELSEWHERE if chance.random() < elsewhere else COUNTRIES
        yield activity(number, parent, places, chance)
    yield "</iati-activities>\n"


def activity(number: int, parent: str, places: list[str], chance: random.Random) -> str:
    """One activity: a programme where it is its own parent, else a contract below it."""
    identifier = f"XI-IATI-EC_INTPA-{number}"
    above = "" if identifier == parent else f'<related-activity type="1" ref="{parent}"/>'
    text = " ".join(chance.choice(WORDS) for _ in range(90))
    title = " ".join(chance.choice(WORDS) for _ in range(6))
    country, sector = chance.choice(places), chance.choice(SECTORS)
    year = chance.randrange(2008, 2025)
    money = "\n".join(
        f"""  <transaction><transaction-type code="{chance.choice("2333344")}"/>
    <transaction-date iso-date="{year}-0{n}-11"/>
    <value currency="EUR" value-date="{year}-0{n}-11">{chance.randrange(1000, 900000)}.{n}0</value>
    <provider-org ref="XI-IATI-EC_INTPA"><narrative>European Commission</narrative></provider-org>
    <receiver-org><narrative>Partner {chance.randrange(300)}</narrative></receiver-org></transaction>"""
        for n in range(1, 9)
    )
    return f"""<iati-activity default-currency="EUR" xml:lang="en" hierarchy="{1 if not above else 2}">
  <iati-identifier>{identifier}</iati-identifier>
  <reporting-org ref="XI-IATI-EC_INTPA" type="15"><narrative>European Commission</narrative></reporting-org>
  <title><narrative>{title} {number}</narrative><narrative xml:lang="es">{title} {number} es</narrative></title>
  <description type="1"><narrative>{text}</narrative><narrative xml:lang="es">{text}</narrative></description>
  <participating-org ref="XI-IATI-EC_INTPA" role="1"><narrative>European Commission</narrative></participating-org>
  <participating-org role="4"><narrative>Partner {chance.randrange(300)}</narrative></participating-org>
  <activity-status code="{chance.choice("1234")}"/>
  <activity-date type="1" iso-date="{year}-01-01"/><activity-date type="2" iso-date="{year}-02-01"/>
  <activity-date type="3" iso-date="{year + 4}-12-31"/>
  <recipient-country code="{country}" percentage="100"/>
  <sector vocabulary="1" code="{sector}" percentage="100"/>
  <sector vocabulary="99" code="Z{sector}" percentage="100"><narrative>{title}</narrative></sector>
  <budget type="1" status="2"><period-start iso-date="{year}-01-01"/><period-end iso-date="{year}-12-31"/>
    <value currency="EUR" value-date="{year}-01-01">{chance.randrange(1000, 900000)}</value></budget>
{money}
  {above}
</iati-activity>
"""


def main() -> None:
    """Print a row for each size; the last one is 100 MB, three in four far away."""
    sizes = [(int(text), 0.0) for text in sys.argv[1:]] or [(500, 0.0), (24_000, 0.75)]
    print("activities      MB       CPU   peak MB")
    for count, elsewhere in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "activities.xml"
            with path.open("w", encoding="utf-8") as file:
                file.writelines(iati_file(count, elsewhere=elsewhere))
            size = path.stat().st_size / 1e6
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            command = [sys.executable, "-m", "generator", "import", "iati", str(path), "--out", f"{folder}/drafts"]
            subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(f"{count:>10} {size:>7.1f} {cpu:>8.2f}s {after.ru_maxrss / 1024:>9.0f}", flush=True)


if __name__ == "__main__":
    main()
