"""Gold: hand-labelled annotations as files, their lint, and how far two labellers agree.

Folders of gold and of blind passes come in; checked values, findings and agreement go out. It is
data about what is right; it does not score a run.
"""
