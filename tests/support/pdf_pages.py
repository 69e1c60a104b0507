"""A small PDF of several pages of ASCII lines."""

from __future__ import annotations

from collections.abc import Sequence

FIRST = """Tea Room - Privacy
We collect your name when you open an account, and
we keep this information for as
Page 1 of 3"""
SECOND = """Tea Room - Privacy
long as your account is open. Search was slow.
Page 2 of 3"""
THIRD = """Tea Room - Privacy
It was lost.
Page 3 of 3"""


def pdf_of(pages: Sequence[str] = (FIRST, SECOND, THIRD)) -> bytes:
    """Return a PDF with a page for each text."""
    bodies = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    bodies.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    kids = []
    for page in pages:
        lines = " ".join(f"({line}) Tj T*" for line in page.split("\n"))
        content = f"BT /F1 11 Tf 14 TL 72 750 Td {lines} ET"
        bodies.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {resources} "
            f"/Contents {len(bodies)} 0 R >>"
        )
        kids.append(f"{len(bodies)} 0 R")
    bodies[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    written, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(bodies) + 1
    end = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return written + f"xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode()
