"""The command line: parse the words, make one library call, print.

In come arguments; out go results on standard output, everything else on standard error, and an exit
code. It decides nothing that a caller of the library would miss.
"""
