"""What is in the way, said plainly on the screen, and the code that a command then ends with."""

from __future__ import annotations

import click


def not_understood(wrong: click.ClickException) -> int:
    """Say what was not understood, with how it is asked and where to read on; the code to end with."""
    context = wrong.ctx if isinstance(wrong, click.UsageError) else None
    if context is not None:
        click.echo(context.get_usage(), err=True)
        click.echo(f"`{context.command_path} --help` says more.\n", err=True)
    click.echo(_sentence(wrong, context), err=True)
    return wrong.exit_code


def in_the_way(wrong: Exception) -> str:
    """The message of what people can put right. Of a file that the system refuses, which it is and why."""
    if isinstance(wrong, OSError) and wrong.filename is not None and wrong.strerror:
        return f"{wrong.filename} cannot be read or written: {wrong.strerror[0].lower()}{wrong.strerror[1:]}."
    return str(wrong)


def _sentence(wrong: click.ClickException, context: click.Context | None) -> str:
    if isinstance(wrong, click.NoSuchCommand) and context is not None and isinstance(context.command, click.Group):
        what = "measure" if context.info_name == "measure" else "command"
        return f"There is no {what} “{wrong.command_name}”. There are: {', '.join(sorted(context.command.commands))}."
    if isinstance(wrong, click.BadParameter) and not isinstance(wrong, click.MissingParameter):
        hint = wrong.param_hint or (wrong.param.get_error_hint(context) if wrong.param else None)
        which = hint if hint is None or isinstance(hint, str) else " / ".join(hint)
        return f"{which.strip(chr(39))}: {wrong.message}" if which else wrong.message
    return wrong.format_message()
