"""``tisserand module``: a training module on a theme, written to a file."""

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import UsageError

if TYPE_CHECKING:
    from assistant.modules.module import Module
    from assistant.modules.request import ModuleRequest
    from index.library import Library


def add_module(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "theme", nargs="?", metavar="THÈME", help="le thème, en quelques mots entre guillemets"
    )
    parser.add_argument("--heures", type=float, metavar="N", help="durée, de 1 à 21 heures (défaut : 3)")
    parser.add_argument("--public", default="", metavar="TEXTE", help="public, par exemple « ES 2e année »")
    parser.add_argument(
        "--diplome", default="", metavar="SIGLE", help="ASS, ES, CESF, EJE, ME, AES, TISF ou CAFERUIS"
    )
    parser.add_argument("--groupe", type=int, metavar="N", help="nombre de participants (défaut : 15)")
    parser.add_argument("--acquis", default="", metavar="TEXTE", help="ce que le groupe connaît déjà")
    parser.add_argument(
        "--avec", action="append", default=[], metavar="DOCUMENT", help="document à utiliser, lui seul"
    )
    parser.add_argument(
        "--sans", action="append", default=[], metavar="DOCUMENT", help="document à laisser de côté"
    )
    parser.add_argument(
        "--voix", action="append", default=[], metavar="NOM", help="organisation à citer, elle seule"
    )
    parser.add_argument(
        "--sans-voix", action="append", default=[], metavar="NOM", help="organisation à ne pas citer"
    )
    parser.add_argument(
        "--brouillon", type=Path, metavar="F.json", help="repartir d’un brouillon au lieu d’un thème"
    )
    parser.add_argument(
        "-o", dest="out", type=Path, action="append", metavar="FICHIER",
        help="fichier à écrire : .docx, .odt, .pdf, .md, .pptx, .xml (Moodle), .gift ou .json (brouillon)",
    )  # fmt: skip
    parser.add_argument(
        "--fiche", default="formateur", choices=("formateur", "participants", "quiz", "corrige"),
        help="fiche à écrire en .docx, .odt, .pdf ou .md (défaut : formateur)",
    )  # fmt: skip
    parser.add_argument("--index", metavar="DOSSIER", help="dossier de l’index (défaut : TISSERAND_INDEX)")
    parser.set_defaults(run=write_module)


def write_module(options: Namespace) -> int:
    """Make a module and write its files; without one, show the plan. Returns 1 for a theme not covered."""
    from assistant.modules import NotCovered, build_module
    from assistant.modules.drafts import read_draft
    from assistant.modules.export import FORMATS
    from assistant.modules.introducing import introduced
    from index.config import index_folder
    from index.library import Library
    from index.llm import configured_model

    for file in options.out or ():
        if file.suffix.removeprefix(".").lower() not in FORMATS:
            raise UsageError(
                f"{file} : format inconnu ; connus : {', '.join(f'.{name}' for name in FORMATS)}"
            )
    library = Library(index_folder(options.index))
    if options.brouillon:
        made: Module | NotCovered = read_draft(options.brouillon)
    else:
        made = build_module(library, _request(options))
        model = configured_model()
        if model is not None and not isinstance(made, NotCovered):
            made = introduced(model, made)
    if isinstance(made, NotCovered):
        print(made.reason)
        for quote in made.quotes:
            print(f"- «\u00a0{quote.text}\u00a0» ({quote.source})")
        return 1
    if options.brouillon:
        _warn(library, made)
    _write(options, made)
    return 0


def _request(options: Namespace) -> "ModuleRequest":
    from assistant.modules.request import ModuleRequest, minutes_in, request_from

    if not (options.theme or "").strip():
        raise UsageError(
            'quel thème ? Exemple : tisserand module "Le pouvoir d’agir" --heures 3 -o module.docx'
        )
    given = ModuleRequest(
        theme=options.theme,
        minutes=round((options.heures or 3) * 60),
        public=options.public,
        diploma=options.diplome.upper(),
        group=options.groupe or 15,
        known=options.acquis,
        documents=tuple(options.avec),
        without_documents=tuple(options.sans),
        speakers=tuple(options.voix),
        without_speakers=tuple(options.sans_voix),
    )
    read = request_from(options.theme, given)
    told = options.heures or not minutes_in(options.theme)
    return replace(
        read,
        minutes=given.minutes if told else read.minutes,
        group=given.group if options.groupe else read.group,
    )


def _warn(library: "Library", module: "Module") -> None:
    from assistant.modules.drafts import no_longer_verbatim

    for quote in no_longer_verbatim(library, module):
        told = f"«\u00a0{quote.text}\u00a0» ({quote.source})"
        print(f"Attention : n’est plus mot pour mot dans la bibliothèque : {told}")


def _write(options: Namespace, module: "Module") -> None:
    from assistant.modules.export import Sheet, exported

    for file in options.out or ():
        try:
            file.write_bytes(exported(module, file.suffix.removeprefix(".").lower(), Sheet(options.fiche)))
        except OSError as error:
            raise UsageError(f"{file} ne peut pas être écrit") from error
        print(
            f"{module.title} : {len(module.sequences)} séquences, {len(module.quiz)} questions, dans {file}"
        )
    if not options.out:
        print(exported(module, "md", Sheet(options.fiche)).decode("utf-8"))
