"""A comparison as people and continuous integration read it: terminal, Markdown, JUnit XML.

Each module turns a `Comparison` into one format and computes nothing of its own. Text of documents
and models is data in all of them.
"""
