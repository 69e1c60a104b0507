"""Say what was annotated in the names of another label set: those of a corpus, articles of a law.

    mapped = crosswalk("runs/demo", "gdpr")
    for each in standings(mapped):
        print(each.label.name, each.stated)
    annotate.export(mapped, "csv", "gdpr.csv")
    print(score(mapped).scores["document"].f1)

A run or gold comes in, with the table that stands beside its schema; annotations in the other
names go out, and scores in them. It moves names: what words mean is as it was annotated, and
whether a law is satisfied is said nowhere here. Reports in these names are those of
`annotate.report`.
"""

from annotate.crosswalks.check import check_crosswalks
from annotate.crosswalks.mapped import MappedRun, Standing, crosswalk, standings
from annotate.crosswalks.scoring import score

__all__ = ["MappedRun", "Standing", "check_crosswalks", "crosswalk", "score", "standings"]
