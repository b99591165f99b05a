from __future__ import annotations
import sys
from pathlib import Path
import click
from generator.kinds import KINDS
from generator.link import link
from generator.problems import in_order
from generator.read import read, read_folder
from generator.validate import validate


@click.group()
@click.option("--content", default="content", type=click.Path(path_type=Path))
@click.pass_context
def main(context: click.Context, content: Path) -> None:
    context.obj = content


@main.command()
@click.argument("paths", nargs=-1)
@click.pass_obj
def check(content: Path, paths: tuple[str, ...]) -> None:
    files, p = read_folder(content)
    d, q = read(files, KINDS)
    r, v = validate(d, KINDS)
    c, l = link(r, d, KINDS)
    problems = [x for x in in_order(p + q + v + l) if not paths or any(x.place.path.startswith(y.removeprefix("content/")) for y in paths)]
    for x in problems:
        print(f"content/{x}", file=sys.stderr)
    print(len(r), "records,", len(problems), "problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
