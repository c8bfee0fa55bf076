"""``tisserand-evals``: measure the product, say what changed, and whether it may be released."""

import sys
from argparse import Namespace

from evals.commands import judging, running, studying, writing
from index.errors import TisserandError
from index.terminal import FrenchParser, run_command, typeset

NAME = "tisserand-evals"
COULD_NOT_RUN = 2  # so that 1 stays free to say that figures are not good enough


def main(argv: list[str] | None = None) -> int:
    """Run the command line; the status is 2 when it could not be done, with one line that says why."""
    options = _parser().parse_args(argv)
    return run_command(NAME, lambda: _run_or_explain(options))


def _run_or_explain(options: Namespace) -> int:
    try:
        return int(options.run(options))
    except TisserandError as error:
        print(typeset(f"{NAME} : {error}"), file=sys.stderr)
        return COULD_NOT_RUN


def _parser() -> FrenchParser:
    parser = FrenchParser(
        prog=NAME, description="Mesurer Tisserand\u00a0: ce qu’il trouve, ce qu’il répond, ce qu’il cite."
    )
    commands = parser.add_subparsers(title="Commandes\u00a0", metavar="COMMANDE", required=True)
    for room in (running, judging, writing, studying):
        room.add_commands(commands)
    return parser
