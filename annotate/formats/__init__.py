"""Write annotations for other tools, and read back what people corrected there.

A run or gold comes in; files in the tool's own format go out, and from such files a run or gold
comes back. It converts; what it cannot carry over it names, and it judges nothing.
"""
