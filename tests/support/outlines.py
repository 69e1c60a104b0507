"""What a text is divided into, one line per unit: its kind, the units above it and its words.

`<3` is the stem that the unit completes, `+2` the start of the paragraph that leads into its list,
`#0` its innermost heading; an item is marked with "-" for each level of its list.
"""

from annotate.documents.units import Segmentation, Unit


def outline(found: Segmentation) -> list[str]:
    return [_described(found, unit) for unit in found.units]


def _described(found: Segmentation, unit: Unit) -> str:
    kind = {"heading": "H", "stem": "S", "sentence": "", "item": ""}[unit.kind]
    marks = [
        kind + "-" * unit.depth,
        f"#{unit.headings[-1]}" if unit.headings else "",
        f"<{unit.stem}" if unit.stem is not None else "",
        f"+{unit.lead}" if unit.lead is not None else "",
        found.quote(unit),
    ]
    return " ".join(mark for mark in marks if mark)
