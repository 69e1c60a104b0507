"""Annotate what stands in memory: texts, documents, rows, data frames, Arrow tables.

Data come in; a run that stands in memory goes out, with everything that a run in a folder has. It
reads no files and writes none: `annotate.run` does.
"""
