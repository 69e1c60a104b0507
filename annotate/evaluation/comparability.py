"""Whether a run can be held against gold: the same schema, and the texts that were labelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotate.documents.document import Document
from annotate.errors import InvalidAnnotation, NotComparable, UsageError
from annotate.evaluation.predictions import Predictions
from annotate.gold.store import Gold, GoldAnnotation
from annotate.schema.categories import Schema


def check_schema(predictions: Predictions, gold: Gold, schema: Schema) -> bool:
    """Refuse another schema; return whether it is the very same and not an edition of it.

    Definitions are part of a schema's hash, and to change one is what an evaluation is for: so the
    name and version decide, which gold pins, and whether the annotations fit.

    Raises:
        NotComparable: where the run or the gold belongs to another schema.
    """
    labelled = f"{gold.manifest.schema_name} {gold.manifest.schema_version}"
    if labelled != f"{schema.name} {schema.version}":
        raise NotComparable(
            f"{gold.folder}: is of schema {labelled}, not of {schema.name} {schema.version}; name "
            "other gold, or relabel what the change touches"
        )
    task = predictions.identity.get("task", schema.name)
    if task != schema.name:
        raise NotComparable(
            f"{predictions.name}: is a run of task {task}, not of {schema.name}; name its own gold"
        )
    if predictions.identity.get("schema") == schema.fingerprint:
        return True
    for each in predictions.annotations:
        try:
            schema.parse({**each.attributes, "category": each.category})
        except InvalidAnnotation as error:
            raise NotComparable(
                f"{predictions.name}: was made with another schema than {schema.name} is now: "
                f"{each.document} [{each.start}:{each.end}] does not fit ({error}); "
                f"{predictions.made_anew}"
            ) from None
    return False


def scored_documents(
    predictions: Predictions, gold: Gold, documents: Mapping[str, Document]
) -> dict[str, Document]:
    """Return the documents that were read and have gold, in the order of the gold.

    Raises:
        NotComparable: where there is none, or one of them is not the text that was labelled.
    """
    pinned = {document.id: document.text_sha256 for document in gold.manifest.documents}
    scored = [name for name in pinned if name in predictions.documents]
    if not scored:
        raise NotComparable(
            f"{predictions.name}: none of its documents has gold in {gold.folder}, which is about "
            f"{', '.join(pinned) or 'none'}; run these, or name other gold"
        )
    for name in scored:
        if predictions.documents[name] != pinned[name]:
            raise NotComparable(
                f"{predictions.name}: its {name} is another text than the one labelled in "
                f"{gold.folder}; run the labelled one"
            )
        if name not in documents or documents[name].sha256 != pinned[name]:
            raise NotComparable(
                f"{predictions.name}: the text of {name} is not at hand as it was labelled; name a "
                "run that read it"
            )
    return {name: documents[name] for name in scored}


def check_quotes(
    golds: Sequence[GoldAnnotation], gold: Gold, documents: Mapping[str, Document]
) -> None:
    """Refuse gold whose quotes are not what stands at their spans: no score against it means much.

    Raises:
        UsageError: names the file and line of the first one.
    """
    wrong = [
        each
        for each in golds
        if documents[each.document].text[each.start : each.end] != each.quote
        or not 0 <= each.start < each.end
    ]
    if wrong:
        first, count = wrong[0], len(wrong)
        more = f" (the first of {count})" if count > 1 else ""
        raise UsageError(
            f"{gold.file(first.document)}:{first.line}: the quote is not what stands at its span "
            f"[{first.start}:{first.end}]{more}; copy it from the text, or correct the span: "
            "annotate gold check names all"
        )
