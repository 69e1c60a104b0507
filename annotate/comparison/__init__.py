"""Compare two sides of repeats against the same gold: what changed, and whether that is noise.

Runs, their repeats or baselines come in, with their gold; `compare` returns a `Comparison`: the
changes of the scores (`deltas`), those of single annotations (`changes`), how sure they are
(`significance`), and what may pass (`gates`). It does not score a run by itself, which is for
`annotate.evaluation`, and prints nothing.
"""
