"""Hold what a run says against gold: scores, kinds of error, reliability, yardsticks beside.

`predictions` is what a run or a baseline says, `comparability` whether gold can judge it,
`evaluating` puts both together, `reliability` tells how far the run can be relied on, and
`yardsticks` what people and the gold's own passes reached.
"""
