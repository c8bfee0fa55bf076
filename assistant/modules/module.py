"""A training module: what it holds, frozen; every sentence taken from a document is a ``Quote``."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.modules.request import ModuleRequest


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document, word for word: ``text`` is ``document.text[start:end]`` on one line.

    ``title`` and ``section`` say where it stands, ``page`` its printed page. ``speaker`` is the
    organisation whose words or position it gives, empty when that is not certain. ``relayed`` is the
    source that a fiche gives for it, ``year`` that of what it tells, ``kind`` what its passage is.
    ``score`` is how near it is to the theme, higher is nearer.
    """

    doc_id: str
    start: int
    end: int
    text: str
    title: str
    section: str = ""
    page: int | None = None
    speaker: str = ""
    relayed: str = ""
    year: str = ""
    kind: str = ""
    score: float = 0.0

    @property
    def place(self) -> tuple[str, int]:
        """What tells it from every other quote."""
        return self.doc_id, self.start

    @property
    def source(self) -> str:
        """Where it is read: who speaks, title, section, page, and the source that the fiche relies on."""
        parts = [self.speaker] if self.speaker and not self.relayed and self.speaker not in self.title else []
        parts.append(self.title)
        parts += [self.section] if self.section and self.section != self.title else []
        parts += [f"p.\u00a0{self.page}"] if self.page is not None else []
        told = ", ".join(parts)
        return f"{told} (d’après\u00a0: {self.relayed})" if self.relayed else told


@dataclass(frozen=True, slots=True)
class Voice:
    """What one organisation says of the theme."""

    speaker: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Objective:
    """What a participant will be able to do, and the domain of competence it serves (or none)."""

    text: str
    domain: str = ""


class SequenceKind(StrEnum):
    """What happens in a sequence, as the plan names it."""

    WELCOME = "Accueil"
    RESUMPTION = "Reprise"
    INPUT = "Apports"
    DEBATE = "Points de vue"
    CASE = "Étude d’une expérience"
    GROUP = "Travail en groupe"
    REPORT = "Restitution"
    BREAK = "Pause"
    SYNTHESIS = "Synthèse"
    EVALUATION = "Évaluation"


@dataclass(frozen=True, slots=True)
class Sequence:
    """One line of the plan: ``minutes`` long, on day ``day`` from 1; ``method`` says how it goes.

    ``quotes`` are its key passages, ``figures`` those that give a figure, ``voices`` who says what,
    ``case`` tells an experience, ``questions`` are for discussion. ``introduction`` is what a language
    model wrote of its quotes, each sentence borne out by them; empty without a model.
    """

    kind: SequenceKind
    title: str
    minutes: int
    method: str = ""
    day: int = 1
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Quote, ...] = ()
    voices: tuple[Voice, ...] = ()
    case: tuple[Quote, ...] = ()
    questions: tuple[str, ...] = ()
    introduction: str = ""

    @property
    def all_quotes(self) -> tuple[Quote, ...]:
        """Every quote it shows, in reading order."""
        return (*self.quotes, *(voice.quote for voice in self.voices), *self.figures, *self.case)


class QuestionKind(StrEnum):
    """The kinds of quiz question, as the sheets name them."""

    SINGLE = "Choix unique"
    MULTIPLE = "Choix multiple"
    TRUE_FALSE = "Vrai ou faux, avec justification"
    FIGURE = "Chiffre à compléter"
    TERM = "Terme à compléter"
    MATCHING = "À relier"
    SHORT = "Réponse courte"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer proposed: ``statement`` is the sentence it amounts to, ``proof`` what bears it out.

    A right choice states what its proof says; a wrong one is shown false by its proof.
    """

    text: str
    right: bool
    statement: str
    proof: Quote


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a quiz.

    ``choices`` for choices and true or false; ``accepted`` for what is filled in, best first;
    ``pairs`` for matching, each a position, its speaker and the quote; ``proofs`` justify the key.
    ``text`` is the sentence asked about, as shown between « », empty when there is none.
    """

    kind: QuestionKind
    stem: str
    proofs: tuple[Quote, ...]
    text: str = ""
    choices: tuple[Choice, ...] = ()
    accepted: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str, Quote], ...] = ()

    @property
    def key(self) -> str:
        """The right answer, in words."""
        if self.choices:
            return "\u00a0; ".join(choice.text for choice in self.choices if choice.right)
        if self.pairs:
            return "\u00a0; ".join(f"{position} → {speaker}" for position, speaker, _ in self.pairs)
        return self.accepted[0] if self.accepted else "\u00a0; ".join(q.text for q in self.proofs)


@dataclass(frozen=True, slots=True)
class Module:
    """A module ready to be edited and exported.

    ``framework`` says which text the domains of competence come from; ``notes`` what its reader must
    know (half covered, matter too thin for the duration); ``reserve`` the next best quotes, and
    ``spare`` the questions that may replace others. ``corpus`` says which library it was made from.
    """

    request: ModuleRequest
    title: str
    objectives: tuple[Objective, ...]
    sequences: tuple[Sequence, ...]
    quiz: tuple[Question, ...]
    framework: str = ""
    notes: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    reserve: tuple[Quote, ...] = ()
    spare: tuple[Question, ...] = ()
    corpus: str = ""

    @property
    def minutes(self) -> int:
        """The sum of the sequences."""
        return sum(sequence.minutes for sequence in self.sequences)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every quote of the sequences and of the quiz, each once, in reading order."""
        shown = [quote for sequence in self.sequences for quote in sequence.all_quotes]
        for question in self.quiz:
            shown += [*question.proofs, *(one.proof for one in question.choices)]
            shown += [quote for _, _, quote in question.pairs]
        return tuple(dict.fromkeys(shown))


@dataclass(frozen=True, slots=True)
class NotCovered:
    """Why there is no module: ``reason`` in French, the little there is, covered themes near it."""

    reason: str
    nearest: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
