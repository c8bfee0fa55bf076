"""Whose view a question asks for: « que dit la CFDT de… ? » is answered with its words, or not at all.

To give the words of another for its own would be the worst of false citations.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.selecting import Sentence
from index.documents import ScoredPassage
from index.errors import UsageError
from index.filters import Filters
from index.french import analyse, fold, is_sigle, words
from index.library import Library
from index.speakers import SPEAKER_ALIASES, named_speakers

_SAYS = (
    r"dit|disent|pense|pensent|demande|demandent|propose|proposent|réclame|réclament|reproche|reprochent"
    r"|défend|défendent|recommande|recommandent|préconise|préconisent|souhaite|souhaitent|veut|veulent"
    r"|critique|critiquent|dénonce|dénoncent|revendique|revendiquent|estime|estiment|répond|répondent"
)
_VIEW = r"avis|positions?|points? de vue|propositions?|demandes?|revendications?|critiques?|opinion"
_ASKS = re.compile(rf"\b(?:{_SAYS}|{_VIEW}|selon|d[’'] ?après)\b", re.IGNORECASE)
_OF = r"(?:\s+(?:à\s+)?(?:l[ae]s?|de\s+l[ae]|des?|du)|\s+(?:de\s+)?l[’']|\s+d[’'])*\s*"
# The name comes right after the verb turned round, or after what says that a view is given.
_WHOSE = re.compile(
    rf"(?:\b(?:[Qq]ue|[Qq]uoi)\s+(?:{_SAYS})(?:-t-\w+)?|\b(?:[Ss]elon|[Dd][’'] ?après|{_VIEW})){_OF}"
    r"(?P<name>[A-ZÀ-Ý][\w’-]+)"
)
_ASKING = frozenset(
    term
    for word in f"{_SAYS}|avis|position|proposition|demande|critique|opinion".split("|")
    for term in analyse(word)
)
_NEAR = 0.3  # cosine with the theme of a sentence that speaks of it in other words
_OWN_PASSAGES, _SPEAKS_OF = 4, 0.5  # read of the body alone; share of the question that one must hold


@dataclass(frozen=True, slots=True)
class Stance:
    """The body whose view is asked for: by its ``name``, and as a speaker of the library if it is one."""

    name: str
    speaker: str = ""

    def is_named(self, text: str) -> bool:
        """Say whether a text names the body."""
        aliases = SPEAKER_ALIASES.get(self.speaker, ())
        return bool(named_speakers(text, [self.speaker or self.name], {self.speaker: aliases})) or (
            fold(self.name) in map(fold, words(text))
        )


def stance_asked(library: Library, question: str, voices: Sequence[str]) -> Stance | None:
    """Return whose view a question asks for, ``None`` when it asks for nobody's, or for several.

    ``voices`` are the organisations with a text in the library that it names. One without any counts
    when it is told by a sigle.
    """
    if len(voices) == 1 and _ASKS.search(question):
        return Stance(voices[0], voices[0])
    found = _WHOSE.search(question)
    if voices or found is None or not is_sigle(found["name"]):
        return None
    documents = library.heads()
    authors = {document.speaker for document in documents} - {""}
    if named_speakers(found["name"], sorted(authors), dict(SPEAKER_ALIASES)):
        return None
    return Stance(found["name"])


def told_by(stance: Stance, theme: str, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences that the body says, or that say what it says of a theme."""
    if stance.speaker:
        return [
            one
            for one in sentences
            if any(stance.speaker in passage.speaker for passage in (one.passage, *one.also))
            or stance.is_named(one.text)
        ]
    held = frozenset().union(*(one.terms for one in sentences))
    asked = (set(analyse(theme)) - set(analyse(stance.name)) - _ASKING) & held
    naming = [one for one in sentences if stance.is_named(one.text)]
    if not any(
        one.quotable.whole and (asked & one.terms or not asked or one.likeness >= _NEAR) for one in naming
    ):
        return []
    lists = {_list_of(one) for one in naming if one.quotable.leads}
    return [one for one in sentences if one in naming or _list_of(one) in lists]


def _list_of(sentence: Sentence) -> tuple[str, int]:
    return sentence.passage.passage_id, sentence.quotable.listed


def own_passages(library: Library, stance: Stance, theme: str, filters: Filters) -> list[ScoredPassage]:
    """Return the passages of the body itself that speak of a theme."""
    if not stance.speaker or (filters.speakers and stance.speaker not in filters.speakers):
        return []
    try:
        own = replace(filters, speakers=frozenset({stance.speaker}))
        found = library.retrieve(theme, _OWN_PASSAGES, filters=own)
    except UsageError:  # the filters leave it nothing
        return []
    return [scored for scored in found if scored.coverage >= _SPEAKS_OF]
