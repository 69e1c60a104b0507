"""Say what documents state, in sentences: a report to file, and a matrix of facts across documents.

A run and its schema come in, with the sentences that stand beside the schema. HTML, Markdown, Word,
CSV or Parquet go out. Every sentence is made from attributes and stands with the quote that proves
it: nothing is summarised, nothing is judged, no model is asked. How a run went, how good it is and
what changed are the business of `annotate.reporting`; pages to look around in are those of
`annotate.viewer`.
"""
