"""The command line: parse what was typed, make one library call, print.

Arguments come in; results go out on standard output, everything else on standard error, and an exit
code says how it ended. It decides nothing that a caller of the library would miss.
"""

import gc

# What is imported stays: to look through it again and again takes a tenth of a command's time.
gc.set_threshold(50_000, 20, 50)
