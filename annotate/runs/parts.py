"""Rows of a run that many processes wrote: Parquet files in a folder, or in an object store.

    documents/, annotations/, ledger/, quarantine/, unreadable/   <name>.parquet, one for each part
    commits/<name>.json                                           what a part holds; written last

A part is there once its commit is: files without one are what a killed process left, and nobody
reads them. A file appears only when it is whole: on a disk it is written beside its place and moved
in, and an object store shows what was put there as a whole.

Each row holds, beside columns that can be asked for, `row`: the line of JSON that it is in a run
folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from annotate.errors import RunError, UsageError
from annotate.files import json_line, unwritable, whole_file
from annotate.runs.manifest import PARTS

if TYPE_CHECKING:
    import pyarrow as pa

STORED = "stored"
PARQUET = "parquet"
"""What a manifest says of a run whose rows stand in parts: `"stored": "parquet"`."""

COMMITS = "commits"
ROW = "row"
_AT_ONCE = 2_000  # rows that are in memory together


class Parts:
    """The parts of a run in one folder.

    Args:
        filesystem: of pyarrow.
        root: the folder in it.
        name: the folder as it was named, for messages.

    Attributes:
        filesystem: of pyarrow.
    """

    def __init__(self, filesystem: Any, root: str, name: str) -> None:
        self.name = name
        self.filesystem = filesystem
        self._root = root.rstrip("/")

    @classmethod
    def at(cls, place: str | Path) -> Self:
        """Return the parts in a folder of a disk, or below an address such as `s3://bucket/run`.

        Raises:
            UsageError: where the address cannot be used, or pyarrow is not installed.
        """
        fs = _pyarrow_fs()
        if "://" not in str(place):
            return cls(fs.LocalFileSystem(), str(Path(place).absolute()), str(place))
        try:
            filesystem, root = fs.FileSystem.from_uri(str(place))
        except (ValueError, OSError) as error:
            raise UsageError(f"{place}: cannot be used ({error})") from None
        return cls(filesystem, root, str(place))

    @property
    def folder(self) -> Path | None:
        """The folder where it stands on a disk, None in an object store."""
        return Path(self._root) if self._is_local else None

    # ---- Reading ----

    def committed(self) -> list[str]:
        """Return the names of the parts that are there, sorted."""
        selector = _pyarrow_fs().FileSelector(self._at(COMMITS), allow_not_found=True)
        found = (each.base_name for each in self.filesystem.get_file_info(selector))
        return sorted(n.removesuffix(".json") for n in found if n[:1] != "." and n[-5:] == ".json")

    def commit_of(self, name: str) -> dict[str, Any]:
        """Return what was said when a part was committed.

        Raises:
            RunError: where it is damaged.
        """
        try:
            return dict(json.loads(self.read(f"{COMMITS}/{name}.json") or b""))
        except (ValueError, TypeError):
            raise RunError(f"{self.name}/{COMMITS}/{name}.json: is damaged; remove it") from None

    def files(self, table: str) -> list[str]:
        """Return the paths of the files of a table, sorted by the names of their parts."""
        found = ((name, self.commit_of(name)) for name in self.committed())
        return [self._at(table, f"{n}.parquet") for n, said in found if said["rows"].get(table)]

    def rows(self, table: str) -> Iterator[tuple[str, str]]:
        """Yield the rows of a table as lines of JSON, each with its place for messages.

        Raises:
            RunError: where a file is missing or damaged.
        """
        for path in self.files(table):
            number = 0
            for batch in self._batches(path, [ROW]):
                for line in batch.column(0).to_pylist():
                    number += 1
                    yield f"{path}:{number}", line

    def columns(self, table: str, name: str, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Yield columns of one part.

        Raises:
            RunError: where its file is missing or damaged.
        """
        return self._batches(self._at(table, f"{name}.parquet"), columns)

    def read(self, name: str) -> bytes | None:
        """Return a file of the folder, None where there is none.

        Raises:
            RunError: where it cannot be read.
        """
        try:
            with self.filesystem.open_input_stream(self._at(name)) as file:
                return bytes(file.read())
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise RunError(f"{self.name}/{name}: cannot be read ({error})") from None

    def is_empty(self) -> bool:
        """Tell whether nothing stands there."""
        selector = _pyarrow_fs().FileSelector(self._root, allow_not_found=True)
        return not self.filesystem.get_file_info(selector)

    # ---- Writing ----

    def make_root(self) -> None:
        """Make the folder of all, which not every file system does where a file is written."""
        self.filesystem.create_dir(self._root, recursive=True)

    def begin(self) -> None:
        """Make the folders of the tables and of what is committed."""
        for each in (*PARTS, COMMITS):
            self.filesystem.create_dir(self._at(each), recursive=True)

    def write_table(self, table: str, name: str, rows: pa.Table) -> None:
        """Write one table of a part; the part is there once it is committed.

        Raises:
            UsageError: where it cannot be written.
        """
        import pyarrow.parquet as pq

        place = self._at(table, f"{name}.parquet")
        if self._is_local:
            with whole_file(Path(place)) as partial:
                pq.write_table(rows, partial, compression="zstd")
            return
        try:
            pq.write_table(rows, place, filesystem=self.filesystem, compression="zstd")
        except OSError as error:
            raise unwritable(Path(place), error) from None

    def commit(self, name: str, said: Mapping[str, Any]) -> None:
        """Make a part that was written one of the run.

        `said` names under `rows` how many rows each of its tables has.
        """
        self.write(f"{COMMITS}/{name}.json", json_line(said))

    def drop(self, name: str) -> None:
        """Remove a part, its commit first."""
        for each in (f"{COMMITS}/{name}.json", *(f"{table}/{name}.parquet" for table in PARTS)):
            self._remove(each)

    def write(self, name: str, content: bytes) -> None:
        """Write a file of the folder, which appears only when it is whole.

        Raises:
            UsageError: where it cannot be written.
        """
        place = self._at(name)
        if self._is_local:
            with whole_file(Path(place)) as partial:
                partial.write_bytes(content)
            return
        try:
            with self.filesystem.open_output_stream(place) as file:
                file.write(content)
        except OSError as error:
            raise unwritable(Path(place), error) from None

    @property
    def _is_local(self) -> bool:
        return isinstance(self.filesystem, _pyarrow_fs().LocalFileSystem)

    def _at(self, *steps: str) -> str:
        return "/".join((self._root, *steps))

    def _batches(self, path: str, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            with self.filesystem.open_input_file(path) as file:
                whole = pq.ParquetFile(file)
                yield from whole.iter_batches(_AT_ONCE, columns=list(columns))
        except (OSError, pa.ArrowException) as error:
            raise RunError(
                f"{path}: cannot be read ({error}); the same run writes it anew"
            ) from None

    def _remove(self, name: str) -> None:
        try:
            self.filesystem.delete_file(self._at(name))
        except FileNotFoundError:
            return
        except OSError as error:
            raise unwritable(Path(self._at(name)), error) from None


def _pyarrow_fs() -> Any:
    try:
        from pyarrow import fs
    except ImportError:
        raise UsageError(
            "rows in Parquet need pyarrow: pip install 'policy-annotate[parquet]'"
        ) from None
    return fs
