"""The words of a text as the search for names sees them."""

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.privacy import signs
from assistant.privacy.vocabulary import first_names, is_word, surnames
from index.french import fold
from index.glossary import shipped

_TOKEN = re.compile(
    r"(?P<foreign>(?<![\w’'])[NMODL][’'][A-ZÀ-Ý][^\W\d_]+(?:-[^\W\d_]+)*)"
    r"|(?P<elided>(?<![\w’'])(?i:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)[’'](?=\w))"
    r"|(?P<initial>(?<![\w-])(?:[A-ZÀ-Ý]|Ch|Th|Ph)\.(?:-[A-ZÀ-Ý]\.)*|(?<![\w’'-])[A-ZÀ-Ý](?![\w’'-])"
    r"|(?:(?<=mme )|(?<=mlle )|(?<=mr )|(?<=monsieur )|(?<=madame ))[a-z]\.)"
    r"|(?P<word>[^\W\d_]+(?:[’'](?=[^\W\d_])[^\W\d_]+|-(?=[^\W\d_])[^\W\d_]+)*)"
)
_SENTENCE_END = re.compile(r"[.!?…:;•\n«\"“(–—]|^\s*-|\s-\s")
_BLANK = re.compile(r"[ \t\u00a0\u202f\u2009\u2007]+$")


@dataclass
class Token:
    """One word: its place, its folded form, its case, and what stands between it and the one before."""

    text: str
    start: int
    end: int
    gap: str
    elided: bool
    initial: bool
    opens: bool  # the first of a sentence
    shouted: bool = False  # all is in capitals, which say nothing then

    @cached_property
    def folded(self) -> str:
        """The word without case and accents."""
        return fold(self.text).replace("’", "'")

    @cached_property
    def cap(self) -> bool:
        """Whether its capital tells something."""
        return self.text[0].isupper() and not self.shouted

    @cached_property
    def upper(self) -> bool:
        """Whether it is in capitals, in a text that is not."""
        return len(self.text) > 1 and self.text.isupper() and not self.shouted

    @cached_property
    def joined(self) -> bool:
        """Whether only blanks, or an elision, part it from the word before."""
        return bool(self.gap == "" or _BLANK.fullmatch(self.gap))

    @cached_property
    def first_name(self) -> str | None:
        """What else this first name may be (``vocabulary``), ``None`` when it is no first name."""
        known = first_names()
        if self.folded in known:
            return known[self.folded]
        parts = self.folded.split("-")
        if len(parts) < 2 or known.get(parts[0]) is None:
            return None
        listed = all(len(part) > 1 and part in known for part in parts)
        return "" if listed or (self.cap and not known[parts[0]] and not is_word(parts[-1])) else None

    @cached_property
    def surname(self) -> bool:
        """Whether it is a surname that is no word."""
        return surnames().get(self.folded) == "" or (self.folded.startswith(("n'", "m'b", "o'")) and self.cap)

    @cached_property
    def word(self) -> bool:
        """Whether it is a French word, at least by the parts it is made of."""
        return is_word(self.folded) or all(is_word(part) for part in re.split("[-']", self.folded) if part)

    @cached_property
    def listed_surname(self) -> bool:
        """Whether it is a surname, a word or not."""
        return self.folded in surnames()

    @cached_property
    def unlisted(self) -> bool:
        """Whether a word without a capital can only be a name."""
        known = self.word or self.elided or self.cap or len(self.folded) < 3
        return not (known or signs.WORD_ENDING.search(self.folded))

    @cached_property
    def sigle(self) -> bool:
        """Whether a word in capitals is a sigle rather than a surname."""
        short = len(self.text) < 3 or (len(self.text) < 5 and not self.surname)
        return short or self.word or self.text in shipped()

    @cached_property
    def institutional(self) -> bool:
        """Whether it names a body or a place: « Maison », « Institut »."""
        named = self.surname or self.first_name is not None
        return self.cap and not named and self.word and self.folded in signs.THINGS


def tokens(text: str) -> list[Token]:
    """Return the words of a text, elisions apart (« d’ », « Amina »), initials with their points."""
    capitals = sum(mark.isupper() for mark in text)
    shouted = capitals > 0.7 * sum(mark.isalpha() for mark in text) and len(text.split()) > 3
    found: list[Token] = []
    place = 0
    while match := _TOKEN.search(text, place):
        start, end = match.span()
        opens = _opens(text, found, place, start)
        elided = match["elided"] is not None
        if match["foreign"] and (shouted or opens or (text[start] in "DL" and not _before_a_name(found))):
            elided, end = True, start + 2  # « D’Amina, je ne sais rien »: no « D’Angelo »
        word = text[start:end]
        found.append(
            Token(word, start, end, text[place:start], elided, bool(match["initial"]), opens, shouted)
        )
        place = end
    return found


def _before_a_name(found: list[Token]) -> bool:
    return (
        found[-1].folded.rstrip(".") in {"m", "mme", "mr", "monsieur", "madame", "famille"} or found[-1].cap
    )


def _opens(text: str, found: list[Token], end: int, start: int) -> bool:
    return not found or bool(_SENTENCE_END.search(text[end:start])) or (found[-1].elided and found[-1].opens)
