"""The reading form of pages: what a rendered page says as plain Markdown, for programs and people without a browser.

It is made from the page itself, so the two can't say different things. What only a browser can use stays out: forms,
buttons, drawings (each has its table beside it) and the ways to edit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import unescape
from urllib.parse import quote, urljoin

from lxml import etree

from generator.render.words import Words

ENDING = "index.md.txt"
"""MkDocs takes every `.md` for a page, so the reading form ends otherwise."""
FRONT = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)
LEFT_OUT = frozenset("script style template form nav svg button input label select fieldset noscript".split())
"""Elements that only a browser can use."""
CLASSES_LEFT_OUT = frozenset("vh url ev__s mend asof facets chart map do".split())
"""Hidden words; addresses that the link beside them has; the ways back from a source, whose number each fact has; ways
to act on a page or to filter it; drawings, whose tables follow."""
BLOCKS = frozenset(
    "div p section aside article ul ol li dl dt dd table details summary figure figcaption blockquote pre hr caption"
    " h1 h2 h3 h4 h5 h6".split()
)
SMALL = frozenset({"sub", "flag"})
"""Classes of words that are set apart from those before them: in parentheses where letters have one size."""


def readings(pages: Mapping[str, str], address: str, words: Words, today: str) -> dict[str, str]:
    """The reading form beside each page of the tree that is read: none for those that only lead on.

    `address` is that of the site: all links are whole. `today` is the day for which the pages were made, in words.
    """
    return {
        path.removesuffix("index.md") + ENDING: reading(text, address + path.removesuffix("index.md"), words, today)
        for path, text in pages.items()
        if path.endswith("index.md") and not _leads_on(text)
    }


def _leads_on(text: str) -> bool:
    front = FRONT.match(text)
    return bool(front) and "\nleads_to:" in front[0]  # type: ignore[index]


def reading(page: str, url: str, words: Words, today: str) -> str:
    """One page of our Markdown with HTML blocks as Markdown without HTML. `url` is the address of the page."""
    front = FRONT.match(page)
    blocks = list(_page_blocks(page[front.end() :] if front else page, url))
    first = next((number for number, block in enumerate(blocks) if block.startswith("# ")), None)
    title = [blocks.pop(first)] if first is not None else []
    says = words.say("As of {date}").format(date=today)
    return "\n\n".join([*title, f"{url} · {says}", *_without_empty_sections(blocks)]) + "\n"


def _page_blocks(text: str, url: str) -> Iterator[str]:
    """The blocks of a page: HTML becomes Markdown, what is Markdown stays, with whole links."""
    for chunk in _chunks(text):
        if re.match(r"<(?:[a-z][a-z0-9]*[\s>]|!--)", chunk):
            yield from _Converter(url).blocks(_parsed(chunk))
        elif chunk.startswith("#"):
            marks, _, title = chunk.partition(" ")
            yield f"{marks} {plain(unescape(title))}"
        else:
            yield LOCAL.sub(lambda found: f"]({_target(found[1], url)}", chunk)


LOCAL = re.compile(r"\]\((#[^)\s]+|(?:\.\./)+[^)\s:]*|[^)\s:]+\.(?:md|webp)(?:#[^)\s]*)?)")
"""A link of hand-written Markdown to a section, another page, a picture or a data file, seen from the page's place."""


def _chunks(text: str) -> Iterator[str]:
    """What stands between empty lines; a fence is one piece, and a heading right after HTML is its own."""
    kept: list[str] = []
    fence = False
    for line in text.splitlines():
        heading = line.startswith("#") and not fence and (not kept or kept[-1].endswith(">"))
        if not fence and (heading or not line.strip()):
            if kept:
                yield "\n".join(kept)
            kept = []
        if line.startswith(("```", "~~~")) and (fence or not kept or not kept[0].startswith("<")):
            fence = not fence
        if heading:
            yield line
        elif line.strip() or fence:
            kept.append(line)
    if kept:
        yield "\n".join(kept)


def _parsed(html: str) -> etree._Element:
    return etree.fromstring(f"<body>{html}</body>", PARSER)[0]


PARSER = etree.HTMLParser(remove_comments=True, huge_tree=False)


def _without_empty_sections(blocks: list[str]) -> Iterator[str]:
    """A section that was a drawing alone has nothing to say; its heading goes too."""
    for number, block in enumerate(blocks):
        level = _level(block)
        following = blocks[number + 1] if number + 1 < len(blocks) else "# "
        if not level or not 0 < _level(following) <= level:
            yield block


def _level(block: str) -> int:
    found = re.match(r"(#{1,6}) ", block)
    return len(found[1]) if found else 0


# -- text


def plain(text: str) -> str:
    """A text in which Markdown sees no mark-up, on one line."""
    return SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))


