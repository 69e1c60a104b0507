"""Anchor an answer in the text: find the place of each quote, or refuse it.

Raw items and the chunk that they were made from come in; what goes out is annotations whose quote
is the text at their offsets, and rejected items with the reason. This package proves where words
stand, not what they mean.
"""
