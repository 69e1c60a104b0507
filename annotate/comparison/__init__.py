"""Compare two sides of repeats against the same gold: what changed, and whether that is noise.

`sides` resolves what a person names, `baselines` keeps what was blessed, `tallying` counts by
segment, `significance` tests, `deltas` holds the scores' changes and `changes` those of single
annotations, `usage` what either side took, `gating` decides what may pass, and `comparing` is the
whole.
"""
