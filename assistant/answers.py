"""An answer: what it says, block by block, and what each sentence of it rests on."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.citations import Citation
from index.documents import ScoredPassage


class Status(StrEnum):
    """Whether the library answers: yes; only something near; nothing."""

    ANSWERED = "answered"
    RELATED = "related"
    NONE = "none"


class Support(StrEnum):
    """Why a statement may be shown.

    QUOTED: its words stand in its source; CONFIRMED: other words, checked against the passages it
    cites; UNCONFIRMED: other words that the check did not find there, shown struck through.
    """

    QUOTED = "quoted"
    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"


class Step(StrEnum):
    """What is being done for a question: the library searched, passages read, an answer checked."""

    SEARCHING = "searching"
    READING = "reading"
    WRITING = "writing"
    CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer, or one item of a list, without its quote marks and markers.

    ``citations`` holds the quotes it is made of or that support it; those that share a marker are
    pieces of one quote, that a page number or a note cuts in its source, or the items of one list.
    ``reason`` says in French what the check missed, for an unconfirmed statement.
    """

    text: str
    citations: tuple[Citation, ...] = ()
    support: Support = Support.QUOTED
    reason: str = ""

    @property
    def markers(self) -> tuple[int, ...]:
        """The numbers under which its citations are shown, in order, each once."""
        return tuple(dict.fromkeys(citation.marker for citation in self.citations))

    @property
    def markdown(self) -> str:
        """The statement as shown: « quote » [1], or a sentence [1][2], struck when unconfirmed."""
        markers = "".join(f"[{marker}]" for marker in self.markers)
        return f"{self.words} {markers}".rstrip()

    @property
    def words(self) -> str:
        """The statement as shown, without its markers."""
        words = f"«\u00a0{self.text}\u00a0»" if self.support is Support.QUOTED else self.text
        return f"~~{words}~~ (non confirmé par la source)" if self.support is Support.UNCONFIRMED else words


@dataclass(frozen=True, slots=True)
class Block:
    """Statements that go together: under a heading (an organisation, a theme) or under none.

    ``listed`` statements are the items of one list; ``lead`` is the sentence that introduces it. Items
    quoted under one marker show it once, after the lead, or after the last of them.
    """

    statements: tuple[Statement, ...]
    heading: str = ""
    listed: bool = False
    lead: Statement | None = None

    @property
    def markdown(self) -> str:
        """The block as Markdown: heading, lead, then paragraphs or list items."""
        parts = [f"**{self.heading}**"] if self.heading else []
        parts += [self.lead.markdown] if self.lead else []
        shown = [statement.markdown for statement in self.statements]
        if self.under_one_marker:
            last = () if self.lead else shown[-1:]
            shown = [*(statement.words for statement in self.statements[: len(shown) - len(last)]), *last]
        parts += ["\n".join(f"- {item}" for item in shown)] if self.listed else shown
        return "\n\n".join(parts)

    @property
    def under_one_marker(self) -> bool:
        """Whether the lead and the items of a list are pieces of one quote."""
        every = [*([self.lead] if self.lead else []), *self.statements]
        return self.listed and len(every) > 1 and len({one.markers for one in every}) == 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown for a question.

    ``opening`` is what the product itself says first (why there is no answer, where to look);
    ``notes`` is what it adds below (« texte de 2023, à vérifier »); ``nearest`` are passages that
    are no answer; ``sigles`` explains those of the quotes, each with what it stands for;
    ``understood`` is the question as completed from the conversation, empty when it stood alone.
    """

    question: str
    status: Status
    opening: str = ""
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()
    nearest: tuple[ScoredPassage, ...] = ()
    sigles: tuple[tuple[str, str], ...] = ()
    understood: str = ""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement of the answer, leads included, in reading order."""
        return tuple(
            statement
            for block in self.blocks
            for statement in ((block.lead,) if block.lead else ()) + block.statements
        )

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of the answer, in reading order, each once."""
        return tuple(
            dict.fromkeys(citation for statement in self.statements for citation in statement.citations)
        )

    @property
    def text(self) -> str:
        """The answer as Markdown with ``[n]`` markers."""
        parts = [self.opening, *(block.markdown for block in self.blocks), *self.notes]
        return "\n\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the work on a question is: the step, the passages read so far, the answer so far.

    The last one holds the whole answer; an earlier one may hold what is already checked of it.
    """

    step: Step
    passages: int = 0
    answer: Answer | None = None
