"""Write a comparison as JUnit XML: a test case for everything that a gate looked at.

Keeps to the attributes of the schema that Jenkins checks (junit-10.xsd of its xUnit plugin), which
other systems read as well. No clocks: the same comparison gives the same bytes.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from annotate.comparison.comparison import Comparison
from annotate.comparison.gates import Check
from annotate.formatting import visible
from annotate.reporting import wording

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report(comparison: Comparison) -> str:
    """Return the comparison as an XML document."""
    checks = comparison.checks
    failed = len(comparison.failures)
    skipped = sum(check.status == "excluded" for check in checks)
    counts = {"tests": str(len(checks)), "failures": str(failed), "errors": "0"}
    root = ET.Element("testsuites", {"name": "annotate compare", **counts})
    suite = ET.SubElement(
        root,
        "testsuite",
        {"name": _clean(wording.verdict(comparison)), **counts, "skipped": str(skipped)},
    )
    for check in checks:
        suite.append(_case(check))
    ET.indent(root)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{ET.tostring(root, encoding='unicode')}\n"


def _case(check: Check) -> ET.Element:
    case = ET.Element("testcase", classname=f"annotate.{check.gate}", name=_clean(check.what))
    said = _clean(check.message)
    if check.status == "failed":
        ET.SubElement(case, "failure", type=check.gate, message=said).text = said
    elif check.status == "excluded":
        ET.SubElement(case, "skipped", message=said)
    else:
        ET.SubElement(case, "system-out").text = said
    return case


def _clean(text: str) -> str:
    """Make control characters visible, and take out what no XML document can hold."""
    return _NO_XML.sub("\ufffd", visible(text))
