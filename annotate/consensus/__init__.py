"""Unite samples: runs of one prompt or of several models over the same texts, as one run.

Run folders come in; a run goes out whose annotations say how many of the samples that could see
them made them. `samples` reads and checks the runs, `reach` says what each of them read, `grouping`
finds which of their annotations are the same, `voting` what the united one says, `ledger` how its
chunks ended, `uniting` does all this to each document, `thresholds` looks on gold for a confidence
from which annotations are right often enough, and `consensus` writes the run. It asks no model.
"""
