"""What the three commands share: a parser that speaks French, errors in one line, progress."""

import argparse
import os
import re
import sys
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any, NoReturn

from index.errors import TisserandError
from index.filters import Filters

if TYPE_CHECKING:
    from tqdm import tqdm  # type: ignore[import-untyped]

_MESSAGES: tuple[tuple[str, str], ...] = (
    (r"unrecognized arguments: (.+)", r"option ou argument inconnu : \1"),
    (r"the following arguments are required: (.+)", r"il manque : \1"),
    (r"argument (.+): expected one argument", r"\1 attend une valeur"),
    (r"argument (.+): expected at least one argument", r"\1 attend au moins une valeur"),
    (r"argument (.+): invalid int value: (.+)", r"\1 attend un nombre entier, pas \2"),
    (r"argument (.+): invalid choice: (.+?) \(choose from (.+)\)", r"\2 inconnu ; choix possibles : \3"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 et \2 ne vont pas ensemble"),
    (r"ambiguous option: (.+) could match (.+)", r"option ambiguë : \1 peut être \2"),
)


_BEFORE = re.compile(r" (?=[:;?!%»](?:\s|$|[),.]))|(?<=«) ")


class _FrenchFormatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Utilisation : " if prefix is None else prefix)


class FrenchParser(argparse.ArgumentParser):
    """An ``ArgumentParser`` whose help and errors are in French, errors in one line."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", _FrenchFormatter)
        super().__init__(**options, add_help=False)
        self._positionals.title = "Arguments\u00a0"
        self._optionals.title = "Options\u00a0"
        self.add_argument("-h", "--help", action="help", help="montrer cette aide")

    def error(self, message: str) -> NoReturn:
        """Print the error in French with where to find help, and leave with status 2."""
        for pattern, french in _MESSAGES:
            message = re.sub(pattern, french, message)
        self.exit(2, f"{self.prog} : {message} (aide : {self.prog} --help)\n")


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add the options that narrow a search; ``chosen_filters`` reads them."""
    for option, meaning in (
        ("--document", "identifiant d’un document, tel que status le donne"),
        ("--kind", "nature : constat, recommandation, définition, rapport, fiche…"),
        ("--speaker", "voix : une organisation, telle que status la donne"),
        ("--year", "année du texte"),
    ):
        parser.add_argument(option, action="append", default=[], metavar="X", help=f"{meaning} (répétable)")


def chosen_filters(options: argparse.Namespace) -> Filters:
    """Return the filters that the options of a command name."""
    return Filters(
        frozenset(options.document),
        frozenset(options.kind),
        frozenset(options.speaker),
        frozenset(options.year),
    )


def run_command(name: str, action: Callable[[], int]) -> int:
    """Run a command; an error meant for the operator becomes one line on stderr and status 1."""
    try:
        return action()
    except TisserandError as error:
        print(typeset(f"{name} : {error}"), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(typeset(f"{name} : interrompu"), file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output left: not an error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def typeset(text: str) -> str:
    """Return a French text with its spaces before « : ; ? ! % » and inside quotes unbreakable."""
    return _BEFORE.sub("\u00a0", text)


class ProgressLine:
    """Progress as a bar on a terminal, with the time left; silent where there is no terminal."""

    def __init__(self, stream: IO[str] | None = None) -> None:
        self._stream = stream or sys.stderr
        self._bar: tqdm[NoReturn] | None = None

    def __call__(self, label: str, done: int, total: int) -> None:
        """Show that ``label`` is at work, ``done`` of ``total``; a new total starts a new bar."""
        if not self._stream.isatty():
            return
        if self._bar is None or self._bar.total != total or done < self._bar.n:
            self.close()
            self._bar = _bar(self._stream, total)
        self._bar.set_description_str(label[:50], refresh=False)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """Clear the bar."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def _bar(stream: IO[str], total: int) -> "tqdm[NoReturn]":
    from tqdm import tqdm

    left = "{percentage:3.0f}\u00a0% |{bar}| {n_fmt}/{total_fmt}, {elapsed}, reste {remaining}  {desc}"
    return tqdm(total=total, file=stream, leave=False, bar_format=left, dynamic_ncols=True, mininterval=0)
