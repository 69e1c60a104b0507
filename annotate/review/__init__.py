"""Review: what people decided about the annotations of a run, and what follows from it.

A run and the logs beside it come in; the state of a review, passes, gold and what annotators
decided differently go out. It neither draws a page nor answers a request.
"""
