"""A feed as JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from typing import Any

from generator.export.feeds.entries import Entry
from generator.export.feeds.shapes import Feed, stamp


def json_feed(feed: Feed, kept: dict[str, str]) -> str:
    """The text of the feed. `kept` are entries that were written before, by id, and takes the new ones."""
    head: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.page,
        "feed_url": feed.url(".json"),
        "icon": f"{feed.home}assets/icon-180.png",
        "favicon": f"{feed.home}assets/icon-48.png",
        "language": "en",
        "authors": [{"name": feed.site, "url": feed.home}],
    }
    kept.update({each.id: _item(each, feed.home) for each in feed.entries if each.id not in kept})
    told = ",\n".join(kept[each.id] for each in feed.entries)
    return f'{_dumped(head)[:-1]},"items":[\n{told}\n]}}\n' if told else f"{_dumped({**head, 'items': []})}\n"


def _item(entry: Entry, home: str) -> str:
    made: dict[str, Any] = {"id": entry.id, "title": entry.title}
    if entry.url:
        made["url"] = entry.url
    made |= {
        "content_html": entry.html,
        "summary": entry.summary,
        "date_published": stamp(entry.when),
        "date_modified": stamp(entry.when),
        "tags": list(dict.fromkeys(label for _, _, label in entry.tags)),
    }
    if entry.change:
        change = entry.change
        made["_catalogue"] = {
            "about": f"{home}follow/",
            "change": change.sort,
            "kind": change.kind,
            "id": change.id,
            **({"former_id": change.old} if change.old else {}),
            "countries": list(change.countries),
            "themes": list(change.themes),
        }
    return _dumped(made)


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
