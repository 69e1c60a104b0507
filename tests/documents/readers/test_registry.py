"""The registry of readers: which reader reads which file."""

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate.documents.document import Document
from annotate.documents.readers.registry import GROUP, READERS, added_readers, by_suffix
from annotate.errors import UsageError
from tests.support.checkout import ROOT
from tests.support.files import read, written
from tests.support.pages import blocks


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.txt", "text"),
        ("a.text", "text"),
        ("a.md", "markdown"),
        ("a.markdown", "markdown"),
        ("A.MD", "markdown"),
    ],
)
def test_a_text_file_is_a_document_with_its_name_and_format(
    tmp_path: Path, name: str, format: str
) -> None:
    path = written(tmp_path / name, "We brew tea.\n")
    assert read(path) == ([Document(name, "We brew tea.\n", format)], [])


def test_each_suffix_and_each_format_has_one_reader() -> None:
    suffixes = [suffix for reader in READERS for suffix in reader.suffixes]
    assert len(set(suffixes)) == len(suffixes)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in suffixes)
    assert len({reader.format for reader in READERS}) == len(READERS)


# ---- Readers of other packages ----

GUIDE = ROOT / "docs" / "guides" / "readers.md"


def installed(folder: Path, name: str, module: str, value: str = "") -> None:
    """Lay a package down as pip does: a module, and metadata with its entry point."""
    written(folder / f"{name}.py", module)
    written(folder / f"{name}-1.dist-info" / "METADATA", f"Metadata-Version: 2.1\nName: {name}\n")
    entry = f"[{GROUP}]\n{name} = {value or f'{name}:READER'}\n"
    written(folder / f"{name}-1.dist-info" / "entry_points.txt", entry)


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    for each in (added_readers, by_suffix):
        each.cache_clear()
    yield folder
    for each in (added_readers, by_suffix):
        each.cache_clear()
    for path in folder.glob("*.py"):
        sys.modules.pop(path.stem, None)


def epub(*pages: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number, page in enumerate(pages):
            archive.writestr(f"OEBPS/{number}.xhtml", page)
    return file.getvalue()


def test_the_reader_of_the_guide_reads_a_folder_and_a_file(packages: Path, tmp_path: Path) -> None:
    module, metadata = (each.text for each in blocks(GUIDE))
    assert f'[project.entry-points."{GROUP}"]\nepub = "epub_reader:READER"' in metadata
    installed(packages, "epub_reader", module)
    written(tmp_path / "in" / "a.epub", epub("<h1>Tea</h1>", "<p>We brew tea.<li>black"))
    written(tmp_path / "in" / "b.epub", b"no archive")
    documents, errors = read(tmp_path / "in")
    assert errors == ["b.epub: is not a readable EPUB; export it anew"]
    (document,) = documents
    assert document.format == "epub"
    units = document.segmentation.units
    assert [(u.kind, document.segmentation.quote(u)) for u in units] == [
        ("heading", "Tea"),
        ("sentence", "We brew tea."),
        ("item", "black"),
    ]
    assert read(tmp_path / "in" / "a.epub")[0][0].text == document.text


READER = """
from annotate.documents.readers.reader import FileReader
READER = FileReader("{name}", ({suffix!r},), lambda data, name, codec: "We read it.")
"""


def test_an_added_reader_comes_before_one_that_comes_along(packages: Path, tmp_path: Path) -> None:
    installed(packages, "my_text", READER.format(name="mine", suffix=".txt"))
    assert read(written(tmp_path / "a.txt", "Tea."))[0][0].text == "We read it."


@pytest.mark.parametrize(
    ("module", "value", "problem"),
    [
        ("raise OSError('s3cret')", "", "cannot be loaded (OSError); mend or uninstall it"),
        ("x = 1", "", "cannot be loaded (AttributeError); mend or uninstall it"),
        ("READER = 1", "", "(broken:READER) is no reader: see docs/guides/readers.md"),
    ],
)
def test_a_reader_that_cannot_be_used_is_named(
    packages: Path, tmp_path: Path, module: str, value: str, problem: str
) -> None:
    installed(packages, "broken", module, value)
    with pytest.raises(UsageError) as caught:
        read(written(tmp_path / "a.txt", "Tea."))
    assert str(caught.value) == f"the reader 'broken' of the package 'broken' {problem}"


def test_two_added_readers_of_one_suffix_are_refused(packages: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        installed(packages, f"reader_{name}", READER.format(name=name, suffix=".tea"))
    with pytest.raises(UsageError, match=r"\.tea has two readers, reader_one and reader_two; "):
        read(written(tmp_path / "a.txt", "Tea."))
