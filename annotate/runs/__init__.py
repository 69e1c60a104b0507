"""A run as a folder: write it, and read it again.

Annotations and the account of every chunk come in; a folder that is the same bytes each time goes
out, and a `Run` to read it by. It stores what was found; it does not find, score or show anything.
"""
