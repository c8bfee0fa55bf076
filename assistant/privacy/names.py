"""Names of persons: where one stands, how far it goes, and whether it is anyone's business.

Four signs, any of which will do: a title before it; a first name from the list; a word that says whose
or who (« la maman de … », « mon collègue … »); a surname that acts (« Benali refuse »). Names of
public persons, of laws and places, and those that the library bears are left out.
"""

import re
from collections.abc import Iterator

from assistant.privacy import signs
from assistant.privacy.detail import Detail, Kind, detail
from assistant.privacy.public import is_public
from assistant.privacy.tokens import Token, tokens
from assistant.privacy.vocabulary import PLACE, SURE, WORD


def names(text: str, known: frozenset[tuple[str, ...]]) -> Iterator[Detail]:
    """Yield the names of persons in a text, without their titles, in reading order."""
    reading = _Reading(text, known)
    place = 0
    while place < len(reading.words):
        end = reading.name_at(place)
        if end > place:
            yield detail(Kind.NAME, text, reading.words[place].start, reading.words[end - 1].end)
        place = max(place + 1, end)


class _Reading:
    """One text being read for names; places are indexes of words, 0 stands for no name found."""

    def __init__(self, text: str, known: frozenset[tuple[str, ...]]) -> None:
        self.text = text
        self.words: list[Token] = tokens(text)
        self.known = known

    def name_at(self, place: int) -> int:
        """Return the end of the name that begins at a place, or 0."""
        word = self.words[place]
        if word.elided or (word.folded.rstrip(".") in signs.TITLES and not self._title(place - 1)):
            return 0
        titled = self._title(place - 1)
        end = self._after_title(place) if titled else self._untitled(place)
        if end <= place or self._is_public(place, end, titled):
            return 0
        return end

    def _title(self, place: int) -> bool:
        """Say whether a title stands at a place, as one (« 5 m », « il me dit » are none)."""
        if place < 0:
            return False
        word, after = self.words[place], self.words[place + 1] if place + 1 < len(self.words) else None
        if after is None or after.gap.strip(". \u00a0\u202f\u2009"):
            return False
        folded = word.folded.rstrip(".")
        if folded == "me":
            return word.cap and word.text.startswith("Me") and after.cap and not word.opens
        if folded == "m":
            return not self.text[: word.start].rstrip()[-1:].isdigit() and (
                word.initial or "." in after.gap or not after.word
            )
        return folded in signs.TITLES or folded in signs.HOUSEHOLDS

    def _after_title(self, place: int) -> int:
        word, title = self.words[place], self.words[place - 1].folded.rstrip(".")
        if re.split("[-.]", word.folded)[0] in signs.ROLES:
            return 0
        household = title in signs.HOUSEHOLDS
        if word.initial:
            return self._surname(place + 1) or place + 1
        if word.cap:
            if household and ((word.upper and len(word.text) < 5) or (word.word and not word.surname)):
                return 0
            if word.folded in signs.PARTICLES:
                return self._particled(place)
            return 0 if word.institutional else self._run(place + 1)
        if word.folded in signs.PARTICLES:
            after = self._particled(place)
            last = self.words[after - 1]
            named = after and last.folded not in signs.ROLES and (last.cap or last.unlisted)
            return after if named else 0
        short = title in {"m", "mr", "mme", "mlle", "melle", "dr"}
        named = (
            word.first_name == SURE
            or word.surname
            or (short and word.first_name == WORD and not self._acts(place))
        )
        listed = short and not household and word.listed_surname and not self._acts(place)
        return self._run(place + 1) if named or listed or word.unlisted else 0

    def _untitled(self, place: int) -> int:
        word = self.words[place]
        if word.initial:
            return self._initial(place)
        if word.upper and self.words[place].sigle:
            return 0
        cue = self._cue(place)
        end = 0
        if word.first_name is not None and self._is_first_name(place, cue):
            end = self._run(place + 1)
        elif self._surname_first(place):
            end = self._run(place + 2) if self.words[place + 1].first_name is not None else 0
        elif self._stranger(place, cue):
            end = self._run(place + 1)
        return end

    def _is_first_name(self, place: int, cue: bool) -> bool:
        word = self.words[place]
        if self._thing(place):
            return False
        if cue or self._aged(place + 1):
            if word.first_name == PLACE:
                return word.cap and self._cue_word(place) in signs.PEOPLE | signs.CALLED
            return word.cap or word.first_name == SURE or self._acts(place + 1) or self._aged(place + 1)
        followed = self._surname(place + 1) > 0
        if word.first_name == SURE:
            if word.cap or word.shouted:
                return not (word.upper and len(word.text) < 4)
            return len(word.folded) > 2 or followed
        if word.first_name == WORD and word.cap:
            article = place > 0 and self.words[place - 1].folded in {
                "le",
                "la",
                "les",
                "un",
                "une",
                "l'",
                "au",
                "aux",
            }
            return followed or (not article and (not word.opens or self._acts(place + 1)))
        if word.first_name == WORD and word.opens and self._acts(place + 1):
            return self.words[place + 1].folded not in {"et", "qui"}  # « rose a fugué »
        return followed and self.words[place + 1].surname

    def _surname_first(self, place: int) -> bool:
        """Say whether a surname stands before a first name: « BENALI Karim », « benali karim »."""
        if place + 1 >= len(self.words) or self._thing(place):
            return False
        word, after = self.words[place], self.words[place + 1]
        if not after.joined or after.first_name != SURE or after.folded in signs.ROLES:
            return False
        if after.cap:
            return (word.upper and len(word.text) > 3) or (word.cap and (word.surname or not word.word))
        return not word.cap and word.surname

    def _stranger(self, place: int, cue: bool) -> bool:
        """Say whether a word that no list of first names holds is a person's name here."""
        word = self.words[place]
        if self._thing(place) or word.institutional:
            return False
        if not word.cap:
            called = self._cue_word(place) in signs.CALLED
            return cue and (called or self._of_person(place)) and word.unlisted and len(word.folded) > 3
        if word.word and not word.surname:
            return cue and self._cue_word(place) in {"appelle", "appelait", "prenomme", "prenommee"}
        if cue or self._aged(place + 1) or self._at_home(place) or signs.KIN_AFTER.match(self.text, word.end):
            return True
        if word.surname and not word.word:
            first = self.words[place - 1].folded if place else ""
            return self._acts(place + 1) or first == "les" or self._surname(place + 1) > 0
        return self._pair(place)

    def _pair(self, place: int) -> bool:
        """Say whether two unknown capitalised words stand together where a person would."""
        if self._surname(place + 1) != place + 2:
            return False
        first, second = self.words[place], self.words[place + 1]
        if first.upper or (second.upper and len(second.text) < 5):
            return False
        before = self.words[place - 1].folded if place else ""
        acting = self._aged(place + 2) or self._acts(place + 2)
        return second.surname or acting or before in signs.COMPANY

    def _initial(self, place: int) -> int:
        """Return the end of « K. Benali », « le petit K. », « B. Karim », or 0."""
        word = self.words[place]
        if word.folded.rstrip(".") in {"x", "y", "z"} and not word.text.endswith("."):
            return 0
        end = self._surname(place + 1)
        if end and "." in word.text and not self._thing(place):
            return end
        if self._cue(place) and not self._thing(place) and ("." in word.text or self._aged(place + 1)):
            direct = self._cue_word(place) in signs.PEOPLE | signs.CALLED
            return place + 1 if direct and word.text != "A" else 0
        return 0

    def _run(self, place: int) -> int:
        """Return where a name ends whose words before ``place`` are part of it."""
        while end := self._surname(place):
            place = end
        return place

    def _surname(self, place: int) -> int:
        """Return the end of one more word of a name at a place (particles with it), or 0."""
        if place >= len(self.words):
            return 0
        word, before = self.words[place], self.words[place - 1]
        if not (word.joined or (before.folded in signs.TITLES and word.gap.strip() == ".")):
            return 0
        if word.initial:
            return place + 1 if "." in word.text or not self._follows_lower(place) else 0
        if word.folded in signs.PARTICLES:
            return self._particled(place)
        if word.elided or word.institutional or word.folded.rstrip(".") in signs.TITLES:
            return 0
        if word.cap:
            if word.upper:
                return 0 if self.words[place].sigle else place + 1
            return place + 1 if before.cap or not word.word or word.surname else 0
        if before.cap and not before.initial:
            return 0
        listed = word.surname or (word.first_name == SURE and not word.word)
        return place + 1 if listed or (word.unlisted and not self._acts(place)) else 0

    def _particled(self, place: int) -> int:
        """Return the end of « de La Tour », « El Khatib », « ben salah » at a place, or 0."""
        end = place
        while end < len(self.words) and self.words[end].folded in signs.PARTICLES and end - place < 3:
            end += 1
        if end >= len(self.words) or not (self.words[end].joined):
            return 0
        last, first = self.words[end], self.words[place]
        if (last.upper and self.words[end].sigle) or (last.institutional and not self._title(place - 1)):
            return 0
        french = first.folded in {"de", "du", "des", "d'", "la", "le", "les", "l'", "saint", "sainte", "st"}
        if last.cap:
            before = self.words[place - 1] if place else None
            if french and not first.cap and not last.surname:
                # « Karim de Roubaix »: a town rather than a particle, save after a title.
                return end + 1 if before is not None and self._title(place - 1) else 0
            return end + 1
        fits = last.unlisted or last.surname
        return end + 1 if fits and (not french or self._title(place - 1)) else 0

    # Signs around a name

    def _cue(self, place: int) -> bool:
        return self._cue_word(place) in signs.PEOPLE | signs.CALLED or self._of_person(place)

    def _cue_word(self, place: int) -> str:
        """Return the word that says « here comes a name », right before a place or before its colon."""
        if place == 0:
            return ""
        gap = self.words[place].gap.strip(' \u00a0\u202f«"“(:,')
        before = self.words[place - 1]
        return before.folded if not gap and (before.opens or not before.cap) else ""

    def _of_person(self, place: int) -> bool:
        """Say whether what precedes is « la maman de », « la situation d’ », « ma fille, »."""
        if place < 2 or not self.words[place].joined:
            return False
        of = self.words[place - 1].folded in {"de", "d'"}
        owner = self.words[place - 2].folded
        sure = owner in signs.PEOPLE
        belongs = owner in signs.BELONGINGS and (
            self.words[place].first_name is not None or self.words[place].surname
        )
        return of and (sure or belongs)

    def _at_home(self, place: int) -> bool:
        """Say whether « chez les » precedes."""
        return place > 1 and [word.folded for word in self.words[place - 2 : place]] == ["chez", "les"]

    def _thing(self, place: int) -> bool:
        """Say whether a place, a text, an idea bears the name that begins here."""
        if signs.BODY_AFTER.match(self.text, self.words[place].end):
            return True
        if place == 0 or not self.words[place].joined:
            return False
        before = self.words[place - 1].folded
        if before in signs.PEOPLE and before not in {"psychologue", "pere"}:
            return False
        if before in signs.THINGS:
            said = place > 1 and self.words[place - 2].folded in {"a", "ont", "avons", "est", "ete", "etre"}
            return not said  # « on a placé Lola »
        of = before in {"de", "d'"} and place > 1
        return of and self.words[place - 2].folded in signs.THOUGHT and self._surname(place + 1) > 0

    def _acts(self, place: int) -> bool:
        if place >= len(self.words):
            return False
        word = self.words[place]
        return word.joined and word.folded in signs.ACTS and word.text != "à"

    def _aged(self, place: int) -> bool:
        end = self.words[place - 1].end
        return bool(signs.AGE.match(self.text, end) or signs.BORN.match(self.text, end))

    def _follows_lower(self, place: int) -> bool:
        after = self.words[place + 1] if place + 1 < len(self.words) else None
        return self.words[place].text == "A" and after is not None and not after.cap

    def _is_public(self, place: int, end: int, titled: bool) -> bool:
        acting = self._acts(end) and self.words[end].folded not in {"et", "qui", "dit"}
        private = titled or self._cue(place) or self._aged(end) or acting
        return is_public(self.text, self.words, (place, end), private, self.known)
