"""Evaluate a suite: run its prompts and models, score them, hold them against what was blessed.

`suites` reads the file, `trials` forecasts and runs one prompt with one model, `judging` scores and
gates it, `alarms` counts how often the gates fail where nothing changed.
"""
