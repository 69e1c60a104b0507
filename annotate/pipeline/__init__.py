"""From inputs to a run: read, segment, chunk, annotate, merge, write.

Paths and settings come in; a finished run goes out, or one that the same command resumes. It puts
the steps in order; each step itself is in a package of its own.
"""
