"""Find a project: its tasks, and the settings that hold for a command.

A folder, the environment and flags come in; a `Task` (schema, lexicon, paths) and `Settings` go
out. It executes schema files and reads settings; it reads no document and starts no run.
"""
