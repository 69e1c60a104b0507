"""What is costly to prepare is kept under the keys that older caches have."""

from pathlib import Path

import pytest

from annotate.llm.cache.disk import Rows
from annotate.llm.cache.prepared import Kind, Prepared, is_prepared

KEYS = {
    Kind.REQUEST_FORM: "form:1:1.17.0:abc:tools:True",
    Kind.PRICE: "form:price:0.2:gpt-4o-mini",
    Kind.RESPONSE_MODE: "form:mode:http://127.0.0.1:9/v1:m",
    Kind.BATCH_REQUEST: "form:batch:0a1b",
}


@pytest.mark.parametrize("kind", Kind)
def test_rows_of_older_caches_are_found(tmp_path: Path, kind: Kind) -> None:
    rows = Rows(tmp_path / "c")
    rows.write(KEYS[kind], {"form": {"body": 1}})
    assert Prepared(rows).get(kind, KEYS[kind].removeprefix(kind.value)) == {"body": 1}
    rows.close()


@pytest.mark.parametrize("kind", Kind)
def test_what_is_kept_comes_back_and_is_not_an_answer(tmp_path: Path, kind: Kind) -> None:
    rows = Rows(tmp_path / "c")
    prepared = Prepared(rows)
    assert prepared.get(kind, "name") is None
    prepared.put(kind, "name", [1.5, "é"])
    assert prepared.get(kind, "name") == [1.5, "é"]
    assert all(is_prepared(entry.key) for entry in rows.entries())
    rows.close()
