"""Read files as documents, and divide their text into blocks, segments, units and chunks.

In come paths; out go a `Document` with one canonical text, its `Segmentation`, and `Chunk`s that
cover it. It knows layout and sentences; it knows no schema and nothing of what the text says.
"""
