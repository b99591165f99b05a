"""A difference for programs.

The shape is stable: fields are added, never renamed or taken out.

    {"base": "main",                      the revision, as it was named
     "headline": "1 record changed.",     the first sentence of the text form
     "empty": false,                      true where nothing changes for readers
     "notes": ["…"],                      what could not be compared
     "records": [{"sort": "changed", "kind": "group", "id": "SICA", "title": "SICA", "old": null, "facts": 15,
                  "because": "",         why, for a record that was retired
                  "fields": [{"path": ["events", 2, "place"], "where": ["History", "Signed 2012-06-29", "Place"],
                              "before": "Brussels", "after": "Lima", "order_only": false}]}],
     "statuses": [{"kind", "id", "title", "party", "before", "after"}],
     "lost": [{"kind", "id", "title", "where", "loss", "before", "after"}],
     "dead": [{"address", "title", "mend"}],
     "pages": [{"sort": "indirect", "address", "title", "before", "after", "because", "through"}],
     "drawn": ["countries/cl/"],
     "totals": [{"group", "label", "before", "after"}]}

`sort` of a record is changed, added, renamed, merged, retired or removed; that of a page is record, added, removed,
indirect or site.
`before` and `after` of a field are texts in readers' words, or null where there was or is nothing.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from generator.difference.sentences import headline
from generator.difference.shapes import Difference


def as_json(found: Difference) -> str:
    """The whole difference as JSON, in the shape above."""
    told = {"base": found.base, "headline": headline(found), "empty": found.empty}
    lists = ("notes", "records", "statuses", "lost", "dead", "pages", "drawn", "totals")
    made = told | {name: [_plain(each) for each in getattr(found, name)] for name in lists}
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value
    made = asdict(value)
    if "key" in made:
        kind, id = made.pop("key")
        return {"kind": kind, "id": id, **made}
    return made
