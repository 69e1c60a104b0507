"""What changed between two texts, or between two readings of one, told in statements.

Two runs come in, or texts that are read first; out comes, document by document, which statements
were added, removed and changed in which values, moved, reworded or kept, and which facts and
silences that makes. It needs no gold, and judges neither side: that is `annotate.comparison`.
"""
