"""`catalogue generate`, `build` and `serve`: from records to the site."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from generator.build import Built, build
from generator.cards import make_cards
from generator.commands.addresses import ledger_of
from generator.commands.chronicle import chronicle_of
from generator.commands.common import BUILD, LINKS, Settings, known_links, progress, texts_of
from generator.editing.transaction import alone
from generator.history import last_changes
from generator.problems import Refused
from generator.read import read_folder
from generator.reports import Report
from generator.reports.text import as_text
from generator.site import SiteError, make_headers, make_pages, make_search, site_of, swap
from generator.survey import survey
from generator.verification import verify
from generator.write import write

CARDS = Path(".cache/cards")
OF_THE_DISK = frozenset(
    (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.EBUSY, errno.ENOTDIR,
     errno.EISDIR, errno.EEXIST, errno.ENAMETOOLONG)
)  # fmt: skip
"""What a disk refuses for reasons that its owner can mend; all else is a mistake of ours."""
BUSY = "Another build is at work in this folder. Wait until it is done, then try again."


STRICT = click.option("--strict", is_flag=True, help="Let warnings stop it, as catalogue check --strict does.")


@click.command("generate")
@STRICT
@click.pass_obj
def generate_command(settings: Settings, strict: bool) -> None:
    """Turn the records into Markdown and data below build/docs, and do nothing else.

    Example: catalogue generate
    """
    with _at_work():
        _generate(settings, strict=strict)


@contextmanager
def _at_work() -> Iterator[None]:
    """One build at a time, and what the disk refuses told as that. Raises `Refused`."""
    try:
        BUILD.mkdir(exist_ok=True)
        with alone(BUILD, BUSY):
            yield
    except OSError as error:
        if error.errno not in OF_THE_DISK:
            raise
        where = f" ({error.filename})" if error.filename else ""
        raise Refused(
            f"The disk does not let us write: {error.strerror or error}{where}. What was built before stays as it was. "
            "Make room or mend the rights, then try again."
        ) from None


def _generate(settings: Settings, *, strict: bool = False) -> Built:
    files, faults = read_folder(settings.content)
    with progress("Reading and rendering records"):
        changed, links = last_changes(settings.content), known_links(settings.config.parent / LINKS)
        built = build(
            files,
            settings.today,
            site_of(settings.config),
            changed=changed,
            links=links,
            told=chronicle_of(settings.content),
        )
    problems = [*faults, *(survey(files, settings.today).problems if strict else built.problems)]
    if problems:
        told = Report(tuple(problems), texts_of(files, problems), settings.content.as_posix())
        click.echo(as_text(told, list_warnings=True), nl=False, err=True)
        raise SystemExit(1)
    done = write(built.tree, BUILD / "docs")
    click.echo(f"{len(built.tree)} files: {done.written} written, {done.kept} unchanged, {done.deleted} deleted.")
    return built


@click.command("build")
@click.option("--site-dir", default="site", show_default=True, type=click.Path(path_type=Path))
@STRICT
@click.pass_obj
def build_command(settings: Settings, site_dir: Path, strict: bool) -> None:
    """Check, generate, run MkDocs and Pagefind, and look at the result.

    A build that fails leaves the last good site as it was.

    Example: catalogue build --site-dir public
    """
    with _at_work():
        _generate(settings, strict=strict)
        _make_site(settings, site_dir)
    pages = sum(1 for _ in site_dir.rglob("index.html"))
    click.echo(f"{pages} pages in {site_dir}.")


def _make_site(settings: Settings, site_dir: Path, *, csp: bool = True) -> None:
    fresh = BUILD / "site"
    shutil.rmtree(fresh, ignore_errors=True)
    with progress("Building pages"):
        make_pages(settings.config, BUILD / "docs", fresh, csp=csp)
    with progress("Drawing share cards"):
        make_cards(fresh, CARDS)
    with progress("Indexing for search"):
        make_search(fresh)
    headers = make_headers(settings.config, fresh) if csp else ""
    with progress("Looking at every page, link and file"):
        flaws = verify(fresh, site_of(settings.config).address, ledger_of(settings))
    if flaws:
        raise SiteError("\n".join([*map(str, flaws[:50]), _told(len(flaws))]))
    swap(fresh, site_dir)
    if csp:
        (BUILD / "nginx.conf").write_text(headers, encoding="utf-8")


def _told(flaws: int) -> str:
    count = "1 fault" if flaws == 1 else f"{flaws} faults"
    return f"{count} in the built site. It was not published: what was there before stays as it was."


@click.command("serve")
@click.option("--port", default=8000, show_default=True)
@click.pass_obj
def serve_command(settings: Settings, port: int) -> None:
    """Build the site and show it; an edited record shows in the browser by itself.

    Example: catalogue serve --port 8080
    """
    from mkdocs.livereload import LiveReloadServer

    site_dir = BUILD / "served"

    def rebuild() -> None:
        try:
            with _at_work():
                _generate(settings)
                _make_site(settings, site_dir, csp=False)
        except (SystemExit, Refused) as error:
            if isinstance(error, Refused):
                click.echo(str(error), err=True)
            click.echo("The site still shows the last good build.", err=True)

    rebuild()
    if not site_dir.exists():
        raise SystemExit(1)
    server = LiveReloadServer(builder=rebuild, host="127.0.0.1", port=port, root=str(site_dir), mount_path="/")
    for path in (settings.content, Path("overrides"), settings.config):
        server.watch(str(path))
    click.echo(f"http://127.0.0.1:{port}/ shows the site. Ctrl-C stops.")
    try:
        server.serve()  # type: ignore[no-untyped-call]
    finally:
        server.shutdown()
