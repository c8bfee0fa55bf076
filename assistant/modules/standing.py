"""Whether a sentence can be read alone: a quiz or a slide shows it without the one before."""

import re

from assistant.verbs import has_verb
from index.french import analyse

SHORTEST, LONGEST = 7, 45  # words
_OPENS = re.compile(
    r"(?:[«“\"]\s*)?(?:Elles?|Ils?|Cel(?:le|ui|les|a)|Ceux|Ceci|Ce(?:tte|t|s)?|C[’']|Ainsi|Or|Mais|Et"
    r"|Puis|Car|En effet|De plus"
    r"|De même|Par ailleurs|Enfin|Ensuite|Donc|En outre|Toutefois|Cependant|Néanmoins|Pour autant"
    r"|Au contraire"
    r"|D[’']autres? parts?|D[’']une part|Dès lors|De ce fait|De cette|Par conséquent|En conséquence"
    r"|Par exemple|Pourtant"
    r"|Aussi|Autrement dit|En somme|En cela|À cet|À ce|Dans ce|Dans cet|Dans cette|Dans un premier"
    r"|Pour cela|Pour rappel"
    r"|Son|Sa|Ses|Leurs?|Lui|Là|Tel|Telle|Tels|Telles|Autres?|Bref|Finalement|D[’']abord|Premièrement"
    r"|Deuxièmement"
    r"|Même si|Outre|Comme (?:évoqué|indiqué|dit|vu)|Face à ce|Parmi (?:eux|elles)|L[’']une?|Les un\w*"
    r"|La première|La seconde"
    r"|Le premier|Le second|Les deux|Tou(?:s|tes) (?:les )?deux|Plus largement|Plus encore"
    r"|Par ricochet|Quant à|Voilà|Voici"
    r"|Une telle|Un tel|De telles?|De tels?|La fiche|Le présent|Chaque chiffre)\b"
)
_POINTS = re.compile(
    r"\b(?:cette|cet|ces|ce)\s+(?!qu[ie’']|dont|sont|n[’']est|n[’']était|sens\b|type\b|fut\b|faire\b"
    r"|jour\b|titre\b)(?P<noun>[\w’-]+)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\b(?:ci-dessus|ci-dessous|ci-après|ci-contre|précédemment|susvisé\w*|susmentionn\w*|supra|infra"
    r"|cf\.|ibid"
    r"|voir (?:la|le|les|page|annexe)|celle?s?-(?:ci|là)|celui-(?:ci|là)|ceux-(?:ci|là)|cherchez|vérifiez"
    r"|ce dernier|cette dernière|ces derni\w+|comme (?:évoqué|indiqué|vu)|suivants?\s*$)",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:nous|notre|nos|je|j[’']|mon|ma|mes|moi|on)\b", re.IGNORECASE)
_GLUED = re.compile(
    r"[a-zà-ÿ»)]\d|\d[a-zà-ÿ]{4,}|\b[a-zà-ÿ]{2,}[A-ZÀ-Ý]|\w- \w|\b[a-zà-ÿ] [a-zà-ÿ] |\b[a-zà-ÿ]\.$"
    r"|[•●▪➢\uf0b7\uf0a7\uf0d8|]|https?:|\.{4,}|_{2,}"
)
_REFERENCE = re.compile(
    r"\([^()]*(?:livre blanc|contribution|dossier «|\bp\.|chapitre|EGTS|[A-Z]\. ?[A-Z]{3,})[^()]*\)"
)
_DEPENDS = re.compile(
    r"\b(?:ainsi|donc|également|aussi|alors|dès lors|toutefois|cependant|néanmoins|en outre|en effet"
    r"|par contre)\b",
    re.IGNORECASE,
)
_UNSAID = re.compile(
    r"(?:Que |Qu[’']|(?:Ne pas |Se |S[’'])?[A-ZÀ-Ý][a-zà-ÿ]+(?:er|ir|re)\b(?!.*(?:, c[’']est|\bpermet"
    r"|\bsuppose|\bconsiste|\bimplique|\bexige|\breste\b)))"
)
_INTERVIEW = re.compile(r"^(?:Oui|Non|Ah|Eh bien|Alors|Merci|Bonjour|Madame|Monsieur|Mesdames|Chers?)\b")


def reads_alone(text: str) -> bool:
    """Say whether a sentence names what it speaks of, has a verb, and is neither title nor debris."""
    words = len(text.split())
    if (
        words < SHORTEST
        or _REFERENCE.search(text)
        or _OPENS.match(text)
        or _ASIDE.search(text)
        or _GLUED.search(text)
    ):
        return False
    if not has_verb(text) or _INTERVIEW.match(text) or text.rstrip(" »").endswith("?"):
        return False
    if text.isupper() or sum(map(str.isupper, text)) > 0.3 * len(text):
        return False
    return _balanced(text) and not _points_back(text)


def fits_a_quiz(text: str) -> bool:
    """Say whether a sentence that reads alone is short, impersonal and complete."""
    words = len(text.split())
    return (
        words <= LONGEST
        and not _FIRST_PERSON.search(text)
        and not _DEPENDS.search(" ".join(text.split()[:9]))
        and not _UNSAID.match(text)
        and not text.endswith(("…", "..."))
        and reads_alone(text)
    )


def reads_as_lead(text: str) -> bool:
    """Say whether what introduces a list names what the list is of."""
    return (
        len(text.split()) >= 4
        and not (_OPENS.match(text) or _ASIDE.search(text) or _GLUED.search(text) or text.isupper())
        and _balanced(text)
        and not _points_back(text)
    )


def _balanced(text: str) -> bool:
    pairs = (("(", ")"), ("«", "»"), ("“", "”"), ("[", "]"))
    return all(text.count(one) == text.count(other) for one, other in pairs) and text.count('"') % 2 == 0


def _points_back(text: str) -> bool:
    """Say whether « cette mesure » points to a noun that the sentence has not named before."""
    for match in _POINTS.finditer(text):
        before = set(analyse(text[: match.start()]))
        if not set(analyse(match["noun"])) & before:
            return True
    return False
