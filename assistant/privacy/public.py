"""Names that are no one's business: authors, ministers, those whom the library bears."""

from collections.abc import Sequence

from assistant.privacy import signs
from assistant.privacy.tokens import Token
from assistant.privacy.vocabulary import public_last_names, public_names, public_surnames


def is_public(
    text: str, words: Sequence[Token], span: tuple[int, int], private: bool, known: frozenset[tuple[str, ...]]
) -> bool:
    """Say whether the name ``words[span[0]:span[1]]`` of a text is a public person's or a known one.

    ``private`` says that the text speaks of its bearer as of somebody one accompanies.
    """
    place, end = span
    parts = _parts(words[place:end])
    if any(_listed(parts, words, span, names) for names in (public_names(), known)):
        return True
    if len(parts) == 1 and parts[0] in public_surnames() and not signs.AGE.match(text, words[end - 1].end):
        return True
    if parts[-1] in public_last_names() and signs.OFFICES.search(text):
        return True
    if private or end - place < 2 or not words[place].cap:
        return False
    before = words[place - 1].folded if place else ""
    return before in {"selon", "apres"} or bool(signs.SCHOLARS.search(text))


def _listed(
    parts: tuple[str, ...], words: Sequence[Token], span: tuple[int, int], names: frozenset[tuple[str, ...]]
) -> bool:
    """Say whether a list holds a name, or what it makes with the words around it."""
    place, end = span
    after = _parts(words[end : end + 2])
    before = _parts(words[max(0, place - 1) : place])
    forms = [parts, *(parts[:cut] for cut in range(2, len(parts))), before + parts]
    return any(form in names for form in forms) or any(parts + after[:more] in names for more in (1, 2, 3))


def _parts(words: Sequence[Token]) -> tuple[str, ...]:
    return tuple(part for word in words for part in word.folded.rstrip(".").split("-") if part)
