"""Names and sigles: each stands in a passage, as written, as its sigle or as what it stands for."""

from itertools import groupby, pairwise

from assistant.verification.meaning import FIELD, SYNONYM, expansions, likeness
from assistant.verification.reading import Word, read
from assistant.verification.statement import Statement
from assistant.verification.verdict import Reason, Verdict, refused
from index.glossary import stands_for

_TITLES = frozenset("m mm mme mmes monsieur madame dr pr".split())
# Who is an « assistant » is no « éducateur »: an occupation is checked as a name is.
_OCCUPATIONS = frozenset(
    """educateur educatrice assistant assistante infirmier infirmiere psychologue psychiatre medecin
    juriste animateur animatrice moniteur monitrice mediateur mediatrice conseiller conseillere
    directeur directrice ergotherapeute orthophoniste kinesitherapeute prefet maire ministre
    magistrat avocat interprete""".split()
)
_EVERYWHERE = frozenset({"etat", "france", "europe"})  # named by what acts for them: the prefect, a law
_DEMONYM = 4  # letters that « vosgien » shares with « Vosges »


def check_names(statement: Statement) -> Verdict | None:
    """Refuse a name or a sigle that no passage holds."""
    held = statement.words
    text = " ".join(source.text for source in statement.sources)
    for word in _names(statement):
        if any(likeness(word.folded, other.folded) >= SYNONYM for other in held) or _known(word, held, text):
            continue
        reason = f"«\u00a0{word.text}\u00a0» ne figure pas dans le passage cité"
        return refused(Reason.NAME, reason, sure=word.folded not in _EVERYWHERE)
    for word in statement.sentence.content:
        if word.folded.rstrip("s") in _OCCUPATIONS and not any(
            likeness(word.folded, other.folded) >= FIELD or _stands_for_one(word, other) for other in held
        ):
            return refused(Reason.NAME, f"le passage cité ne parle pas de «\u00a0{word.text}\u00a0»")
    return None


def _stands_for_one(word: Word, sigle: Word) -> bool:
    """Say whether a sigle of the passages names an occupation: « conseillère », « CESF »."""
    return sigle.sigle and any(word.stem in meaning for meaning in expansions(sigle.text))


def _names(statement: Statement) -> list[Word]:
    words = statement.sentence.words
    found = []
    for word in words:
        alone = word.name and word.folded not in _TITLES and len(word.folded) > 1
        if alone or (word.opens and _capital_inside(word, statement)):
            found.append(word)
    return found


def _capital_inside(word: Word, statement: Statement) -> bool:
    """Say whether the word that opens a sentence looks like a name: the word after it is one too."""
    following = [other for other in statement.sentence.words if other.at > word.at][:1]
    return word.content and word.text[0].isupper() and bool(following) and following[0].name


def _known(word: Word, held: tuple[Word, ...], text: str) -> bool:
    if word.sigle:
        stems = {other.stem for other in held}
        if any(meaning and meaning <= stems for meaning in expansions(word.text)):
            return True
        if _spelled(word.text, text):
            return True
        return any(stands_for(word.text, part) for part in _capital_runs(text, word.text))
    if any(word.stem in meaning for other in held if other.sigle for meaning in expansions(other.text)):
        return True
    start = word.folded[:_DEMONYM]
    if any(_once(word.folded) == _once(other.folded) for other in held):
        return True  # « Parcourssup », « Parcoursup »
    return len(word.folded) > _DEMONYM and any(
        other.folded.startswith(start) and other.folded[-3:] in ("ais", "ien", "ois", "nne", "ise", "ens")
        for other in held
        if len(other.folded) > _DEMONYM
    )


def _once(word: str) -> str:
    """Return a word with its doubled letters written once."""
    return "".join(letter for letter, _ in groupby(word))


def _spelled(sigle: str, text: str) -> bool:
    """Say whether most of what a sigle stands for is in a text, two words of it side by side."""
    stems = [stem for word in read(text) for stem in (other.stem for other in word.content)]
    for meaning in expansions(sigle):
        held = meaning & set(stems)
        beside = any(one in meaning and other in meaning and one != other for one, other in pairwise(stems))
        if len(meaning) > 2 and 2 * len(held) > len(meaning) and beside:
            return True
    return False


def _capital_runs(text: str, sigle: str) -> list[str]:
    """Return the stretches of a text that begin with the first letter of a sigle, as long as it."""
    words = text.split()
    size = len(sigle)
    return [
        " ".join(words[at : at + width]).strip(".,;:()")
        for at, word in enumerate(words)
        if word.lstrip("(«’'dl")[:1].upper() == sigle[0]
        for width in range(size, 2 * size + 2)
    ]
