"""Write a report as GitHub-flavoured Markdown; what documents say opens no mark of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotate.report.citations import Citation
from annotate.report.content import Account, Section
from annotate.report.report import Report
from annotate.reporting.markdown import escaped, item


def markdown(report: Report) -> str:
    """Return a report as Markdown."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# {escaped(report.title)}"
    for line in report.preface:
        yield from ("", escaped(line))
    for notice in report.notices:
        yield from ("", f"**{escaped(notice)}**")
    yield from ("", "## How it was made", "", *_facts(report.facts))
    for account in report.accounts():
        yield from account_lines(account)
    for section in report.left:
        yield from _section("##", section)


def _facts(facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (f"- **{escaped(name)}**: {escaped(text)}" for name, text in facts)


def account_lines(account: Account) -> Iterator[str]:
    """Yield the lines of Markdown about one document."""
    yield from ("", f"## {escaped(account.name)}", "", *_facts(account.source))
    for chapter in account.chapters:
        yield from ("", f"### {escaped(chapter.title)}", "")
        for statement in chapter.statements:
            yield item(statement.sentence)
            for citation in statement.citations:
                yield from _citation(citation)
            yield ""
    for section in account.endings:
        yield from _section("###", section)


def _citation(citation: Citation) -> Iterator[str]:
    remarks = (f"({escaped(remark)})" for remark in citation.remarks)
    lead = (f"(after: {escaped(citation.lead)})",) if citation.lead else ()
    lines = (*lead, f"“{escaped(citation.quote)}”", escaped(citation.located), *remarks)
    yield from ("", "  \n".join(f"  > {line}" for line in lines))


def _section(level: str, section: Section) -> Iterator[str]:
    title, lines = section
    yield from ("", f"{level} {escaped(title)}", "", *map(item, lines))
