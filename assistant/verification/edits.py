"""Edits: a sentence copied from a passage but for a word or two says something else by them."""

from difflib import SequenceMatcher

from assistant.verification.content import absent
from assistant.verification.meaning import FIELD, rises
from assistant.verification.reading import Sentence, Word
from assistant.verification.speakers import SAYING
from assistant.verification.statement import Statement
from assistant.verification.verdict import Reason, Verdict, refused

_LEAST, _COPIED, _MOSTLY = 4, 0.7, 0.8
_SLOT = 2  # words that one word may take the place of


def check_edits(statement: Statement) -> Verdict | None:
    """Refuse a word put in the place of another, or added, in a sentence otherwise copied.

    Who writes in his own words changes most of them; who changes one changes what is said.
    """
    said = statement.sentence.content
    if len(said) < _LEAST:
        return None
    words = [word for source in statement.sources for word in source.content]
    for source in {id(support.sentence): support.sentence for support in statement.supports}.values():
        found = _edited(said, source, words)
        if found:
            return refused(Reason.CONTENT, f"le passage cité ne dit pas «\u00a0{found.text}\u00a0»")
    return None


def _edited(said: tuple[Word, ...], source: Sentence, words: list[Word]) -> Word | None:
    """Return the word put into a sentence otherwise copied from a source, ``None`` if there is none."""
    theirs = source.content
    matcher = SequenceMatcher(
        None, [word.stem for word in said], [word.stem for word in theirs], autojunk=False
    )
    copied = sum(block.size for block in matcher.get_matching_blocks())
    if copied < _COPIED * len(said):
        return None
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind not in ("replace", "delete") or end - start > _SLOT:
            continue
        if kind == "delete" and copied < _MOSTLY * len(said):
            continue
        for word in said[first:last]:
            if absent(word, words, FIELD) and rises(word.folded) is None and word.stem not in SAYING:
                return word
    return None
