"""Groups of commands that take either number of a name: `annotate tasks` is `annotate task`."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup


class Group(TyperGroup):
    """Takes the singular of a command's name for its plural, and the other way round.

    The help, and what is printed of a command, have the one name that it has.
    """

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is typed, by its own name."""
        if args and args[0] not in self.commands:
            name = args[0]
            others = {f"{name}s", f"{name}es", name.removesuffix("s"), name.removesuffix("es")}
            if len(found := others & self.commands.keys()) == 1:
                args = [*found, *args[1:]]
        return super().resolve_command(ctx, args)
