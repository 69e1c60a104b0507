"""Annotate datasets of Ray, and inputs through Ray, into parts of Parquet."""

from __future__ import annotations

import pickle
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from annotate.documents.folders import Skipped
from annotate.documents.reading import find_inputs
from annotate.errors import AnnotateError, UsageError
from annotate.pipeline.progress import Progress
from annotate.pipeline.run import default_folder, identity_of, repeats_of, specification_of
from annotate.project.settings import Settings, resolve_settings
from annotate.project.tasks import load_task
from annotate.runs.history import append_history
from annotate.runs.parts import Parts
from annotate.runs.reader import Run
from annotate.scale.asking import RemoteAccountant
from annotate.scale.batch import PORTION
from annotate.scale.cluster import accounting, connected, quietly, ray_module
from annotate.scale.done import COUNTED
from annotate.scale.job import ScaleJob, access_of
from annotate.scale.plan import Plan
from annotate.scale.portions import Portion, portions_at, portions_of
from annotate.scale.rows import Columns
from annotate.scale.stored_run import StoredRun
from annotate.scale.worker import Worker

if TYPE_CHECKING:
    import ray.data

_ROWS = 256
_COLUMNS = Columns("text", "id")
_PARQUET = ".parquet"


def annotate_dataset(
    dataset: ray.data.Dataset,
    *,
    out: str | Path,
    text: str = "text",
    id: str = "id",
    batch_size: int = _ROWS,
    replace: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    **settings: object,
) -> ray.data.Dataset:
    """Annotate the documents of a dataset into a folder, and return the annotations as a dataset.

    `text` and `id` name the columns; other columns travel along as metadata. The folder `out` is
    on a disk that all machines share, or an address such as `s3://bucket/run`; what stands there
    is described in `annotate.runs.parts`. The same call again does what is missing alone: a
    document that is kept with the same text is neither computed nor paid again, and one whose text
    has changed is refused. Documents that are kept and not in the dataset stay.

    Keyword arguments are the settings of `annotate run`. `workers` is the number of processes, by
    default the CPUs of the cluster; a batch of `batch_size` rows becomes one part. Cap and limits
    hold over all workers.

    Raises:
        UsageError: for a dataset or settings that cannot be used, or another run in the folder.
        Stopped: where the endpoint or a cap ended it early; what was answered is kept.
    """
    columns = Columns(text, id)
    columns.check(dataset.columns() or [])
    run = _ClusterRun(str(out), resolve_settings(settings), replace, {"inputs": ["dataset"]})
    with connected(None) as cluster:
        run.annotate(cluster, dataset, columns, batch_size, on_progress)
    return read(out)


def annotate_inputs(
    inputs: Sequence[str | Path],
    *,
    out: str | Path | None = None,
    address: str | None = None,
    replace: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    **settings: object,
) -> Run:
    """Annotate files, folders, globs or addresses through Ray into a folder; return the run.

    Inputs are those of `annotate.run`, and addresses of an object store (`s3://…`, `gs://…`) of
    files and folders that it could read; Parquet files have the columns `text` and `id`.
    `address` is that of a cluster of Ray; without it one is started on this machine.

    Raises:
        UsageError, Stopped: as `annotate_dataset`.
    """
    resolved = resolve_settings(settings)
    identity: dict[str, JsonValue] = {
        "encoding": resolved.encoding,
        "inputs": [str(each) for each in inputs],
    }
    place = str(out or default_folder(inputs, resolved))
    run = _ClusterRun(place, resolved, replace, identity)
    with connected(address, resolved.workers if resolved.workers > 1 else None) as cluster:
        if all(str(each).endswith(_PARQUET) for each in inputs):
            # Absolute: workers of a cluster that stands already are in other folders.
            dataset = cluster.data.read_parquet([_absolute(str(each)) for each in inputs])
            _COLUMNS.check(dataset.columns() or [])
            run.annotate(cluster, dataset, _COLUMNS, _ROWS, on_progress)
        else:
            portions = list(_portions(inputs, resolved, run.workers(cluster), run.skipped.append))
            run.annotate(cluster, _dataset_of(cluster, portions), None, None, on_progress)
    return run.result()


def read(out: str | Path, table: str = "annotations") -> ray.data.Dataset:
    """Return a table of a folder as a dataset: what is committed, and nothing else.

    The tables are `documents`, `annotations`, `ledger`, `quarantine` and `unreadable`.

    Raises:
        UsageError: where Ray is not installed, or there is no such table.
        RunError: where the folder is damaged.
    """
    from annotate.scale.tables import COLUMNS, empty_table

    if table not in COLUMNS:
        raise UsageError(f"there is no table {table!r}; there is {', '.join(COLUMNS)}")
    ray = ray_module()
    parts = Parts.at(out)
    files = parts.files(table)
    if not files:
        return ray.data.from_arrow(empty_table(table))
    return ray.data.read_parquet(files, filesystem=parts.filesystem)


