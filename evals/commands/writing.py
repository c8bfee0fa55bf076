"""``check``, ``convert`` and ``review``: the cases themselves."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING

from evals.commands.running import CASES_HELP, add_index
from index.config import index_folder

if TYPE_CHECKING:
    from evals.checking import Mismatch


def add_commands(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the commands about cases."""
    check = commands.add_parser(
        "check", help="dire quels cas ne correspondent plus aux documents, et le texte le plus proche"
    )
    check.add_argument("cases", type=Path, metavar="CAS", help=CASES_HELP)
    add_index(check)
    check.add_argument(
        "-o", "--output", type=Path, metavar="F", help="fichier où écrire les cas corrigés (.jsonl ou .csv)"
    )
    check.set_defaults(run=_check)

    convert = commands.add_parser("convert", help="passer des cas du tableur (.csv) au .jsonl, et retour")
    convert.add_argument("source", type=Path, metavar="CAS", help=CASES_HELP)
    convert.add_argument("target", type=Path, metavar="F", help="fichier à écrire (.jsonl ou .csv)")
    convert.set_defaults(run=_convert)

    review = commands.add_parser("review", help="relire les avis laissés dans le chat et en faire des cas")
    review.add_argument("feedback", type=Path, metavar="DOSSIER", help="dossier des avis (.jsonl)")
    review.add_argument(
        "--cases", type=Path, required=True, metavar="F", help="fichier de cas à compléter (.jsonl ou .csv)"
    )
    review.add_argument("--author", default="", metavar="NOM", help="qui relit, noté dans le cas")
    add_index(review)
    review.set_defaults(run=_review)


def _check(options: Namespace) -> int:
    from contextlib import closing

    from evals.cases import read_cases, write_cases
    from evals.checking import check_cases, corrected
    from evals.typography import counted
    from index.library import Library

    questions = read_cases(options.cases)
    with closing(Library(index_folder(options.index))) as library:
        check = check_cases(questions, library.documents())
    for mismatch in check.mismatches:
        print(_told(mismatch))
    for question_id, remark in check.remarks:
        print(f"{question_id}\u00a0: {remark}")
    lost = len({mismatch.question_id for mismatch in check.mismatches})
    print(f"{counted(check.checked, 'cas', 'cas')} lus, {lost} à revoir.")
    if options.output:
        write_cases(options.output, corrected(questions, check))
        print(f"cas corrigés dans {options.output}\u00a0; relisez-les")
    return 1 if check.mismatches else 0


def _told(mismatch: Mismatch) -> str:
    from evals.typography import percentage

    place = mismatch.place
    wanted = place.quote or f"de «\u00a0{place.begin}\u00a0» à «\u00a0{place.end}\u00a0»"
    missing = "n’est pas dans l’index" if mismatch.source_missing else "ne contient plus ce texte"
    lines = [f"{mismatch.question_id}\u00a0: {place.source} {missing}", f"    attendu  {wanted}"]
    if mismatch.nearest:
        near = mismatch.nearest
        lines.append(f"    proche   {near.quote} ({near.source}, {percentage(mismatch.likeness / 100)})")
    else:
        lines.append("    rien de proche\u00a0; écrivez une autre preuve, ou retirez le cas")
    return "\n".join(lines)


def _convert(options: Namespace) -> int:
    from evals.cases import SUFFIXES, read_cases, write_cases
    from evals.typography import counted
    from index.errors import UsageError

    if options.target.suffix not in SUFFIXES:
        raise UsageError(f"{options.target}\u00a0: donnez un nom en .jsonl ou en .csv")
    questions = read_cases(options.source)
    write_cases(options.target, questions)
    print(f"{counted(len(questions), 'cas', 'cas')} dans {options.target}")
    return 0


def _review(options: Namespace) -> int:
    from contextlib import closing

    from evals.reviewing_terminal import review
    from index.library import Library

    with closing(Library(index_folder(options.index))) as library:
        return review(library, options.feedback, options.cases, options.author)
