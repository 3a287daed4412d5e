"""The command line: one file a command, read only when it is called."""

from __future__ import annotations

import importlib
import os
import sys

import click

from amparo.errors import AmparoError
from amparo.hardening import harden
from amparo.messages import Messages, languages, messages

_COMMANDS = (
    "new", "open", "read", "report", "batch", "check", "copy", "example", "backup", "restore",
    "slot", "wipe", "import", "doctor", "translate", "lab", "workshop-server", "certificate",
    "hub-page",
)  # fmt: skip


def words() -> Messages:
    """Return the sentences in the language of the terminal, or English."""
    for variable in ("AMPARO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        code = os.environ.get(variable, "")[:2].lower()
        if code in languages():
            return messages(code)
    return messages("en")


class _Commands(click.Group):
    """Reads a command's file only when it is asked for: a cold start stays short."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = cmd_name.partition("-")[0]
        return importlib.import_module(f"amparo.cli.{module}_command").command


@click.command(cls=_Commands, help=words().text("cli.help"))
@click.version_option(package_name="amparo", message="%(version)s")
def _amparo() -> None:
    pass


def main() -> None:
    """Run one command; every failure is one sentence and exit code 2."""
    harden()
    result: object = None
    try:
        result = _amparo.main(standalone_mode=False)
    except click.Abort:
        _fail(words().text("cli.stopped"), 130)
    except click.ClickException as error:
        # Our own words come from the catalogue; click's only name an option, never its value.
        _fail(f"{words().text('cli.usage')} {_spoken(error)}", 2)
    except AmparoError as error:
        _fail(words().error(error), 2)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:
        # The outermost place: a traceback could show what somebody typed.
        if os.environ.get("AMPARO_DEBUG"):
            raise
        _fail(words().error(AmparoError(type(error).__name__)), 2)
    sys.exit(result if isinstance(result, int) else 0)


def _spoken(error: click.ClickException) -> str:
    name = getattr(error, "option_name", None) or getattr(
        getattr(error, "param", None), "name", None
    )
    return str(name) if name else type(error).__name__


def _fail(sentence: str, code: int) -> None:
    print(sentence, file=sys.stderr)
    sys.exit(code)


__all__ = ["main", "words"]
