"""Gold: hand-labelled annotations as files, their lint, and how far two labellers agree.

In come folders of gold and of blind passes; out go checked values, findings and agreement. It is
data about what is right; it does not score a run.
"""
