"""The command line: `joinedup --help`, or `python -m joinedup --help`."""

from __future__ import annotations

import sys

import click
import duckdb

from joinedup import __version__
from joinedup.cli.belonging import memberships
from joinedup.cli.charting import chart
from joinedup.cli.deciding import before_and_after
from joinedup.cli.engines import engines
from joinedup.cli.finding import find
from joinedup.cli.leading import OF_TEAMS
from joinedup.cli.leaving import drill, network
from joinedup.cli.loading import load
from joinedup.cli.measuring import measure
from joinedup.cli.needing import ABOUT_PEOPLE
from joinedup.cli.refusing import in_the_way, not_understood
from joinedup.cli.reporting import report
from joinedup.cli.requesting import referrals
from joinedup.cli.showing import tables
from joinedup.cli.turning import turned_to
from joinedup.engines.distributed import EngineMissing
from joinedup.find import NoContacts
from joinedup.finding.remembered import BadList
from joinedup.finding.rule_file import BadRule
from joinedup.measures.asking import NotInTheseRecords
from joinedup.measures.before_and_after import TooFew
from joinedup.measures.code_list import BadCodeList
from joinedup.period import NoSuchPeriod
from joinedup.records.generations import NotAStore, StoreBusy, StoreNotFound, StoreOfAnotherVersion
from joinedup.records.mapping import BadMapping
from joinedup.records.sources import NothingThere

IN_THE_WAY = (
    NothingThere,
    NotAStore,
    StoreNotFound,
    StoreBusy,
    StoreOfAnotherVersion,
    EngineMissing,
    NoContacts,
    NotInTheseRecords,
    NoSuchPeriod,
    BadMapping,
    BadCodeList,
    BadRule,
    BadList,
    TooFew,
    OSError,
)
"""What people can put right. Its message says what is in the way and what to do; it is shown without a traceback."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="joinedup")
def joinedup() -> None:
    """
    Measure from records of care how joined up that care is.

    \b
    Begin with a folder of FHIR files, an event log, or a table of contacts:
      joinedup load my-records/ --into my-store
      joinedup tables my-store
    \b
    Then ask who is dealt with by many organisations at once:
      joinedup find my-store --aged 65 --conditions 4 --organisations 3 --within "24 months"
      joinedup find my-store --rule care-in-pieces --compare
      joinedup measure continuity my-store
    \b
    Or how care passes between organisations, and whom the place could not do without:
      joinedup measure hand-offs my-store --by sector
      joinedup drill my-store --by organisation
      joinedup chart my-store hand-offs
      joinedup report my-store --name "Our place" --out report.html
    \b
    A store is a folder of plain Parquet tables. Nothing leaves this computer, and the files
    that were loaded are only read. Loading more into the same store adds to it; loading the
    same again changes nothing.
    \b
    Exit codes: 0 done; 1 something is in the way, and the message says what; 2 the command
    was not understood; 130 stopped by Ctrl-C.
    """


for each in (*ABOUT_PEOPLE, *OF_TEAMS, before_and_after, memberships, referrals, turned_to):
    measure.add_command(each)
joinedup.add_command(load)
joinedup.add_command(find)
joinedup.add_command(measure)
joinedup.add_command(drill)
joinedup.add_command(network)
joinedup.add_command(chart)
joinedup.add_command(report)
joinedup.add_command(engines)
joinedup.add_command(tables)


def main(arguments: list[str] | None = None) -> None:
    """Run a command, and exit with its code."""
    screen = sys.stdout
    try:
        joinedup.main(args=arguments, prog_name="joinedup", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped. Run the same command again to go on.", err=True)
        sys.exit(130)
    except click.exceptions.NoArgsIsHelpError as help_wanted:
        help_wanted.show()
        sys.exit(help_wanted.exit_code)
    except click.ClickException as wrong:
        sys.exit(not_understood(wrong))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except SystemExit:
        if sys.stdout is screen:
            raise
        sys.exit(0)  # whoever was reading has read enough, as `| head` has: click has let go of the screen
    except duckdb.OutOfMemoryException:
        click.echo("There is not enough memory for this. Free some, or load fewer sources at a time.", err=True)
        sys.exit(1)
    except IN_THE_WAY as wrong:
        click.echo(in_the_way(wrong), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
