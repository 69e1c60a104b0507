"""The codebook of a schema as Markdown: every category, attribute and value with its words."""

from annotate.schema.codebook import codebook
from schemas.incident_report import SCHEMA

PAGES = codebook(SCHEMA)


def test_a_category_stands_with_its_definition_counterparts_and_attributes() -> None:
    start = PAGES.index("### `severity`")
    assert PAGES[start : PAGES.index("### `cause`")] == (
        "### `severity`\n\n"
        "The report rates the incident on a scale of severity.\n\n"
        '- A rating by a name or number of a scale: "SEV-2", "priority 1", "classified as major". '
        "Words\n"
        '  that merely describe ("a serious outage", "a small number of users") rate nothing, '
        "and a\n"
        '  rule of the scale ("anything that stops payments is a P1") rates no incident.\n'
        "- A sentence that changes the rating is annotated with the new one.\n\n"
        "Called in other corpora: postmortem template: Severity.\n\n"
        "- `level` (single of Level): The rating; a number decides before a word.\n"
        '- `label` (single): The code of the rating exactly as printed ("SEV-2", "P1"), or its '
        'number alone ("2" of "level 2"); null where a word alone is printed.\n\n'
    )
    assert "- `effects` (set of Effect): What users noticed;" in PAGES
    assert "- `countries` (set): The countries that are named" in PAGES


def test_every_value_set_stands_once_behind_the_categories() -> None:
    values = PAGES[PAGES.index("## Values") :]
    assert [line for line in values.splitlines() if line.startswith("### ")] == [
        *("### Effect", "### Polarity", "### Measured", "### Precision", "### Level"),
        *("### Trigger", "### Certainty", "### Step", "### Channel", "### Remedy"),
    ]
    assert "How sure the report is.\n\n- `confirmed`: Stated as a fact;" in values
