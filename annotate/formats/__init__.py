"""Write annotations for other tools, and read back what people corrected there.

In come a run or gold; out go files in the tool's own format, and from such files a run or gold
again. It converts; what it cannot carry over it names, and it judges nothing.
"""
