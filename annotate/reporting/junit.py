"""Write comparisons and suites as JUnit XML: a test case for everything that a gate looked at.

Keeps to the attributes of the schema that Jenkins checks (junit-10.xsd of its xUnit plugin), which
other systems read as well. No clocks: the same comparison gives the same bytes.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from annotate.formatting import visible
from annotate.reporting import wording

if TYPE_CHECKING:
    from annotate.comparison.comparison import Comparison
    from annotate.comparison.gates import Check
    from annotate.suites.verdicts import TrialResult

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def of_comparison(comparison: Comparison) -> str:
    """Return a comparison as an XML document with one test suite."""
    suite = _suite(wording.verdict(comparison), map(_check, comparison.checks))
    return _document("annotate compare", [suite])


def of_suite(name: str, results: Iterable[TrialResult]) -> str:
    """Return all trials of a suite as an XML document, with a test suite for each trial."""
    return _document(f"annotate eval {name}", list(map(_trial, results)))


def _trial(result: TrialResult) -> ET.Element:
    """Return a trial as a test suite: the cases of its comparison, else how it ended."""
    name = f"{result.trial.name}: {result.status}"
    if result.comparison is not None and result.trial.gated:
        return _suite(name, map(_check, result.comparison.checks))
    case = ET.Element("testcase", classname="annotate.trial", name=_clean(name))
    if result.status == "not gated":
        ET.SubElement(case, "skipped", message=_clean(result.note))
    elif result.status != "passed":
        ended = "failure" if result.status == "failed" else "error"
        ET.SubElement(case, ended, message=_clean(result.note))
    return _suite(name, [case])


def _check(check: Check) -> ET.Element:
    case = ET.Element("testcase", classname=f"annotate.{check.gate}", name=_clean(check.what))
    said = _clean(check.message)
    if check.status == "failed":
        ET.SubElement(case, "failure", type=check.gate, message=said).text = said
    elif check.status == "excluded":
        ET.SubElement(case, "skipped", message=said)
    else:
        ET.SubElement(case, "system-out").text = said
    return case


def _suite(name: str, cases: Iterable[ET.Element]) -> ET.Element:
    suite = ET.Element("testsuite", name=_clean(name))
    suite.extend(cases)
    suite.set("tests", str(len(suite)))
    for counted, outcome in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(counted, str(len(suite.findall(f"testcase/{outcome}"))))
    return suite


def _document(name: str, suites: Sequence[ET.Element]) -> str:
    root = ET.Element("testsuites", name=_clean(name))
    for counted in ("tests", "failures", "errors"):
        root.set(counted, str(sum(int(each.get(counted, "0")) for each in suites)))
    root.extend(suites)
    ET.indent(root)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{ET.tostring(root, encoding='unicode')}\n"


def _clean(text: str) -> str:
    """Make control characters visible, and take out what no XML document can hold."""
    return _NO_XML.sub("\ufffd", visible(text))
