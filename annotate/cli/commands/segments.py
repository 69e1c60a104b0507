"""`annotate segments`: print how a document is cut into units."""

from __future__ import annotations

from typing import Annotated

import typer

import annotate
from annotate.cli.options import Given, Json, takes
from annotate.cli.output import console, print_json

app = typer.Typer()


@app.command()
@takes(settings=("encoding", "follow_links"))
def segments(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A document; - is standard input.")],
    settings: Given,
    as_json: Json = False,
) -> None:
    """Print the headings, stems, sentences and items of a document.

    Examples:
        annotate segments policy.pdf
    """
    from annotate.reporting.json import of_unit
    from annotate.reporting.run import print_segments

    for document in annotate.read_documents([file], **settings):
        segmentation = document.segmentation
        if as_json:
            for unit in segmentation.units:
                print_json({"document": document.id, **of_unit(segmentation, unit)})
        else:
            print_segments(segmentation, console())
