"""Read the elements that are blocks: headings, lists, terms, summaries, controls."""

from __future__ import annotations

from collections.abc import Mapping

from annotate.documents.layout import LayoutKind
from annotate.documents.readers import numbering
from annotate.documents.readers.open_page import End, OpenList, OpenPage
from annotate.documents.readers.page_furniture import Attributes, is_note

_SECTIONS = frozenset(
    ("article", "aside", "main", "nav", "section", "blockquote", "td", "fieldset")
)
_LABELS: Mapping[str, LayoutKind] = {"summary": "summary", "dt": "term"}
_MOST_TERMS = 3  # that one definition is of
_LISTED = "choices of a form"


def begin_edge(page: OpenPage, tag: str, attributes: Attributes) -> End | None:
    """Part blocks."""
    page.end_block()
    return None


def begin_block(page: OpenPage, tag: str, attributes: Attributes) -> End:
    """Begin a block, which may be a note or a heading."""
    if attributes and is_note(attributes):
        return page.within(page.to.place._replace(kind="note"))
    if attributes.get("role") == "heading":
        return begin_heading(page, f"h{attributes.get('aria-level', '2')[:1]}", attributes)
    if tag not in _SECTIONS:
        page.end_block()
        return page.end_block
    page.sections += 1
    page.end_block()

    def end() -> None:
        page.end_block()
        page.sections -= 1

    return end


def begin_heading(page: OpenPage, tag: str, attributes: Attributes) -> End:
    """Begin a heading."""
    level = int(tag[1]) if tag[1:] in "123456" and tag[1:] else 2
    page.titles += level == 1
    place = page.to.place
    if level == 1 and place.furniture and place.furniture.startswith(("head", "beside")):
        # What holds the title of the text is its head, and not only that of the site.
        place = place._replace(furniture="")
        page.to.place = place
    if place.kind in ("head", "summary", "term", "caption"):
        return page.within(place)
    if place.table:
        place = page.leave_table()
    return page.within(place._replace(kind="heading", level=level))


def begin_preformatted(page: OpenPage, tag: str, attributes: Attributes) -> End:
    """Begin a block whose line ends count."""
    page.end_block()
    page.verbatim += 1

    def end() -> None:
        page.verbatim -= 1
        page.end_block()

    return end


def begin_list(page: OpenPage, tag: str, attributes: Attributes) -> End:
    """Begin a list."""
    is_ordered = tag == "ol"
    kind: LayoutKind = "note" if attributes and is_note(attributes) else page.to.place.kind
    step = -1 if "reversed" in attributes else 1
    first = numbering.number(attributes.get("start")) if is_ordered else None
    page.lists.append(OpenList(first, step, attributes.get("type", "1")[:1]))
    place = page.to.place
    end_place = page.within(place._replace(kind=kind, depth=place.depth + 1))

    def end() -> None:
        end_place()
        page.lists.pop()

    return end


def begin_item(page: OpenPage, tag: str, attributes: Attributes) -> End:
    """Begin an item of a list."""
    place = page.to.place
    if attributes and is_note(attributes):
        place = place._replace(kind="note")
    elif not place.table and place.kind != "note":
        page.item_count += 1
        depth = max(place.depth, 1)  # an item without a list is one all the same
        place = place._replace(kind="item", depth=depth, item=page.item_count)
    end_place = page.within(place)
    inside = page.lists[-1] if page.lists else None
    if inside is not None and inside.next is not None:
        if "value" in attributes:
            inside.next = numbering.number(attributes["value"])
        page.to.number(numbering.written(inside.next, inside.style))
        inside.next += inside.step

    def end() -> None:
        end_place()
        page.to.number("")

    return end


def begin_definitions(page: OpenPage) -> End:
    """Begin a list of terms with their definitions."""
    page.end_block()
    before, page.terms = page.terms, ()

    def end() -> None:
        page.end_block()
        page.terms = before

    return end


def begin_label(page: OpenPage, tag: str, attributes: Attributes) -> End:
    """Begin a summary, a term, a legend or a caption of a figure."""
    place = page.to.place
    kind = _LABELS.get(tag, "caption")
    end_place = page.within(place if place.table else place._replace(kind=kind))
    position = len(page.to.blocks)

    def end() -> None:
        end_place()
        if len(page.to.blocks) == position:
            return
        if tag == "dt":
            follows = position - 1 in page.terms
            page.terms = (*(page.terms if follows else ()), position)[-_MOST_TERMS:]
        elif tag in ("summary", "legend"):
            page.to.place = page.to.place.headed(position)
        elif tag == "caption" and page.tables:
            page.tables[-1].captions = (position,)

    return end


def begin_definition(page: OpenPage, tag: str, attributes: Attributes) -> End:
    """Begin a definition."""
    place = page.to.place
    place = place.headed(*page.terms)
    return page.within(place if place.table else place._replace(kind="definition"))


def begin_group(page: OpenPage, tag: str, attributes: Attributes) -> End:
    """Begin a group, whose label heads the rest of it."""
    return page.within(page.to.place)


def begin_option(page: OpenPage, tag: str, attributes: Attributes) -> End:
    """Begin a choice of a form."""
    place = page.to.place
    kind = place.kind if place.table else "option"
    return page.within(place._replace(kind=kind, furniture=place.furniture or _LISTED))


def begin_options(page: OpenPage, tag: str, attributes: Attributes) -> End | None:
    """Begin a group of choices."""
    end = begin_option(page, tag, attributes)
    page.words(attributes.get("label", ""))
    return end


def begin_nothing(page: OpenPage, tag: str, attributes: Attributes) -> End | None:
    """Count a control that shows no words."""
    page.buttons += tag == "input"
    return None
