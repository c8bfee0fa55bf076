"""What a « fiche réponse » holds, whatever its format."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.answers import Answer, Block, Statement, Status, Support
from assistant.bibliography import corpus_version, in_french, iso690
from assistant.citations import described, one_line
from index.library import Library
from index.prompting import wording
from index.structure import clean

_STATUS = {
    Status.ANSWERED: "Réponse trouvée dans les documents",
    Status.RELATED: "Pas de réponse\u00a0: passages proches",
    Status.NONE: "Rien trouvé dans les documents",
}
_PAGE = 2300  # characters that one page holds in the ordinary size


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the answer: ``kind`` is heading, text, quote, item, struck or near."""

    kind: str
    text: str
    markers: tuple[int, ...] = ()


def markers_text(markers: tuple[int, ...]) -> str:
    """Return markers as they are written: [1][4]."""
    return "".join(f"[{marker}]" for marker in markers)


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """An answer ready to be written: ``sources`` are references, each with the markers it stands for.

    ``corpus`` says which library answered; ``warning`` is what the reader must know of such a tool.
    """

    question: str
    status: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    sources: tuple[tuple[tuple[int, ...], str], ...]
    made: str
    corpus: str
    warning: str

    @classmethod
    def of(cls, answer: Answer, library: Library) -> "AnswerSheet":
        """Return the sheet of an answer, dated today."""
        sources: dict[str, list[int]] = {}
        for citation in answer.citations:
            document = library.document(citation.passage.doc_id)
            reference = (
                described(citation.passage, citation.start)
                if document is None
                else iso690(document, citation.passage, citation.start)
            )
            markers = sources.setdefault(reference, [])
            if citation.marker not in markers:
                markers.append(citation.marker)
        return cls(
            question=answer.understood or answer.question,
            status=_STATUS[answer.status],
            lines=tuple(_lines(answer)),
            notes=tuple(_plain(note) for note in answer.notes),
            sources=tuple((tuple(markers), reference) for reference, markers in sources.items()),
            made=in_french(date.today().isoformat()),
            corpus=corpus_version(library),
            warning=wording("fiche-reponse").substitute(),
        )

    @property
    def scale(self) -> float:
        """How much smaller than usual it must be written to hold on one page: 1.0 down to 0.7."""
        shown = sum(len(line.text) + 60 for line in self.lines) + len(self.question) + 1
        shown += sum(len(text) for _, text in self.sources) + sum(map(len, self.notes))
        return max(0.7, min(1.0, math.sqrt(_PAGE / shown)))


def _lines(answer: Answer) -> Iterator[Line]:
    for paragraph in filter(None, (part.strip() for part in answer.opening.split("\n"))):
        yield Line("text", _plain(paragraph.removeprefix("- ")))
    for block in answer.blocks:
        yield from _block(block)
    if answer.status is Status.RELATED:
        for scored in answer.nearest:
            yield Line("near", described(scored.passage))


def _block(block: Block) -> Iterator[Line]:
    if block.heading:
        yield Line("heading", one_line(block.heading))
    if block.lead:
        yield _line(block.lead)
    for statement in block.statements:
        line = _line(statement)
        yield Line("item", _quoted(statement), line.markers) if block.listed else line


def _line(statement: Statement) -> Line:
    kind = {Support.QUOTED: "quote", Support.CONFIRMED: "text", Support.UNCONFIRMED: "struck"}
    return Line(kind[statement.support], _quoted(statement), statement.markers)


def _quoted(statement: Statement) -> str:
    words = clean(statement.text)
    if statement.support is Support.QUOTED:
        return f"«\u00a0{words}\u00a0»"
    return f"{words} (non confirmé par la source)" if statement.support is Support.UNCONFIRMED else words


def _plain(markdown: str) -> str:
    """Return our own wording without its Markdown marks."""
    return one_line(markdown.replace("**", ""))