class _ClusterRun:
    """One run on a cluster, from the driver's side."""

    def __init__(
        self, out: str, settings: Settings, replace: bool, more: dict[str, JsonValue]
    ) -> None:
        if repeats_of(settings) > 1:
            raise UsageError("repeat: several samples need folders of their own; one at a time")
        if settings.offline:
            raise UsageError("--offline: a cluster asks what is missing; leave one of them out")
        self.skipped: list[Skipped] = []
        self._out = _absolute(out)
        self._settings = settings
        self._replace = replace
        task = load_task(settings.task)
        specification = specification_of(task, settings)
        self._access = access_of(specification)
        self._identity = {**identity_of(task, specification, settings), **more, "repeat": 0}
        self._asked = 0

    def workers(self, cluster: Any) -> int:
        """Return how many processes annotate: as was said, else one for each CPU."""
        if "workers" in self._settings.model_fields_set:  # one may have been asked for
            return self._settings.workers
        return max(int(cluster.cluster_resources().get("CPU", 1)), 1)

    def annotate(
        self,
        cluster: Any,
        dataset: ray.data.Dataset,
        columns: Columns | None,
        batch_size: int | None,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        """Annotate a dataset to its end, or until something stops it."""
        plan = Plan(self._out, self._identity, self._settings, secrets.token_hex(8), self._replace)
        with accounting(cluster, plan) as accountant:
            job = ScaleJob(self._out, self._identity, self._settings, self._access, columns)
            done = dataset.map_batches(
                Worker,
                fn_constructor_args=(job, accountant.actor),
                batch_size=batch_size,
                batch_format="pyarrow",
                zero_copy_batch=True,
                num_cpus=1 if columns is None else _beside_reading(cluster),
                compute=cluster.data.ActorPoolStrategy(size=self.workers(cluster)),
            )
            with quietly(cluster):
                self._follow(done, accountant, on_progress)

    def result(self) -> Run:
        """Return the run."""
        return Run(self._out) if "://" not in self._out else StoredRun(self._out)

    def _follow(
        self,
        done: ray.data.Dataset,
        accountant: RemoteAccountant,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        """Have it done, and close the run however it ends."""
        state = Progress()
        finished = False
        try:
            for row in done.iter_rows():
                if row["error"] is not None:
                    raise pickle.loads(row["error"])  # noqa: S301 (our own)
                self._asked += row["asked"]
                state = _further(state, row)
                if on_progress is not None:
                    on_progress(state)
            finished = True
        except AnnotateError as error:
            accountant.call("settle", error)
            raise
        finally:
            self._note(accountant.call("finish", finished, self.skipped))

    def _note(self, manifest: Mapping[str, Any]) -> None:
        if "://" not in self._out:
            append_history(Path(self._out), manifest, self._asked)


def _beside_reading(cluster: Any) -> float:
    """Return the CPUs of a worker where what reads the dataset needs some, and would never start.

    Reading takes little, so that nothing is lost by counting workers for less than they take.
    """
    return 0.5 if cluster.cluster_resources().get("CPU", 1) > 1 else 0


def _absolute(place: str) -> str:
    return place if "://" in place else str(Path(place).absolute())


def _further(state: Progress, row: dict[str, Any]) -> Progress:
    more: dict[str, Any] = {name: getattr(state, name) + row[name] for name in COUNTED}
    return replace(state, **more, of=more["chunks"])


def _portions(
    inputs: Sequence[str | Path],
    settings: Settings,
    workers: int,
    on_skip: Callable[[Skipped], None],
) -> Iterator[Portion]:
    addresses = [str(each) for each in inputs if "://" in str(each)]
    if addresses:
        yield from portions_at(addresses, workers)
    if paths := [each for each in inputs if "://" not in str(each)]:
        found = find_inputs(
            paths,
            encoding=settings.encoding,
            follow_links=settings.follow_links,
            on_skip=on_skip,
        )
        yield from portions_of(found, workers)


def _dataset_of(cluster: Any, portions: Sequence[Portion]) -> ray.data.Dataset:
    rows = [{PORTION: pickle.dumps(each)} for each in portions]
    found: ray.data.Dataset = cluster.data.from_items(rows, override_num_blocks=len(rows))
    return found
