"""The codebook of a schema as Markdown: every category, attribute and value with its words."""

from annotate.schema.codebook import codebook
from tests.projects.incidents.schemas.incidents import SCHEMA

PAGES = codebook(SCHEMA)


def test_a_category_stands_with_its_definition_counterparts_and_attributes() -> None:
    start = PAGES.index("### `impact`")
    assert PAGES[start : PAGES.index("### `cause`")] == (
        "### `impact`\n\n"
        "Somebody was affected.\n\n- A sentence that says why as well is also `cause`.\n\n"
        "Called in other corpora: postmortem template: Impact.\n\n"
        "- `effects` (set of Effect): What users noticed.\n"
        "- `countries` (set): Where they were; empty where no place is mentioned.\n"
        "- `duration` (single): How long it lasted, in ISO 8601; null where no length is stated.\n"
        "- `customers_named` (single): True only where a customer is named.\n\n"
    )


def test_every_value_set_stands_once_behind_the_categories() -> None:
    values = PAGES[PAGES.index("## Values") :]
    assert [line for line in values.splitlines() if line.startswith("### ")] == [
        "### Effect",
        "### Trigger",
        "### Certainty",
        "### Step",
    ]
    assert "How sure the report is.\n\n- `confirmed`: Stated as a fact.\n" in values
