"""From inputs to a run: read, segment, chunk, annotate, merge, write.

In come paths and settings; out goes a finished run, or one that the same command resumes. It puts
the steps in order; each step itself is in a package of its own.
"""
