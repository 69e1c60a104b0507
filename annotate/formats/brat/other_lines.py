"""Say what a line of a brat `.ann` file is that holds no annotation of text and no note on one.

Relations, equivalences, events, attributes, normalizations and comments, as brat's sources write
them (`server/src/annotation.py`). Annotations here have none of these: the line is named, with its
id, and with what to do.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from annotate.formatting import joined

_INSTEAD = "say it in an attribute or the note of one of them"


def named(line: str) -> str:
    """Say what a line is, with its id and what to do; "" where it is nothing that brat writes."""
    name, _, rest = line.partition("\t")
    words = rest.partition("\t")[0].split()
    if name.split() != [name]:
        return ""
    match (name[0], *words):
        case ("R", kind, *roles) if roles and _are_roles(roles):
            return (
                f"{name} is a relation, {kind} of {_joined(roles)}; annotations here have none: "
                f"{_INSTEAD}"
            )
        case ("*", kind, *same) if same:
            return (
                f"* says that {_joined(same)} are the same ({kind}); annotations here have no "
                f"relations: {_INSTEAD}"
            )
        case ("E", trigger, *roles) if _are_roles([trigger, *roles]):
            return _event(name, trigger, roles)
        case ("A" | "M", kind, of, *value):
            stated = json.dumps({kind: " ".join(value) or True}, ensure_ascii=False)
            return (
                f"{name} is an attribute of brat's, {kind} of {of}; attributes are read from the "
                f"JSON note on {of}: write {stated} there, if the schema has it"
            )
        case ("N", _, of, reference):
            return (
                f"{name} says that {of} stands for {reference}; annotations here have no such "
                f"reference: put it into an attribute or the note of {of}"
            )
        case ("#", kind, of):
            return (
                f"{name} is a comment of the kind {kind} on {of}; only AnnotatorNotes on "
                "annotations of text are read: make it one"
            )
    return ""


def _event(name: str, trigger: str, roles: Sequence[str]) -> str:
    kind, _, at = trigger.partition(":")
    among = f" with {_joined(roles)}" if roles else ""
    return (
        f"{name} is an event, {kind} at {at}{among}; annotations here have none, and {at} is read "
        f"without it: {_INSTEAD}"
    )


def _are_roles(words: Sequence[str]) -> bool:
    """Tell whether all are as in `Arg1:T1`."""
    return all(role and of for role, _, of in (word.partition(":") for word in words))


def _joined(words: Sequence[str]) -> str:
    """Return words as a list, of roles what fills them: `Arg1:T1 Arg2:T2` is T1 and T2."""
    return joined([word.partition(":")[2] or word for word in words])
