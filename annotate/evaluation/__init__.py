"""Evaluate runs against gold: scores, kinds of error, reliability, and what to read them against.

A run, or what a baseline kept of one (`predictions`), and gold come in; `evaluate` returns an
`Evaluation`, and for several repeats how far their scores lie apart (`repeats`). `comparability`
refuses what gold cannot judge; `references` reads what people and the gold's own passes reached.
How the labels are matched and counted belongs to `annotate.scoring`, and whether a change between
two evaluations is noise to `annotate.comparison`.
"""
