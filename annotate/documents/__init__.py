"""Read files as documents, and divide their text into blocks, segments, units and chunks.

Paths come in; what goes out is a `Document` with one canonical text, its `Segmentation`, and the
`Chunk`s that cover it. This package knows layout and sentences; it knows nothing of a schema or of
what the text says.
"""
