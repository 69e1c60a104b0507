"""The commands, one module per command or group of commands, each with its `app`.

What was typed comes in; a result is printed. What more than one command needs, such as options,
progress and exit codes, stands in `annotate.cli`; what a caller of the library needs too does not
stand here. Help imports all of these modules, so a command imports what it uses in its function.
"""
