"""The names of the response modes, for whoever need not know how they ask.

How each of them asks is in `annotate.llm.modes`. The names stand here by themselves so that neither
a setting nor a line of help imports what a request needs.
"""

from __future__ import annotations

from typing import Literal

ModeName = Literal["json_schema", "tools", "json"]
"""A JSON schema that the endpoint enforces; a named tool; plain JSON, with the schema in words."""
