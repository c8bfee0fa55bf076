"""What a question compares: the organisations it names, or two notions side by side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.asking import Asked, Form
from index.documents import ScoredPassage
from index.errors import UsageError
from index.filters import Filters
from index.french import analyse
from index.library import Library
from index.speakers import SPEAKER_ALIASES, named_speakers

_PASSAGES = 6  # read of each side
_MOST = 4  # sides
_BODY = re.compile(r"^Groupe (.+?) du CESE$")
_REPORT = re.compile(r"\blivre blanc\b", re.IGNORECASE)
_MARK = r"[«“\"]?\s*"
_BETWEEN = re.compile(
    rf"\bentre\s+(?P<one>.+?)\s+et\s+(?P<two>[^?,.;:]+)|^(?:c.{{0,20}}diff[ée]rence)\s+(?P<first>.+?)\s+et\s+"
    rf"(?P<second>[^?,.;:]+)|(?P<left>{_MARK}[\w’'\- ]+?)\s+(?:vs\.?|versus)\s+(?P<right>[\w’'\- ]+)",
    re.IGNORECASE,
)
_WHO_SAYS = re.compile(
    r",?\s*\b(?:et\s+)?(?:qui (?:en )?(?:dit|pense) quoi|qui en parle|qui dit cela|que disent les "
    r"(?:uns et les autres|organisations|syndicats|associations|acteurs|différents acteurs)"
    r"|quels sont les (?:points de vue|avis)|quelles sont les positions)\b"
    r"(?:\s+(?:là-dessus|dessus|à ce sujet))?",
    re.IGNORECASE,
)
_HEARD = 60  # passages among which those who speak of a theme are looked for
_SPEAKS = 0.5  # of the best score: an organisation whose best passage has less does not speak of it
_ARTICLE = re.compile(r"^(?:l[ea]s?\s+|l[’']|une?\s+|des?\s+|du\s+|d[’']|[«“\"]\s*)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: the name of its block, what is searched for it, who must speak.

    ``form`` is what is asked of it: what an organisation says, or what a notion means.
    """

    name: str
    query: str
    speakers: frozenset[str] = frozenset()
    form: Form = Form.COMPARISON


def voices_named(library: Library, question: str) -> tuple[str, ...]:
    """Return the organisations with a text in the library that a question names.

    The author of a whole report is left out unless it is the author of nothing else: « le livre blanc »
    names where to look more often than who speaks.
    """
    documents = library.heads()
    parts = {part.speaker for document in documents for part in document.parts}
    alone = {document.speaker for document in documents if not document.parts}
    known = sorted((parts - {document.speaker for document in documents} | alone) - {""})
    aliases = {**SPEAKER_ALIASES, **{name: (body[1],) for name in known if (body := _BODY.match(name))}}
    named = named_speakers(question, known, aliases)
    return tuple(one for one in named if not any(one in other for other in named if other != one))


def sides(library: Library, question: str, asked: Asked, voices: Sequence[str]) -> tuple[Side, ...]:
    """Return what a question compares, nothing when it compares nothing that can be told."""
    if asked.form is not Form.COMPARISON and not (len(voices) == 1 and asked.parts > 1):
        return ()
    names = list(voices)
    if len(names) == 1 and _REPORT.search(question):
        names += sorted({one.speaker for one in library.heads() if one.parts})
    if len(names) > 1:
        theme = without_names(question, names)
        return tuple(Side(name, theme, frozenset({name})) for name in names[:_MOST])
    if _WHO_SAYS.search(question):
        theme = _WHO_SAYS.sub(" ", question)
        heard = speaking(library, theme)
        if len(heard) > 1:
            return tuple(Side(name, theme, frozenset({name})) for name in heard[:_MOST])
    notions = _notions(question)
    return tuple(Side(_titled(notion), notion, form=Form.DEFINITION) for notion in notions)


def speaking(library: Library, theme: str) -> list[str]:
    """Return who speaks of a theme, the one whose passage is nearest to it first."""
    found = library.retrieve(theme, _HEARD)
    best: dict[str, float] = {}
    for scored in found:
        for passage in (scored.passage, *scored.also):
            if passage.speaker:
                best.setdefault(passage.speaker, scored.score)
    return [speaker for speaker, score in best.items() if score >= _SPEAKS * found[0].score]


def retrieved(
    library: Library, compared: Sequence[Side], filters: Filters, history: Sequence[str] = ()
) -> list[list[ScoredPassage]]:
    """Return the best passages of each side; a side that the filters leave out has none."""
    found = []
    for side in compared:
        speakers = side.speakers & filters.speakers if side.speakers and filters.speakers else side.speakers
        wanted = replace(filters, speakers=speakers or filters.speakers)
        try:
            found.append(library.retrieve(side.query, _PASSAGES, history, wanted))
        except UsageError:
            found.append([])
    return found


def without_names(question: str, names: Sequence[str]) -> str:
    """Return what a question asks of each side: left in, the names would bring self-portraits."""
    terms = {
        term for name in names for alias in (name, *SPEAKER_ALIASES.get(name, ())) for term in analyse(alias)
    }
    kept = [word for word in re.split(r"(?<=\s)|(?<=[’'])", question) if not set(analyse(word)) & terms]
    return "".join(kept)


def _notions(question: str) -> list[str]:
    match = _BETWEEN.search(question)
    if match is None:
        return []
    found = [_ARTICLE.sub("", group.strip(" «»“”\"’'")).strip() for group in match.groups() if group]
    return found if all(1 <= len(notion.split()) <= 6 for notion in found) else []


def _titled(notion: str) -> str:
    return notion[:1].upper() + notion[1:]
