"""The command line `union-audit`: one thin command per verb, each in a module of its own, loaded when called.

Heavy libraries are imported inside the commands, so that help and faults of a call answer at once.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import MappingProxyType

import click

# Command → module that holds it; the module's attribute is the command's name with `_command` appended.
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "init": "auditor.commands.books",
        "import": "auditor.commands.books",
        "depreciate": "auditor.commands.year_work",
        "change-over": "auditor.commands.year_work",
        "close": "auditor.commands.books",
        "seal": "auditor.commands.seal",
        "verify": "auditor.commands.seal",
        "check": "auditor.commands.books",
        "audit": "auditor.commands.audit",
        "reconcile": "auditor.commands.reconcile",
        "sides": "auditor.commands.sides",
        "statements": "auditor.commands.papers",
        "report": "auditor.commands.papers",
        "disclose": "auditor.commands.disclose",
        "rules": "auditor.commands.rules",
        "budget": "auditor.commands.budget",
        "export": "auditor.commands.export",
        "serve": "auditor.commands.serve",
    }
)


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by name, or None for an unknown one."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name])
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 / language")
@click.version_option(package_name="union-audit", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context, lang: str) -> None:
    """工会经费记账与审计：建账、导入、检查、审计、报表、报告、浏览。

    Keep and audit the money of a trade union.
    """
    context.obj = lang
