"""How a worker keeps what came of a portion: as parts, which the accountant commits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.documents.folders import shown
from annotate.errors import DocumentError
from annotate.ledger import ANSWERED
from annotate.pipeline.finished import Finished
from annotate.runs.parts import Parts
from annotate.scale.asking import RemoteAccountant
from annotate.scale.document_hashes import Hashes, hashes_of, hashes_of_sources
from annotate.scale.tables import tables_of

_STABLE = (*ANSWERED, "abstained")  # what another run of the same would not find otherwise


@dataclass(frozen=True)
class PartWriter:
    """Keeps what came of portions.

    Attributes:
        identity: of the run.
    """

    parts: Parts
    accountant: RemoteAccountant
    identity: Mapping[str, JsonValue]

    def keep(
        self,
        key: str,
        finished: Sequence[Finished],
        unread: list[DocumentError],
        found: Mapping[str, JsonValue],
    ) -> None:
        """Keep what came of the portion `key`: what is final as one part, what is open as another.

        `found` is what of the identity was found out meanwhile.
        """
        final = [each for each in finished if _is_final(each)]
        open_ = [each for each in finished if not _is_final(each)]
        repeated = self._keep_part(key, final, [], found, is_open=False)
        repeated = self._keep_part(key, open_, unread + repeated, found, is_open=True)
        self._keep_part(key, [], repeated, found, is_open=True)

    def _keep_part(
        self,
        key: str,
        finished: list[Finished],
        unread: list[DocumentError],
        found: Mapping[str, JsonValue],
        *,
        is_open: bool,
    ) -> list[DocumentError]:
        """Write and commit a part; return the errors of documents that another part has by now."""
        repeated: list[DocumentError] = []
        while finished or unread:
            name = _name(self.identity, key, finished, unread, is_open=is_open)
            tables, figures = tables_of(finished, unread, self.identity)
            for table, rows in tables.items():
                self.parts.write_table(table, name, rows)
            said = {
                "open": is_open,
                "rows": {table: rows.num_rows for table, rows in tables.items()},
                "figures": figures,
                "found": dict(found),
            }
            hashes = hashes_of_documents(each.document for each in finished)
            sources = hashes_of_sources(each.source for each in unread)
            refused = self.accountant.call("commit", key, name, said, hashes, sources)
            if refused is None:
                break
            others, there = np.flatnonzero(refused.others), refused.there
            repeated += [_repeats(finished[place].document) for place in others]
            finished = [each for each, kept in zip(finished, there, strict=True) if not kept]
        return repeated


def hashes_of_documents(documents: Iterable[Document]) -> Hashes:
    """Return the hashes of documents."""
    return hashes_of((each.id, each.sha256) for each in documents)


def _is_final(finished: Finished) -> bool:
    return all(each.status in _STABLE for each in finished.entries)


def _repeats(document: Document) -> DocumentError:
    return DocumentError(shown(document.id), "repeats the id of another document; ids must differ")


def _name(
    identity: Mapping[str, JsonValue],
    key: str,
    finished: Sequence[Finished],
    unread: Sequence[DocumentError],
    *,
    is_open: bool,
) -> str:
    """Return the name of a part, by what is in it: the same part overwrites itself."""
    said = hashlib.blake2b(repr((sorted(identity.items()), is_open)).encode(), digest_size=16)
    said.update(hashes_of_documents(each.document for each in finished).tobytes())
    for error in unread:
        said.update(f"{key}{error}".encode("utf-8", "surrogatepass"))
    return said.hexdigest()
