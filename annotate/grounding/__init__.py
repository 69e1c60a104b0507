"""Anchor an answer in the text: find the place of each quote, or refuse it.

In come raw items and the chunk that they were made from; out go annotations whose quote is the text
at their offsets, and rejected items with the reason. It proves where words stand, not
what they mean.
"""