SPECIAL = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)|~(?=~)|(?<=~)~")
"""What would be read as mark-up wherever it stands."""
AT_START = re.compile(r"(?:[-+](?=\s|$)|#{1,6}(?=\s|$)|>|-(?=-)|=(?==)|~(?=~~)|(?:\d{1,9})(?=[.)](?:\s|$)))")
"""What would begin a list, a heading, a quotation or a line at the start of a paragraph."""


def _paragraph(text: str) -> str:
    """A text as the beginning of a block."""
    found = AT_START.match(text)
    if not found:
        return text
    return f"{found[0]}\\{text[found.end() :]}" if found[0].isdigit() else f"\\{text}"


def _target(href: str, url: str) -> str:
    """A whole address as a link's target; a page named by its Markdown file is named by its place."""
    whole = urljoin(url, INDEX.sub(r"\1", href) or ".")
    return TARGET.sub(lambda found: quote(found[0], safe=""), whole)


INDEX = re.compile(r"(^|/)index\.md(?=$|#)")
TARGET = re.compile(r"[\s<>()|\\`]|&(?=#?\w+;)")
"""What would end a target or be read otherwise in it."""


class _Converter:
    """HTML as our templates write it to blocks of Markdown, on one page."""

    def __init__(self, url: str) -> None:
        self.url = url

    # -- inside a line

    def inline(self, element: etree._Element) -> str:
        """The words of an element on one line; blocks in it are parted by semicolons."""
        parts = (_flat(block) for block in self.blocks(element))
        return "; ".join(filter(None, parts))

    def _run(self, element: etree._Element) -> str:
        """An element that stands in a line."""
        if self._is_left_out(element):
            return ""
        tag, classes = element.tag, _classes(element)
        if "src" in classes or "ev__n" in classes:
            numbers = re.findall(r"\d+", "".join(element.itertext()))
            return "".join(f" [{number}]" for number in numbers)
        if tag in ("code", "samp"):
            return _code("".join(element.itertext()))
        if tag == "br":
            return " "
        inner = self._inner(element)
        if tag == "a":
            return self._link(element, inner)
        words = inner.strip()
        if not words:
            return inner
        if tag in ("strong", "b"):
            return f"**{words}**"
        if tag == "em":
            return f"*{words}*"
        if classes & SMALL:
            return f" ({words})"
        return f" — {words}" if "ev__m" in classes else inner

    def _inner(self, element: etree._Element) -> str:
        parts = [_text(element.text)]
        for child in element:
            parts += (self._run(child), _text(child.tail))
        return "".join(parts)

    def _link(self, element: etree._Element, inner: str) -> str:
        href = element.get("href") or ""
        words = inner.strip()
        if "flag" in _classes(element):
            return f" ({words})"
        return inner if href.startswith("#") or not words else f"[{words}]({_target(href, self.url)})"

    # -- blocks

    def blocks(self, element: etree._Element, but: str = "") -> list[str]:
        """The blocks of an element: paragraphs of the lines in it, and what its blocks make; none of the tag `but`."""
        made: list[str] = []
        line = [_text(element.text)]

        def flush() -> None:
            words = " ".join("".join(line).split())
            if words:
                made.append(_paragraph(words))
            line.clear()

        for child in element:
            if child.tag in BLOCKS:
                flush()
                if child.tag != but and not self._is_left_out(child):
                    made += HOW.get(child.tag, _Converter.blocks)(self, child)
            else:
                line.append(self._run(child) if not self._has_blocks(child) else self._spread(child, flush, made))
            line.append(_text(child.tail))
        flush()
        return made

    def _has_blocks(self, element: etree._Element) -> bool:
        return any(each.tag in BLOCKS for each in element.iterdescendants()) and element.tag not in LEFT_OUT

    def _spread(self, element: etree._Element, flush: Callable[[], None], made: list[str]) -> str:
        flush()
        made += [] if self._is_left_out(element) else self.blocks(element)
        return ""

    def heading(self, element: etree._Element) -> list[str]:
        words = " ".join(self._inner(element).split())
        return [f"{'#' * int(element.tag[1])} {words}"] if words else []

    def listed(self, element: etree._Element) -> list[str]:
        """A list; an ordered one counts, but for sources, which have their numbers."""
        counts = element.tag == "ol" and not _classes(element) & {"bare"}
        items = [item for li in element.iterchildren("li") if not self._is_left_out(li) for item in [self._item(li)]]
        filled = [item for item in items if item]
        return ["\n".join(f"{f'{n}.' if counts else '-'} {item}" for n, item in enumerate(filled, 1))] if filled else []

    def _item(self, element: etree._Element) -> str:
        lines: list[str] = []
        nested: list[str] = []
        for block in self.blocks(element):
            (nested if LIST.match(block) else lines).append(block)
        head = re.sub(r"^(\[\d+\]) · ", r"\1 ", " · ".join(lines))
        deeper = "".join("\n" + "\n".join(f"   {line}" for line in block.split("\n")) for block in nested)
        return f"{head}{deeper}" if head else _flat("\n".join(nested))

    def described(self, element: etree._Element) -> list[str]:
        """Names and values as a list."""
        made: list[str] = []
        for each in element.iter("dt", "dd"):
            words = self.inline(each)
            if each.tag == "dt":
                made.append(f"- **{words}:**")
            elif words and made:
                made[-1] += f" {words}"
        return ["\n".join(made)] if made else []

    def table(self, element: etree._Element) -> list[str]:
        """A table with its caption before it; a column that only draws has nothing to say."""
        cells = [row for tr in element.iter("tr") if (row := [cell for cell in tr if self._is_cell(cell)])]
        rows = _without_drawings(
            [[(self._cell(cell), cell.find(".//svg") is not None) for cell in row] for row in cells]
        )
        if not rows:
            return []
        head, *body = rows if element.find("thead") is not None else ([""] * len(rows[0]), *rows)
        lines = [_row(head), _row(["---"] * len(head)), *map(_row, body)]
        caption = element.find("caption")
        told = [f"**{words}**" for words in [self.inline(caption)] if words] if caption is not None else []
        return [*told, "\n".join(lines)]

    def _is_cell(self, element: etree._Element) -> bool:
        return element.tag in ("th", "td") and not self._is_left_out(element)

    def _cell(self, cell: etree._Element) -> str:
        return self.inline(cell).replace("|", r"\|")

    def folded(self, element: etree._Element) -> list[str]:
        """What is folded away is opened, under its summary."""
        summary = element.find("summary")
        words = self.inline(summary) if summary is not None else ""
        inside = self.blocks(element, but="summary")
        return [f"**{words}:**", *inside] if words and inside else inside

    def example(self, element: etree._Element) -> list[str]:
        """An example of a file, line by line, with what the check says of a line."""
        caption = element.find("figcaption")
        lines = element.findall("ol/li")
        if not lines:
            return self.blocks(element)
        code = ["".join(found.itertext()) if (found := li.find("code")) is not None else "" for li in lines]
        said = [
            f"- {number}: {_code(''.join(each.itertext()))}"
            for number, li in enumerate(lines, 1)
            for each in li.iter("samp")
        ]
        told = [self.inline(caption)] if caption is not None else []
        return [*told, _fence("\n".join(code)), *(["\n".join(said)] if said else [])]

    def verbatim(self, element: etree._Element) -> list[str]:
        return [_fence("".join(element.itertext()).strip("\n"))]

    def figure(self, element: etree._Element) -> list[str]:
        return self.example(element) if "eg" in _classes(element) else self.blocks(element)

    def quoted(self, element: etree._Element) -> list[str]:
        return ["\n>\n".join(f"> {block}" for block in self.blocks(element))]

    def _is_left_out(self, element: etree._Element) -> bool:
        if element.tag in LEFT_OUT or element.get("hidden") is not None:
            return True
        return element.tag != "caption" and not CLASSES_LEFT_OUT.isdisjoint(_classes(element))


