"""References as they are written: of a sound record they are those that its model found."""

from __future__ import annotations

from conftest import HERE, base_files

from generator.checking import look
from generator.model.references import written_references
from generator.model.values import Reference
from generator.model.walk import walk
from generator.read import read_folder


def test_of_every_sound_record_they_are_those_of_its_model() -> None:
    found = 0
    for files in (base_files(), read_folder(HERE.parent / "content")[0]):
        for one in look(files).passed:
            if one.kind.name == "retired":
                continue  # a tombstone says of which kind its successor is
            walked = {path: value for path, value in walk(one.record) if isinstance(value, Reference)}
            written = written_references(one.kind.model, one.document.values)
            assert written == walked, one.document.path
            assert {p: r.kinds for p, r in written.items()} == {p: r.kinds for p, r in walked.items()}
            found += len(walked)
    assert found > 2000
