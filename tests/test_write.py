"""The tree goes to disk: only what changed is written, nothing stale stays, nothing leaves the folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import base_files, whole_tree_of

from generator.write import Written, write


def times(folder: Path) -> dict[str, int]:
    """When each file was written."""
    return {p.relative_to(folder).as_posix(): p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}


def texts_in(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in folder.rglob("*") if p.is_file()}


def test_the_folder_holds_just_the_tree(tmp_path: Path) -> None:
    tree = {"index.md": "Text – é\n", "a/b/c.md": "c", "a/b.json": "{}"}
    assert write(tree, tmp_path / "docs") == Written(3, 0, 0)
    assert texts_in(tmp_path / "docs") == tree


def test_what_is_no_text_is_written_byte_for_byte(tmp_path: Path) -> None:
    assert write({"a.bin": b"\x00\xff\r\n", "a.csv": "a\r\n"}, tmp_path) == Written(2, 0, 0)
    assert (tmp_path / "a.bin").read_bytes() == b"\x00\xff\r\n"
    assert (tmp_path / "a.csv").read_bytes() == b"a\r\n"


def test_a_second_write_writes_nothing(tmp_path: Path) -> None:
    tree = whole_tree_of(base_files())
    write(tree, tmp_path)
    before = times(tmp_path)
    assert write(whole_tree_of(base_files()), tmp_path) == Written(0, len(tree), 0)
    assert times(tmp_path) == before


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    write({"a.md": "a", "b.md": "b", "c.md": "c"}, tmp_path)
    before = times(tmp_path)
    assert write({"a.md": "a", "b.md": "B", "c.md": "cc"}, tmp_path) == Written(2, 1, 0)
    assert times(tmp_path)["a.md"] == before["a.md"]
    assert texts_in(tmp_path) == {"a.md": "a", "b.md": "B", "c.md": "cc"}


def test_what_is_stale_is_deleted_with_its_empty_folders(tmp_path: Path) -> None:
    write({"a/b/c.md": "c", "a/d.md": "d", "e/f/g.md": "g"}, tmp_path)
    assert write({"a/d.md": "d"}, tmp_path) == Written(0, 1, 2)
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*")) == ["a", "a/d.md"]


def test_a_stale_link_is_deleted_and_not_what_it_leads_to(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "x.md").write_text("x")
    docs = tmp_path / "docs"
    write({"a.md": "a"}, docs)
    (docs / "link").symlink_to(kept, target_is_directory=True)
    (docs / "link.md").symlink_to(kept / "x.md")
    write({"a.md": "a"}, docs)
    assert (kept / "x.md").read_text() == "x"
    assert texts_in(docs) == {"a.md": "a"}


@pytest.mark.parametrize("name", ["../x.md", "a/../../x.md", "/tmp/x.md", "a/..", "..", "a\0b"])
def test_a_path_that_leaves_the_folder_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="leaves the folder"):
        write({name: "x"}, tmp_path / "docs")
    assert not (tmp_path / "x.md").exists()


def test_a_file_gives_way_to_a_folder_and_a_folder_to_a_file(tmp_path: Path) -> None:
    write({"a": "file", "b/c/d": "deep", "e/f": "f"}, tmp_path)
    (tmp_path / "e" / "g").symlink_to(tmp_path / "b", target_is_directory=True)
    assert write({"a/b/c": "deep", "b": "file", "e/g/h": "h"}, tmp_path) == Written(3, 0, 2)
    assert texts_in(tmp_path) == {"a/b/c": "deep", "b": "file", "e/g/h": "h"}


def test_a_disk_that_is_full_leaves_the_folder_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = {"a": "a", "b/c": "c", "d": "d"}
    write(old, tmp_path / "docs")
    before = times(tmp_path / "docs")
    real = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if data == b"last":
            raise OSError(28, "No space left on device", str(path))
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write({"a": "A", "b/c": "C", "e": "last"}, tmp_path / "docs")
    assert texts_in(tmp_path / "docs") == old
    assert times(tmp_path / "docs") == before
    assert [path.name for path in tmp_path.iterdir()] == ["docs"]