HOW: dict[str, Callable[[_Converter, etree._Element], list[str]]] = {
    **{f"h{level}": _Converter.heading for level in range(1, 7)},
    "ul": _Converter.listed, "ol": _Converter.listed, "dl": _Converter.described, "table": _Converter.table,
    "details": _Converter.folded, "figure": _Converter.figure, "pre": _Converter.verbatim,
    "blockquote": _Converter.quoted,
}  # fmt: skip
"""How each block is written; any other is what is in it."""
LIST = re.compile(r"(?:-|\d+\.) ")


def _classes(element: etree._Element) -> set[str]:
    return set((element.get("class") or "").split())


def _text(text: str | None) -> str:
    """Text between elements: its blanks at both ends part words."""
    if not text:
        return ""
    words = plain(text)
    if not words:
        return " "
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() else ''}"


def _flat(block: str) -> str:
    """A block as part of a line."""
    lines = [re.sub(r"^\s*(?:[-+]|\d+\.) ", "", line) for line in block.split("\n")]
    return "; ".join(filter(None, lines))


def _without_drawings(rows: list[list[tuple[str, bool]]]) -> list[list[str]]:
    """Rows of words without the columns that only draw; each cell comes with whether it has a drawing."""
    columns = range(len(rows[0])) if rows else ()
    cells = {at: [row[at] for row in rows[1:] if at < len(row)] for at in columns}
    drawn = {at for at in columns if any(draws for _, draws in cells[at]) and not any(words for words, _ in cells[at])}
    return [[words for at, (words, _) in enumerate(row) if at not in drawn] for row in rows]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _code(text: str) -> str:
    """Words of code on one line, between more backticks than they have."""
    words = " ".join(text.split())
    if not words:
        return ""
    ticks = "`" * (max((len(run) for run in re.findall("`+", words)), default=0) + 1)
    edge = " " if words[0] == "`" or words[-1] == "`" else ""
    return f"{ticks}{edge}{words}{edge}{ticks}"


def _fence(text: str) -> str:
    ticks = "`" * max(3, max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    return f"{ticks}\n{text}\n{ticks}"
