"""A module from a request: what the library holds on the theme, put in timed sequences, with a quiz."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.bibliography import corpus_version, in_french, iso690
from assistant.modules.coverage import GENERIC, judged
from assistant.modules.frameworks import Diploma, diploma_of
from assistant.modules.material import Material, alike, distinct
from assistant.modules.module import Module, NotCovered, Quote, SequenceKind, Voice
from assistant.modules.module import Sequence as Planned
from assistant.modules.objectives import objectives_for
from assistant.modules.quiz import quiz_for
from assistant.modules.quiz.blanks import BlankKind, figures
from assistant.modules.request import DAY, ModuleRequest
from assistant.modules.selection import selection_of
from assistant.modules.speaking import named
from assistant.modules.timing import Slot, slots
from index.french import fold
from index.kinds import PassageKind
from index.library import Library
from index.prompting import wording

_QUOTES, _FIGURES, _VOICES, _CASE, _QUESTIONS = 4, 2, 4, 4, 3  # most of each in one sequence
_NEAR_CASE = 0.45  # score of the best sentence of an experience that may be told
_HEADING = 90  # characters
_GROUP = 5  # people in a working group
_RESERVE = 30  # quotes kept to replace others
_SOURCE = re.compile(
    r"(?P<base>.+?(?:\b(?:19|20)\d\d)?)(?:, (?P<place>(?:p\.|chapitre|fiche|introduction|annexe"
    r"|synthèse).*))?$"
)


def build_module(library: Library, request: ModuleRequest) -> Module | NotCovered:
    """Return a module on a theme, or why the library has none.

    Raises ``UsageError`` when a document or a speaker named in the request is not in the library.
    """
    diploma = diploma_of(request.diploma)
    covered = judged(library, request.theme, selection_of(library, request))
    if isinstance(covered, NotCovered):
        return covered
    stock = _Stock(covered.material)
    sequences = tuple(_sequences(request, stock))
    shown = [quote for sequence in sequences for quote in sequence.all_quotes]
    quiz, spare = quiz_for(library, covered.material)
    return Module(
        request,
        _capital(request.theme),
        objectives_for(request.theme, sequences, diploma),
        sequences,
        quiz,
        _framework(diploma),
        tuple(_notes(request, covered.missing, sequences)),
        _readings(library, [*shown, *(proof for question in quiz for proof in question.proofs)]),
        tuple(distinct(covered.material.quotes, _RESERVE, shown)),
        spare,
        corpus_version(library),
    )


@dataclass(slots=True)
class _Stock:
    """What is left of the matter of a module: what one sequence takes, no other shows again."""

    material: Material
    taken: list[Quote]
    asked: list[str]

    def __init__(self, material: Material) -> None:
        self.material = material
        self.taken = []
        self.asked = list(material.questions)

    def quotes(self, most: int) -> tuple[Quote, ...]:
        """Take key passages, of different sections first, none that only gives a figure."""
        left = [quote for quote in self.material.quotes if quote.kind != PassageKind.EXPERIENCE]
        by_section: dict[tuple[str, str], int] = {}
        ranked = []
        for quote in left:
            if quote.place in {one.place for one in self.taken}:
                continue
            rank = by_section[quote.title, quote.section] = (
                by_section.get((quote.title, quote.section), -1) + 1
            )
            ranked.append((quote.score - 0.4 * rank, quote))
        ranked.sort(key=lambda pair: -pair[0])
        return self._take(distinct((quote for _, quote in ranked), most, self.taken))

    def figures(self, most: int) -> tuple[Quote, ...]:
        """Take sentences that give a figure, with their date."""
        held = (
            quote
            for quote in self.material.quotes
            if any(one.kind is BlankKind.FIGURE for one in figures(quote.text))
        )
        return self._take(distinct(held, most, self.taken))

    def voices(self, most: int) -> tuple[Voice, ...]:
        """Take one sentence of each organisation that speaks of the theme, the nearest first."""
        best: dict[str, Quote] = {}
        for quote in self.material.quotes:
            told = all(alike(quote.text, other.text) < 0.6 for other in (*self.taken, *best.values()))
            if quote.speaker and quote.speaker not in best and told:
                best[quote.speaker] = quote
        if len(best) < 2:
            return ()
        chosen = list(best.values())[:most]
        self._take(chosen)
        return tuple(Voice(quote.speaker, quote) for quote in chosen)

    def case(self, most: int) -> tuple[Quote, ...]:
        """Take sentences of one experience, in reading order: the nearest to the theme."""
        groups: dict[str, list[Quote]] = {}
        seen = {quote.place for quote in self.taken}
        for quote in (*self.material.quotes, *self.material.around):
            told = quote.kind == PassageKind.EXPERIENCE and not (quote.relayed and quote.speaker)
            if told and quote.place not in seen:
                groups.setdefault(
                    quote.doc_id if quote.relayed else f"{quote.doc_id}{quote.section}", []
                ).append(quote)
        near = [
            group
            for group in groups.values()
            if len(group) > 1 and max(one.score for one in group) >= _NEAR_CASE
        ]
        if not near:
            return ()
        best = max(near, key=lambda group: sum(quote.score for quote in group[:most]))
        opening = min(best, key=lambda quote: quote.start)
        return self._take(sorted(distinct((opening, *best), most, self.taken), key=lambda quote: quote.start))

    def questions(self, most: int) -> tuple[str, ...]:
        """Take what practitioners ask."""
        taken, self.asked = self.asked[:most], self.asked[most:]
        return tuple(taken)

    def _take(self, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        self.taken.extend(quotes)
        return tuple(quotes)


def _sequences(request: ModuleRequest, stock: _Stock) -> Iterator[Planned]:
    timed = slots(request.minutes)
    inputs = sum(slot.kind is SequenceKind.INPUT for slot, _ in timed)
    debated = any(slot.kind is SequenceKind.DEBATE for slot, _ in timed)
    # Voices first, and what is told of figures and of experience: key passages are what is left.
    voices = stock.voices(_VOICES)
    case = stock.case(_CASE)
    counted = stock.figures(_FIGURES * inputs)
    for slot, minutes in timed:
        planned = Planned(
            slot.kind, _sequence_title(slot), minutes, _method(slot, minutes, request), slot.day
        )
        if slot.kind is SequenceKind.INPUT:
            quotes = stock.quotes(_QUOTES if minutes > 20 else 3)
            own, counted = counted[:_FIGURES], counted[_FIGURES:]
            asked = stock.questions(2) or (
                (wording("module-question-phrase").substitute(),) if quotes else ()
            )
            asked += (wording("module-question-chiffre").substitute(),) if own else ()
            planned = replace(
                planned, title=_input_title(quotes, slot), quotes=quotes, figures=own, questions=asked
            )
            if not debated:
                planned = replace(planned, voices=voices[:2])
        elif slot.kind is SequenceKind.DEBATE:
            asked = stock.questions(1)
            if len(voices) > 1:
                told = wording("module-question-voix").substitute(
                    one=_capital(named(voices[0].speaker)), two=named(voices[1].speaker)
                )
                asked = (told, *asked)
            planned = replace(planned, voices=voices, questions=asked)
            if not voices:
                planned = replace(planned, quotes=stock.quotes(2))
            voices = stock.voices(_VOICES)
        elif slot.kind is SequenceKind.CASE:
            asked = (wording("module-question-experience").substitute(),) if case else ()
            planned = replace(planned, case=case, questions=(*asked, *stock.questions(1)))
            if not case:
                planned = replace(
                    planned, kind=SequenceKind.GROUP, title=SequenceKind.GROUP.value, quotes=stock.quotes(2)
                )
                planned = replace(
                    planned, method=_method(replace(slot, kind=SequenceKind.GROUP), minutes, request)
                )
        elif slot.kind is SequenceKind.GROUP:
            planned = replace(
                planned, case=stock.case(_CASE), quotes=stock.quotes(1), questions=stock.questions(2)
            )
        yield planned


def _sequence_title(slot: Slot) -> str:
    return slot.kind.value


def _input_title(quotes: Sequence[Quote], slot: Slot) -> str:
    """Return the kind of a sequence with the heading of its best passages that says what they are about."""
    for quote in quotes:
        for heading in (quote.title,) if quote.relayed else (quote.section,):
            topic = re.sub(r"^(?:\W|\d+[.)]?|[IVX]+\s?[-–.)/]|[A-Z]\s?[/)])+\s*", "", heading).rstrip(" :.")
            if topic and len(topic) <= _HEADING and not topic.isupper() and not GENERIC.search(topic):
                return f"{slot.kind.value}\u00a0: {_capital(topic)}"
    return slot.kind.value


def _method(slot: Slot, minutes: int, request: ModuleRequest) -> str:
    name = re.sub(r"\W+", "-", fold(slot.kind.value)).strip("-")
    values: dict[str, str] = {}
    if slot.kind is SequenceKind.WELCOME:
        known = wording("module-accueil-connu").substitute(known=request.known) if request.known else ""
        values = {"group": str(request.group), "known": f" {known}" if known else ""}
    elif slot.kind in (SequenceKind.CASE, SequenceKind.GROUP):
        values = {"size": _sizes(request.group)}
    elif slot.kind is SequenceKind.REPORT:
        values = {"minutes": str(max(2, minutes // groups(request.group)))}
    return wording(f"module-{name}").substitute(values)


def groups(people: int) -> int:
    """Return into how many working groups so many people go."""
    return max(1, round(people / _GROUP))


def _sizes(people: int) -> str:
    each, more = divmod(people, groups(people))
    return f"{each} ou {each + 1} personnes" if more else f"{each} personnes" if each > 1 else "1 personne"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _framework(diploma: Diploma | None) -> str:
    return wording("module-referentiel").substitute(source=diploma.source) if diploma else ""


def _notes(request: ModuleRequest, missing: Sequence[str], sequences: Sequence[Planned]) -> Iterator[str]:
    if missing:
        told = ", ".join(f"«\u00a0{one}\u00a0»" for one in missing)
        yield wording("module-partiel").substitute(missing=told)
    if any(one.kind is SequenceKind.INPUT and len(one.quotes) < 2 for one in sequences):
        yield wording("module-mince").substitute()
    if not any(one.voices for one in sequences):
        yield wording("module-une-voix").substitute()
    if not any(one.case for one in sequences):
        yield wording("module-sans-experience").substitute()
    if request.minutes >= DAY:
        yield wording("module-journees").substitute()
    yield wording("module-avertissement").substitute()


def _readings(library: Library, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Return the documents quoted, reports by the norm ISO 690, and the sources that fiches rely on."""
    told: list[str] = []
    for doc_id in dict.fromkeys(quote.doc_id for quote in quotes):
        document = library.document(doc_id)
        if document and document.references:
            told.append(
                wording("module-fiche").substitute(titre=document.title, date=in_french(document.date))
            )
        elif document:
            told.append(iso690(document))
    relied: dict[str, list[str]] = {}
    for quote in quotes:
        source = _SOURCE.match(quote.relayed)
        if source:
            relied.setdefault(_capital(source["base"]), []).append(source["place"] or "")
    for base, places in sorted(relied.items()):
        where = "\u00a0; ".join(place for place in dict.fromkeys(places) if place)
        told.append(f"{base}\u00a0: {where}" if where else base)
    return tuple(told)
