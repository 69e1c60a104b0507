"""Find a project: its tasks, and the settings that hold for a command.

In come a working directory, the environment and flags; out go a `Task` (schema, lexicon, paths) and
`Settings`. It reads schemas and settings; it reads no document and starts no run.
"""
