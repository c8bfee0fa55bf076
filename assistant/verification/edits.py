"""Edits: a sentence copied from a passage but for a word or two says something else by them."""

import re
from difflib import SequenceMatcher

from assistant.verification.content import absent
from assistant.verification.meaning import FIELD, rises
from assistant.verification.reading import Sentence, Word
from assistant.verification.speakers import SAYING
from assistant.verification.statement import Statement
from assistant.verification.verdict import Reason, Verdict, refused

_LEAST, _COPIED, _MOSTLY = 4, 0.7, 0.8
_DETERMINERS = frozenset("le la les l un une des du au aux ce cet cette ces son sa ses leur leurs".split())
_AUXILIARIES = frozenset("a ont est sont été être avoir sera seront".split())
_OBJECT_AFTER = frozenset("le la les l un une des que qu à a au aux se s".split())
_FINITE = re.compile(r"(?:e|ent|it|t|a)$")
_INFINITIVE = re.compile(r"(?:er|ir|re)$")
_PARTICIPLE = re.compile(r"(?:ée?s?|[iu]e?s?|[it]s?|[aeu]ites?|[eo]rtes?|intes?|dues?)$")
_FAMILY = 4  # letters that « thèmes » shares with « thématiques »
_SLOT = 2  # words that one word may take the place of


def check_edits(statement: Statement) -> Verdict | None:
    """Refuse a word put in the place of another, or added, in a sentence otherwise copied.

    Who writes in his own words changes most of them; who changes one noun changes what is said.
    """
    said = statement.sentence.content
    if len(said) < _LEAST:
        return None
    words = [word for source in statement.sources for word in source.content]
    for source in {id(support.sentence): support.sentence for support in statement.supports}.values():
        found = _edited(statement.sentence, source, words)
        if found:
            return refused(Reason.CONTENT, f"le passage cité ne dit pas «\u00a0{found.text}\u00a0»")
    return None


def _edited(sentence: Sentence, source: Sentence, words: list[Word]) -> Word | None:
    """Return the word put into a sentence otherwise copied from a source, ``None`` if there is none."""
    said, theirs = sentence.content, source.content
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
            if (
                absent(word, words, FIELD)
                and rises(word.folded) is None
                and word.stem not in SAYING
                and not any(word.folded[:_FAMILY] == other.folded[:_FAMILY] for other in theirs[start:end])
                and _names_or_qualifies(word, sentence)
            ):
                return word
    return None


def _names_or_qualifies(word: Word, sentence: Sentence) -> bool:
    """Say whether a word is a noun or an adjective: a paraphrase brings its own verbs and adverbs."""
    words = sentence.words
    at = next(number for number, other in enumerate(words) if other is word)
    before = [other.text.lower() for other in words[max(0, at - 2) : at]]
    after = words[at + 1].folded if at + 1 < len(words) else ""
    last = before[-1] if before else ""
    if (before[:1] == ["à"] and last in ("la", "l")) or (last == "en" and word.folded == "ligne"):
        return False  # « à la mesure de »
    if last in ("s", "se", "donné") or word.folded in ("due", "dus", "dues"):
        return False
    if last in ("à", "pour", "de", "d", "et") and _INFINITIVE.search(word.folded):
        return False
    if last in _DETERMINERS:
        return True
    if word.folded.endswith("ement") or (
        _PARTICIPLE.search(word.text) and (_AUXILIARIES & set(before) or after == "par")
    ):
        return False
    if word.folded.endswith("ent") and last.endswith(("s", "x")):
        return False  # « les affections pèsent »: an adjective would take an « s »
    return not (_FINITE.search(word.text) and after in _OBJECT_AFTER)
