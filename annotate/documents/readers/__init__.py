"""Turn a file of one format into documents: a module for each format, listed in the registry.

A source and the encoding that the user named come in; documents with their text go out. Nothing
here decides what the blocks or sentences of a text are.
"""
