"""`joinedup engines`: where measures can be run, whether that works here, and what each cannot do."""

from __future__ import annotations

import importlib.util
import shutil
from importlib.metadata import version

import click
import duckdb

from joinedup.engines.limits import LIMITS


@click.command()
def engines() -> None:
    """Where measures can be run, whether that works here, and what each cannot do."""
    click.echo(f"duckdb   {duckdb.__version__}, in this process: the default")
    click.echo(f"spark    {_spark()}")
    for name in ("duckdb", "spark"):
        for limit in (each for each in LIMITS if each.engine == name):
            click.echo(f"\n{name} does not do {limit.what}: {limit.why}.")


def _spark() -> str:
    lacking = []
    there = importlib.util.find_spec("pyspark") is not None
    if not there:
        lacking.append("PySpark (pip install 'manyhands[spark]')")
    if shutil.which("java") is None:
        lacking.append("Java 17, unless a session or an sc:// address is given")
    if lacking:
        return f"not here: it needs {' and '.join(lacking)}"
    return f"{version('pyspark')}, on this machine or at --master ADDRESS"
