"""What the sheets of a module say, whatever the format: trainer, participants, quiz, key."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.modules.export.asking import answered, asked
from assistant.modules.export.parts import Kind, Part, item, quoted, table, text
from assistant.modules.module import Module, Quote, Sequence, SequenceKind
from assistant.modules.request import in_words


class Sheet(StrEnum):
    """The sheets, as options name them."""

    TRAINER = "formateur"
    PARTICIPANTS = "participants"
    QUIZ = "quiz"
    KEY = "corrige"


@dataclass(frozen=True, slots=True)
class Content:
    """A sheet ready to be written: its title, and what it says in order."""

    title: str
    parts: tuple[Part, ...]


def content_of(module: Module, sheet: Sheet) -> Content:
    """Return what a sheet of a module says."""
    name, parts = _SHEETS[sheet]
    return Content(f"{module.title} – {name}", tuple(_with_title(module, name, parts(module))))


def _with_title(module: Module, name: str, parts: Iterable[Part]) -> Iterator[Part]:
    yield Part(Kind.TITLE, module.title)
    yield text(f"{name}. {_frame(module)}")
    yield from parts


def _frame(module: Module) -> str:
    request = module.request
    public = f"Public\u00a0: {request.public}. " if request.public else ""
    return f"{public}Durée\u00a0: {in_words(module.minutes)}. Groupe\u00a0: {request.group} personnes."


def _trainer(module: Module) -> Iterator[Part]:
    yield from _objectives(module)
    yield Part(Kind.HEADING, "Déroulé")
    yield _plan(module)
    for sequence in module.sequences:
        if sequence.kind is not SequenceKind.BREAK:
            yield from _sequence(sequence, module, trainer=True)
    yield from _readings(module)
    yield Part(Kind.NEW_PAGE)
    yield Part(Kind.HEADING, "Quiz et corrigé")
    yield from answered(module.quiz)
    yield Part(Kind.HEADING, "À savoir")
    yield from (item(note) for note in module.notes)
    yield Part(Kind.NOTE, f"Bibliothèque\u00a0: {module.corpus}.")


def _participants(module: Module) -> Iterator[Part]:
    yield from _objectives(module)
    yield Part(Kind.HEADING, "Programme")
    yield _plan(module)
    for sequence in module.sequences:
        if sequence.all_quotes:
            yield from _sequence(sequence, module, trainer=False)
    yield from _readings(module)
    yield Part(Kind.NOTE, module.notes[-1] if module.notes else "")


def _quiz(module: Module) -> Iterator[Part]:
    yield text("Nom\u00a0: ______________________________   Date\u00a0: ____________")
    yield from asked(module.quiz)


def _key(module: Module) -> Iterator[Part]:
    yield from answered(module.quiz)


_SHEETS: dict[Sheet, tuple[str, Callable[[Module], Iterator[Part]]]] = {
    Sheet.TRAINER: ("Fiche du formateur", _trainer),
    Sheet.PARTICIPANTS: ("Fiche des participants", _participants),
    Sheet.QUIZ: ("Quiz", _quiz),
    Sheet.KEY: ("Corrigé du quiz", _key),
}


def _objectives(module: Module) -> Iterator[Part]:
    yield Part(Kind.HEADING, "Objectifs")
    for objective in module.objectives:
        yield item(objective.text + (f" [{objective.domain}]" if objective.domain else ""))
    if module.framework:
        yield Part(Kind.NOTE, module.framework)


def _plan(module: Module) -> Part:
    days = len({sequence.day for sequence in module.sequences}) > 1
    head = ("Jour", "Début", "Durée", "Séquence") if days else ("Début", "Durée", "Séquence")
    rows = [head]
    start, day = 0, 0
    for sequence in module.sequences:
        start, day = (0 if sequence.day != day else start), sequence.day
        row = (_clock(start), in_words(sequence.minutes), sequence.title)
        rows.append((str(day), *row) if days else row)
        start += sequence.minutes
    total = ("Total", in_words(module.minutes), "")
    rows.append(("", *total) if days else total)
    return table(rows)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}\u00a0h\u00a0{minutes % 60:02d}"


def _sequence(sequence: Sequence, module: Module, *, trainer: bool) -> Iterator[Part]:
    yield Part(Kind.HEADING, f"{sequence.title} ({in_words(sequence.minutes)})")
    if trainer and sequence.method:
        yield text(sequence.method)
    if sequence.introduction:
        yield text(sequence.introduction)
    yield from _quotes(sequence.quotes, "Passages clés")
    if sequence.voices:
        yield Part(Kind.SUBHEADING, "Points de vue")
        for voice in sequence.voices:
            yield quoted(voice.quote.text, voice.quote.source, f"{voice.speaker}\u00a0: ")
    if sequence.figures:
        yield Part(Kind.SUBHEADING, "Chiffres, à vérifier à leur date")
        for quote in sequence.figures:
            yield quoted(quote.text, f"{quote.source}{_dated(quote)}")
    yield from _quotes(
        sequence.case, f"Une expérience\u00a0: {case_title(sequence)}" if sequence.case else ""
    )
    if sequence.questions:
        yield Part(Kind.SUBHEADING, "Questions pour la discussion")
        yield from (item(question) for question in sequence.questions)


def case_title(sequence: Sequence) -> str:
    """Return the title of the experience that a sequence tells."""
    first = sequence.case[0]
    return first.title if first.relayed or not first.section else first.section


def _dated(quote: Quote) -> str:
    return f" – chiffre de {quote.year} ou antérieur" if quote.year else ""


def _quotes(quotes: tuple[Quote, ...], heading: str) -> Iterator[Part]:
    if quotes:
        yield Part(Kind.SUBHEADING, heading)
    for quote in quotes:
        yield quoted(quote.text, quote.source)


def _readings(module: Module) -> Iterator[Part]:
    yield Part(Kind.HEADING, "À lire")
    yield from (item(reading) for reading in module.readings)
