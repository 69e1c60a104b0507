"""JUnit XML: a case for everything that a gate looked at, and hostile text as text."""

import xml.etree.ElementTree as ET

from annotate.comparison.comparison import Comparison
from annotate.reporting import junit
from tests.support.compared import hostile

ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "testcase": {"classname", "name"},
    "failure": {"type", "message"},
    "skipped": {"message"},
    "system-out": set(),
}
"""What junit-10.xsd of the xUnit plugin of Jenkins knows and this report uses."""


def test_junit_has_a_case_for_everything_that_a_gate_looked_at(worse: Comparison) -> None:
    root = ET.fromstring(junit.of_comparison(worse))  # noqa: S314 (our own)
    for element in root.iter():
        assert set(element.attrib) == ATTRIBUTES[element.tag]
    (suite,) = root
    cases = list(suite)
    assert [(case.get("classname"), case.get("name")) for case in cases] == [
        (f"annotate.{check.gate}", check.what) for check in worse.checks
    ]
    failures = [case.find("failure") for case in cases]
    failed = [failure for failure in failures if failure is not None]
    assert [failure.get("message") for failure in failed] == [c.message for c in worse.failures]
    assert suite.get("tests") == str(len(cases)) == root.get("tests")
    assert suite.get("failures") == str(len(failed)) == root.get("failures")
    assert suite.get("skipped") == str(len(suite.findall("testcase/skipped"))) == "9"
    assert junit.of_comparison(worse) == junit.of_comparison(worse)


def test_xml_holds_hostile_text_as_text() -> None:
    found = hostile()
    root = ET.fromstring(junit.of_comparison(found).encode())  # noqa: S314 (our own)
    names = {case.get("name") for case in root.iter("testcase")}
    assert {"<b>1</b>|", "<u>|x\\u001b"} <= names
    broken = root.find("testsuite/testcase[@name='<b>1</b>|']/failure")
    assert broken is not None
    assert "a|b`c`<i>d</i>\\u001b[31m_e_\\u000a.txt" in str(broken.get("message"))
