"""Score labels against labels: what pairs with what, how much of it is right, what went wrong.

Pure functions on spans and values; no file, no schema, no statistics. `labels` and `overlapping`
say what is compared, `matching` pairs it one to one (`assignment` solves the contested places),
`cells` counts the pairs into the value classes of `scores`, `scorer` does so document by document,
`confusion` does it by unit, and `outcomes` says what became of each label.
"""
