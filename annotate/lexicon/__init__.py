"""The offline baseline: annotate by the cues of a lexicon file, without a model.

A lexicon and chunks come in; grounded annotations go out, the same each time. It is a floor to
compare prompts with; it is not a model, and it knows no word of any domain.
"""
