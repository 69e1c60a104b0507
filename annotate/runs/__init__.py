"""A run as a folder: write it, open it again.

In come annotations and the account of every chunk; out goes a folder that is the same bytes each
time, and a `Run` to read it by. It stores what was found; it does not find, score or show anything.
"""
