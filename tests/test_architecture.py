"""Who knows what: the table of imports, held by reading them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache

import pytest
from conftest import HERE

ROOT = HERE.parent / "generator"
MODULES = sorted(".".join(path.relative_to(ROOT).with_suffix("").parts) for path in ROOT.rglob("*.py"))

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "__init__": (),
    "problems": (),
    "explained": ("problems",),
    "model.*": ("problems", "model.*"),
    "kinds.__init__": ("model.*", "kinds.*"),
    "kinds.*": ("problems", "model.*"),
    "markdown": (),
    "charts.*": ("charts.*",),
    "read": ("problems", "model.*"),
    "validate": ("problems", "model.*", "markdown"),
    "link": ("problems", "model.*"),
    "derive.*": ("problems", "model.*", "kinds.*", "derive.*"),
    "render.*": ("schema.*", "explained", "model.*", "kinds.*", "markdown", "charts.*", "derive.*", "render.*"),
    "export.linked.*": ("markdown", "model.*", "kinds.*", "derive.*", "schema.*", "export.*"),
    "export.*": ("model.*", "kinds.*", "derive.*", "schema.*", "export.*"),
    "schema.*": ("model.*", "schema.*"),
    "write": ("place",),
    "place": ("problems",),
    "advise": ("problems", "model.*"),
    "survey": ("checking", "problems", "model.*", "kinds.*", "read", "validate", "link", "advise"),
    "checking": ("problems", "model.*", "kinds.*", "read", "validate", "link"),
    "build": ("checking", "problems", "model.*", "kinds.*", "derive.*", "render.*", "export.*"),
    "history": (),
    "links.*": ("problems", "markdown", "model.*", "links.*"),
    "revision": ("problems", "model.values", "read"),
    "commits": ("history", "read"),
    "chronicle": (
        *("problems", "model.*", "kinds.*", "read", "validate", "derive.*", "difference.*", "commits"),
        "editing.migrations",
    ),
    "difference.*": ("model.*", "markdown", "derive.*", "difference.*"),
    "hosting": ("charts.embed",),
    "site": ("problems", "place", "render.__init__", "hosting", "search_index", "search_service"),
    "search_index": (),
    "search_service": ("problems",),
    "verification.*": ("verification.*",),
    "cards": (),
    "reports.*": ("problems", "editing.mending", "editing.patches", "reports.*"),
    "editing.*": ("problems", "model.*", "kinds.*", "checking", "read", "advise", "schema.*", "editing.*"),
    "iati.*": (
        *("problems", "model.*", "kinds.*", "markdown", "checking", "read", "validate", "link", "advise"),
        *("editing.*", "schema.*", "iati.*"),
    ),
    "commands.__init__": (),
    "commands.*": ("*",),
    "__main__": ("problems", "commands.*", "editing.transaction"),
}
"""Module and the modules of ours that it may import; the first row that fits counts."""

COMMANDS = {"__main__"} | {module for module in MODULES if module.startswith("commands.")}
NETWORK = {"links.fetch"}
"""Modules that speak to other machines."""
DISK = {
    "schema.samples",
    "search_service",
    "place",
    "read",
    "write",
    "history",
    "revision",
    "commits",
    "site",
    "cards",
    "verification.output",
    "editing.transaction",
} | COMMANDS
"""Modules that open files. Templates and translations are loaded by Jinja and gettext."""

OPENERS = (
    "open read_text read_bytes write_text write_bytes mkdir rmdir unlink rename touch iterdir glob rglob stat"
    " exists is_file is_dir symlink_to"
).split()
CLOCKS = {"today", "now", "utcnow", "time", "monotonic"}


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse((ROOT / module.replace(".", "/")).with_suffix(".py").read_text(encoding="utf-8"))


def row_of(module: str) -> tuple[str, ...]:
    return next(allowed for name, allowed in MAY_IMPORT.items() if fnmatchcase(module, name))


def is_for_types_only(node: ast.AST, module: ast.Module) -> bool:
    """Whether an import stands below `if TYPE_CHECKING:`: a name for the reader, nothing at run time."""
    blocks = [
        each for each in ast.walk(module) if isinstance(each, ast.If) and "TYPE_CHECKING" in ast.unparse(each.test)
    ]
    return any(node in ast.walk(block) for block in blocks)


def imports_of(module: str) -> Iterator[str]:
    """The modules of ours that a module imports, packages as `name.__init__`."""
    tree = tree_of(module)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "generator":
            assert node.level == 0
            package = node.module.removeprefix("generator").lstrip(".") if node.module else ""
            names = [".".join(filter(None, (package, alias.name))) for alias in node.names]
            found = [resolved(name) or resolved(package) for name in names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.split(".")[0] == "generator"]
            found = [resolved(name.removeprefix("generator.")) for name in names]
        else:
            continue
        if not is_for_types_only(node, tree):
            yield from (name for name in found if name)


def resolved(name: str) -> str | None:
    if name in MODULES:
        return name
    return f"{name}.__init__" if f"{name}.__init__" in MODULES else None


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_its_row_allows(module: str) -> None:
    allowed = row_of(module)
    strangers = {name for name in imports_of(module) if not any(fnmatchcase(name, pattern) for pattern in allowed)}
    assert not strangers, f"{module} may import {', '.join(allowed) or 'nothing of ours'}"


def test_every_module_has_a_row_and_every_row_a_module() -> None:
    assert all(any(fnmatchcase(module, name) for name in MAY_IMPORT) for module in MODULES)
    assert all(any(fnmatchcase(module, name) for module in MODULES) for name in MAY_IMPORT)


def test_imports_are_seen() -> None:
    assert {"read", "validate", "link"} <= set(imports_of("checking"))
    assert "kinds.agreement" in set(imports_of("kinds.__init__"))


def test_no_stage_imports_another_but_for_what_derive_found() -> None:
    stages = {"read", "validate", "link", "derive", "render", "export", "write"}
    for module in MODULES:
        stage = module.partition(".")[0]
        if stage in stages:
            others = {name.partition(".")[0] for name in imports_of(module)} & stages - {stage}
            assert others <= ({"derive"} if stage in ("render", "export") else set()), module


def test_kinds_do_not_know_one_another() -> None:
    for module in MODULES:
        if module.startswith("kinds.") and module != "kinds.__init__":
            assert not [name for name in imports_of(module) if name.startswith("kinds.")], module


def test_modules_import_one_another_in_no_ring() -> None:
    graph = {module: set(imports_of(module)) for module in MODULES}
    while free := {module for module, needs in graph.items() if not needs & set(graph) - {module}}:
        graph = {module: needs for module, needs in graph.items() if module not in free}
    assert not graph, f"a ring among {sorted(graph)}"


def calls_of(module: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node.lineno


def is_in_memory(node: ast.ImportFrom) -> bool:
    """Whether an import brings only what looks like a file and is none."""
    return node.module == "io" and {alias.name for alias in node.names} <= {"BytesIO", "StringIO"}


@pytest.mark.parametrize("module", [module for module in MODULES if module not in DISK | NETWORK])
def test_files_are_opened_at_the_doors_only(module: str) -> None:
    opened = [(name, line) for name, line in calls_of(module) if name in OPENERS]
    assert not opened
    names = {
        alias.name.partition(".")[0]
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    names |= {
        (node.module or "").partition(".")[0]
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.ImportFrom) and not is_in_memory(node)
    }
    assert not names & {"os", "shutil", "subprocess", "socket", "urllib.request", "http", "requests", "tempfile", "io"}


def test_the_build_does_not_know_the_weekly_look_at_links() -> None:
    """It reads what was found (`model.links`), and asks no address."""
    reached, waiting = set(), {"build", "site", "commands.site"}
    while waiting:
        module = waiting.pop()
        reached.add(module)
        waiting |= set(imports_of(module)) - reached
    assert "model.links" in reached
    assert not {module for module in reached if module.startswith("links.") or module in NETWORK}


@pytest.mark.parametrize("module", [module for module in MODULES if module != "__main__"])
def test_nobody_but_the_commands_asks_for_the_time(module: str) -> None:
    assert not [(name, line) for name, line in calls_of(module) if name in CLOCKS]


@pytest.mark.parametrize("module", [module for module in MODULES if module not in {"site"} | COMMANDS])
def test_nobody_but_the_commands_prints_or_exits(module: str) -> None:
    assert not [
        (name, line) for name, line in calls_of(module) if name in ("print", "exit", "echo", "SystemExit", "input")
    ]


@pytest.mark.parametrize("module", MODULES)
def test_what_is_public_says_what_it_is(module: str) -> None:
    tree = tree_of(module)
    assert ast.get_docstring(tree), f"{module} has no docstring"
    public = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_"]
    silent = [node.name for node in public if not ast.get_docstring(node) and not _is_small(node)]
    assert not silent


def _is_small(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """A function of one line whose name and types say it all."""
    return isinstance(node, ast.FunctionDef) and len(node.body) == 1
