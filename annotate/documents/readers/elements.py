"""Every element of HTML, and what it is in the text: one table, one rule for each.

The obsolete elements that browsers still draw are in it too. What is not in it, a browser draws as
part of the line, and so does the reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Rule = Literal[
    "inline",
    "parted",
    "block",
    "sectioning",
    "heading",
    "bold",
    "slanted",
    "underlined",
    "quote",
    "link",
    "raised",
    "list",
    "item",
    "term",
    "definition",
    "group",
    "summary",
    "caption",
    "legend",
    "table",
    "row",
    "cell",
    "head",
    "columns",
    "option",
    "options",
    "preformatted",
    "break",
    "edge",
    "reading",
    "struck",
    "unshown",
    "dialog",
    "nothing",
]
"""What is done with an element:

- inline: part of the line. parted: part of the line, parted from its neighbours by white space.
- block: words before it, in it and behind it are parted as blocks. sectioning: a block whose own
  header and footer are not those of the page. group: a block whose first label heads the rest.
  The head of a file is a block too: where no tag begins the body, the parser leaves in the head
  what it does not know. What belongs there (title, style, script) is no text by itself.
- heading, list, item, term, definition, summary, caption, legend, table, row, cell, head, option:
  a block of this kind. columns: nothing but the rows in it.
- bold, slanted, underlined: part of the line, set so; a block that is bold as a whole may be a
  heading, and what is emphasised at the start of one a label. quote: in quote marks.
- link, raised: part of the line, unless it is the mark of a note, which stands apart behind it.
- preformatted: a block whose line ends count. break: a line end. edge: parts blocks.
- reading: how a word is read (ruby), which stands apart behind the block.
- struck, unshown: no text. dialog: no text unless it is open. nothing: shows no words.
"""

_BY_RULE: Mapping[Rule, str] = {
    "inline": """
        abbr acronym bdi bdo big blink cite code data dfn font ins kbd map mark math nobr output
        picture rb ruby samp slot small span spacer sub time tt var
    """,
    "parted": "button label select textarea marquee",
    "block": """
        address blockquote body center dd div figure footer form frameset head header hgroup html
        main multicol p search
    """,
    "sectioning": "article aside nav section",
    "group": "details fieldset",
    "heading": "h1 h2 h3 h4 h5 h6",
    "bold": "b strong",
    "slanted": "em i",
    "underlined": "u",
    "quote": "q",
    "link": "a",
    "raised": "sup",
    "list": "dir menu ol ul",
    "item": "li",
    "term": "dt",
    "definition": "dd",
    "summary": "summary",
    "caption": "caption figcaption",
    "legend": "legend",
    "table": "table",
    "row": "tr",
    "cell": "td",
    "head": "th",
    "columns": "tbody tfoot thead dl",
    "option": "option",
    "options": "optgroup",
    "preformatted": "listing plaintext pre xmp",
    "break": "br",
    "edge": "hr",
    "reading": "rt rtc",
    "struck": "del s strike",
    "unshown": """
        applet audio canvas datalist iframe meter noembed noframes noscript object progress rp
        script style svg template title video
    """,
    "dialog": "dialog",
    "nothing": """
        area base basefont bgsound col colgroup command embed frame image img input isindex keygen
        link
        menuitem meta nextid param source track wbr
    """,
}

ELEMENTS: Mapping[str, Rule] = {
    name: rule for rule, names in _BY_RULE.items() for name in names.split()
}
"""The rule of each element."""

ROLES: Mapping[str, Rule] = {
    "table": "table",
    "grid": "table",
    "treegrid": "table",
    "rowgroup": "columns",
    "row": "row",
    "cell": "cell",
    "gridcell": "cell",
    "columnheader": "head",
    "rowheader": "head",
    "list": "list",
    "listitem": "item",
    "term": "term",
    "definition": "definition",
}
"""The rule of an element of any name that says by its role what it is."""
