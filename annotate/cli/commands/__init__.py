"""The commands, one module per command or group of commands, each with its `app`.

What was typed comes in; a result is printed. A command is listed in `annotate.cli.app`. What more
than one command needs, such as options, progress and exit codes, stands in `annotate.cli`.
"""
