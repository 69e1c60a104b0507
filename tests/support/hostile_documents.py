"""Documents that are made to break, slow down or fill what reads them."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import cache

MEGABYTE = 1 << 20


def pdf(content: bytes, filters: int = 0, pages: int = 1, trailer: str = "") -> bytes:
    """Return the smallest PDF with a content stream, shown on so many pages."""
    coded = f"/Filter [{'/FlateDecode ' * filters}]" if filters else ""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{'3 0 R ' * pages}] /Count {pages} >>".encode(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} {coded} >>\nstream\n".encode() + content + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    file, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        file
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(file)}\n%%EOF\n"
        ).encode()
    )


@cache
def pdf_of_gigabytes(megabytes: int = 2048) -> bytes:
    """Return a few kilobytes that are so many megabytes when they are unpacked."""
    packer = zlib.compressobj(9)

    def packed(content: bytes) -> bytes:
        return packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)

    # Behind a full flush the same content is the same bytes, so that one is packed for all.
    begin, blank = packed(b"BT /F1 12 Tf 72 720 Td (Tea.) Tj ET "), packed(b" " * MEGABYTE)
    twice = zlib.compress(begin + blank * megabytes + packer.flush(), 9)
    return pdf(zlib.compress(twice, 9), filters=3)


def documents() -> Mapping[str, str | bytes]:
    """Return twenty hostile documents by their names."""
    return {
        "start.html": '<ol start="²"><li>It failed.</ol>',
        "references.html": f"<p>It failed.&#{'1' * 5000};&#x{'f' * 5000};",
        "headings.html": f"<h{'9' * 5000}>Impact</h1>It failed.",
        "items.html": "<ol>" + "<li>It failed." * 10_000,
        "cells.html": "<table><tr>" + "<td colspan=1000>" * (MEGABYTE // 17),
        "quotes.html": "<blockquote><p>It failed." * 300,
        "nested.html": "<div><ul><li><b>" * 20_000 + "It failed.",
        "tags.html": "It failed." + "<a b='" * (MEGABYTE // 6) + ">",
        "gigabytes.pdf": pdf_of_gigabytes(),
        "garbage.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 400,
        "pages.pdf": pdf(b"BT /F1 12 Tf (It failed.) Tj ET", pages=5_000),
        "address.txt": "You can email us at " + "a." * 40_000,
        "brackets.txt": "It failed. " + "(" * MEGABYTE,
        "marks.md": "*_" * (MEGABYTE // 4),
        "dashes.md": "- " * 200_000 + "\n" + "- a\n" * 10_000,
        "sections.md": "# It failed\n" * 20_000,
        "binary.txt": b"\0\1\2" * 1000,
        "bytes.txt": b"It failed. \xff\xfe\xfd",
        "nested.jsonl": '{"text": ' + "[" * 100_000,
        "letters.txt": "It failed " + "e\u0301\u0301" * 100_000,
    }
