"""The offline baseline: annotate by the cues of a lexicon file, without a model.

In come a lexicon and chunks; out go grounded annotations, the same each time. It is a floor to
compare prompts with; it is no model, and it knows no word of any domain.
"""
