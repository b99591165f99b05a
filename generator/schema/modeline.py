"""The first line of a record: it tells an editor's program which schema the file follows."""

from __future__ import annotations

from generator.model.kind import Kind

FOLDER = "generator/schema"
"""Where the schemas lie, from the top of the repository."""
MARK = "# yaml-language-server:"


def schema_file(kind: Kind) -> str:
    """The name of the schema of a kind: of a record, or of the whole file for a kind kept in one."""
    return f"{kind.section if kind.file else kind.name}.schema.json"


def modeline(kind: Kind) -> str:
    """The line for a file of a kind that has its place in `content/`; nothing for pages, which are no YAML files."""
    if kind.folder == "pages":
        return ""
    up = "../" if kind.file else "../../"
    return f"{MARK} $schema={up}{FOLDER}/{schema_file(kind)}"
