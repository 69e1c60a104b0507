"""The command line: parse what was typed, make one library call, print.

Arguments come in; results go out on standard output, everything else on standard error, and an exit
code says how it ended. It decides nothing that a caller of the library would miss.
"""
