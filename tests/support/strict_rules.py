"""The written rules of strict structured output, each with where it is written.

The rules are OpenAI's for `strict: true`. DOCS is OpenAI's guide "Structured Outputs", section
"Supported schemas", as of February 2026; a public summary with the same limits is
jsonschemaprofiles.unitvectorylabs.com/schemas/openai. Where the guide is silent and the service is
not, the rule names a public report of the refusal. A rule yields one sentence for each violation.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Node = dict[str, Any]

DOCS = "OpenAI, Structured Outputs, Supported schemas"

SUPPORTED = frozenset(
    """type properties required additionalProperties items enum const anyOf $ref $defs description
    pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems
    """.split()
)

FORMATS = frozenset("date-time time date duration email hostname ipv4 ipv6 uuid".split())


# The rules: each yields a sentence a violation.
def nodes(node: Node, place: str = "root") -> Iterator[tuple[str, Node]]:
    """Yield every schema inside a schema, itself first, with the place where it stands."""
    yield place, node
    for key in ("properties", "$defs"):
        for name, child in node.get(key, {}).items():
            yield from nodes(child, f"{place}.{key}.{name}")
    if "items" in node:
        yield from nodes(node["items"], f"{place}.items")
    for number, child in enumerate(node.get("anyOf", ())):
        yield from nodes(child, f"{place}.anyOf.{number}")


def resolved(node: Node, root: Node) -> Node:
    """Follow a reference into the definitions of the root."""
    while "$ref" in node:
        node = root["$defs"][node["$ref"].removeprefix("#/$defs/")]
    return node


def root_is_an_object(root: Node) -> Iterator[str]:
    if root.get("type") != "object" or "anyOf" in root:
        yield "the root is no plain object"


def objects_are_closed(root: Node) -> Iterator[str]:
    for place, node in nodes(root):
        if node.get("type") == "object" and node.get("additionalProperties") is not False:
            yield f"{place} is open to other properties"


def properties_are_required(root: Node) -> Iterator[str]:
    for place, node in nodes(root):
        if node.get("type") == "object" and node.get("required") != list(node["properties"]):
            yield f"{place} does not require its properties in their order"


def keywords_are_supported(root: Node) -> Iterator[str]:
    for place, node in nodes(root):
        for keyword in node.keys() - SUPPORTED:
            yield f"{place} uses {keyword}"


def references_stand_alone(root: Node) -> Iterator[str]:
    for place, node in nodes(root):
        if "$ref" in node and len(node) > 1:
            yield f"{place} has keywords beside $ref"


def formats_are_supported(root: Node) -> Iterator[str]:
    for place, node in nodes(root):
        if node.get("format", "date") not in FORMATS:
            yield f"{place} has format {node['format']}"


def branches_differ_in_their_first_key(root: Node) -> Iterator[str]:
    for place, node in nodes(root):
        branches = [resolved(branch, root) for branch in node.get("anyOf", ())]
        firsts = Counter(_first_key(b) for b in branches if b.get("type") == "object")
        if any(count > 1 for count in firsts.values()):
            yield f"{place} has objects that begin alike"


def _first_key(node: Node) -> tuple[str, Any]:
    name, declared = next(iter(node["properties"].items()))
    return name, declared.get("const")


def annotations_begin_with_their_category(root: Node) -> Iterator[str]:
    items = root["properties"].get("annotations", {}).get("items", {})
    for number, branch in enumerate(items.get("anyOf", ())):
        name, constant = _first_key(resolved(branch, root))
        if name != "category" or constant is None:
            yield f"branch {number} begins with {name}"


def properties_are_few(root: Node) -> Iterator[str]:
    count = sum(len(node.get("properties", ())) for _, node in nodes(root))
    if count > 5000:
        yield f"{count} properties"


def nesting_is_shallow(root: Node) -> Iterator[str]:
    if (depth := _depth(root, root)) > 10:
        yield f"{depth} levels"


def _depth(node: Node, root: Node) -> int:
    # Lists count as a level too: the guide does not say that they do not.
    node = resolved(node, root)
    inner = [*node.get("properties", {}).values(), *node.get("anyOf", ())]
    inner += [node["items"]] if "items" in node else []
    below = max((_depth(child, root) for child in inner), default=0)
    return below + (node.get("type") in ("object", "array"))


def names_are_short(root: Node) -> Iterator[str]:
    if (size := characters(root)) > 120_000:
        yield f"{size} characters of names and values"


def characters(root: Node) -> int:
    strings = [
        text
        for _, node in nodes(root)
        for text in (
            *node.get("properties", ()),
            *node.get("$defs", ()),
            *node.get("enum", ()),
            node.get("const", ""),
        )
    ]
    return sum(len(str(text)) for text in strings)


def values_are_few(root: Node) -> Iterator[str]:
    count = sum(len(node.get("enum", ())) for _, node in nodes(root))
    if count > 1000:
        yield f"{count} enum values"


def long_enums_are_short(root: Node) -> Iterator[str]:
    for place, node in nodes(root):
        values = node.get("enum", ())
        if len(values) > 250 and sum(len(str(v)) for v in values) > 15_000:
            yield f"{place} is a long enum of long values"


@dataclass(frozen=True)
class Rule:
    """A rule of strict mode and where it is written."""

    check: Callable[[Node], Iterable[str]]
    source: str


RULES = [
    Rule(root_is_an_object, f"{DOCS}: root objects must not be anyOf and must be an object"),
    Rule(objects_are_closed, f"{DOCS}: additionalProperties: false must always be set in objects"),
    Rule(properties_are_required, f"{DOCS}: all fields must be required; key ordering"),
    Rule(keywords_are_supported, f"{DOCS}: supported properties; keywords not yet supported"),
    Rule(
        references_stand_alone,
        'refused with "$ref cannot have keywords": github.com/langchain-ai/langchainjs/pull/11384',
    ),
    Rule(formats_are_supported, f"{DOCS}: supported string properties, format"),
    Rule(
        branches_differ_in_their_first_key,
        "refused with \"Objects provided via 'anyOf' must not share identical first keys. "
        'Consider adding a discriminator key": github.com/openai/openai-python/issues/2193',
    ),
    Rule(annotations_begin_with_their_category, "the same, as this tool keeps it"),
    Rule(properties_are_few, f"{DOCS}: up to 5 000 object properties in total"),
    Rule(nesting_is_shallow, f"{DOCS}: up to 10 levels of nesting"),
    Rule(
        names_are_short,
        f"{DOCS}: 120 000 characters of property names, definition names, enum and const values",
    ),
    Rule(values_are_few, f"{DOCS}: up to 1 000 enum values across all enum properties"),
    Rule(long_enums_are_short, f"{DOCS}: above 250 values, 15 000 characters a string enum"),
]


def broken(schema: Node) -> set[str]:
    """Return the names of the rules that a schema breaks."""
    return {rule.check.__name__ for rule in RULES if list(rule.check(schema))}
