"""Score predicted labels against gold labels: how much was found, how much of it is right.

Labels and texts come in; `scorer` returns scores by category, by document and overall, `outcomes`
says what became of each label, `gains` which kind of error to fix first, and `confusion` compares
the two sides unit by unit. Every score is declared in the table of `measures`. There are no files,
no schemas and no statistics here: how sure a difference is belongs to `annotate.comparison`.
"""
