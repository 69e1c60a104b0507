"""Report runs, evaluations, comparisons and suites to people and to continuous integration.

Values come in; `run`, `evaluation`, `comparison` and `suite` print them on a terminal, while
`markdown`, `junit` and `json` return them in one format each, and `dataframes` for notebooks; what
is said in words is said alike in all of them (`wording`). Nothing is computed here, and text of
documents and models is data in every format. Pages belong to `annotate.viewer`.
"""
