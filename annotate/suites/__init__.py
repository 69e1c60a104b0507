"""Evaluate suites: run prompts and models, score them, compare them with what was blessed.

A suite file (`suite`) and what the command line overrides come in; `trials` are one prompt with one
model each, `forecast` says what each would send, and `verdicts` runs them and says how each ended,
with its scores (`subsets`), its comparison and how often the gates fail where nothing changed
(`false_alarms`). How a result is printed belongs to `annotate.reporting`, and which exit code it
has to `annotate.cli`.
"""
