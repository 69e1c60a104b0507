"""A report in the names of another label set has each label with the sentences and quotes of it."""

from __future__ import annotations

import annotate
from annotate.crosswalks import crosswalk
from annotate.report.label_set import label_report
from annotate.report.markdown import markdown
from annotate.report.report import report_on


def test_each_label_has_the_statements_that_reach_it(policies: annotate.Run) -> None:
    report = label_report(crosswalk(policies, "gdpr"))
    own = {
        (account.name, statement.sentence): statement.citations
        for account in report_on(policies).accounts()
        for chapter in account.chapters
        for statement in chapter.statements
    }
    for account in report.accounts():
        titles = [each.title for each in account.chapters]
        assert titles == sorted(titles)  # in the order of the articles
        for chapter in account.chapters:
            for statement in chapter.statements:
                cited = own[account.name, statement.sentence]
                assert {*statement.citations} <= {*cited}
        silent = [each for each in account.silent if "13(2)(e)" in each]
        stated = [each for each in titles if each.startswith("13(2)(e)")]
        assert len(silent) + len(stated) == 1


def test_the_report_says_what_labels_mean_where_they_are_stated_and_what_has_none(
    policies: annotate.Run,
) -> None:
    text = markdown(label_report(crosswalk(policies, "gdpr")))
    assert text.startswith("# GDPR, Articles 13 and 14: report on run\n")
    assert "13(2)(b): One of these rights counts; the article asks for all of them." in text
    assert "### 13(1)(e): the recipients or categories of recipients" in text
    labels = text.index("## Labels by document")
    (line,) = [each for each in text[labels:].splitlines() if each.startswith("- 13(1)(b)")]
    assert line == (
        "- 13(1)(b): stated in infinitydesk.txt; not stated in infotech.txt, infrascale.md, "
        "infroryx.txt, infuze-cloud.txt"
    )
    assert "- 29 security: no item asks for it" in text[labels:]
    assert "**labels**: gdpr 1, " in text
