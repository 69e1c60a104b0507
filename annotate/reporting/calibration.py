"""Print how far the confidences of a run can be believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from annotate.evaluation.calibration import BINS, Bin, Calibration
from annotate.formatting import ratio, share_interval
from annotate.reporting.terminal import print_lines, safe, table


def print_calibrations(found: Iterable[Calibration], console: Console) -> None:
    """Print for annotations and for values how many are right, by how sure the run is of them."""
    for each in found:
        console.print(_bins(each))
        print_lines(console, _figures(each))


def _bins(calibration: Calibration) -> Table:
    title = f"How sure the run is of {calibration.of}, and how many are right"
    columns = ("confidence", calibration.of, "right", "95% interval", "coverage", "risk")
    shown = table(title, columns, drops=("risk", "coverage", "95% interval"))
    for each in calibration.bins:
        shown.add_row(
            _range(each),
            f"{each.cases:,}",
            ratio(each.share),
            share_interval(each.interval),
            ratio(each.coverage),
            ratio(each.risk),
        )
    return shown


def _range(found: Bin) -> str:
    return f"{found.low:g}" if found.low == found.high else f"{found.low:g} to {found.high:g}"


def _figures(calibration: Calibration) -> Iterator[Text]:
    bins = "one for each confidence" if calibration.each else f"of {BINS} of equal width"
    yield safe(
        f"{calibration.of}: expected calibration error {ratio(calibration.error)} "
        f"[{share_interval(calibration.error_interval)}], {len(calibration.bins)} bins, {bins}"
    )
    area = f"{ratio(calibration.area)} [{share_interval(calibration.area_interval)}]"
    yield safe(
        f"{calibration.of}: area under the risk-coverage curve {area}; in random order "
        f"{ratio(calibration.risk)}, at best {ratio(calibration.best)}; intervals take "
        f"{calibration.clusters} for independent"
    )
