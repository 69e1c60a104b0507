"""Draft a task of one's own: a project that runs at once, from a name or from examples in a table.

The name of a task comes in, perhaps with a file of examples; a folder with schema, prompt, lexicon,
documents, gold and suites comes out. What it writes is a start for people to go on from: it decides
no definition, and the cues that it finds are no measure of anything.
"""
