"""What a trainer asks for: the theme, the public, the time, the group; read from free words if need be."""

import re
from dataclasses import dataclass, replace

from assistant.modules.frameworks import Diploma, diploma_named
from index.errors import UsageError

HALF_DAY, DAY, LONGEST = 210, 420, 3 * 420  # minutes; a day of training is seven hours
SHORTEST = 60
_SPACE = r"[\s\u00a0\u202f]*"
_NUMBER = {"une": 1, "un": 1, "deux": 2, "trois": 3}
_COUNT = r"(?P<n>\d+(?:[.,]5)?|une?|deux|trois)"
_HOURS = re.compile(
    rf"\b(?P<h>\d{{1,2}}){_SPACE}(?:h|heures?){_SPACE}(?P<m>\d\d)?\b(?P<half>{_SPACE}et demie)?",
    re.IGNORECASE,
)
_MINUTES = re.compile(rf"\b(?P<m>\d{{2,4}}){_SPACE}(?:min|minutes|mn)\b", re.IGNORECASE)
_DAYS = re.compile(rf"\b{_COUNT}{_SPACE}(?P<half>demi[e]?-)?(?:jours?|journées?)\b", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:groupe de )?(?P<n>\d{1,3})[\s\u00a0]+(?:étudiant\w*|participant\w*|personnes|stagiaires|élèves"
    r"|professionnel\w*|apprenti\w*|apprenant\w*)\b",
    re.IGNORECASE,
)
_CONTINUING = re.compile(r"\bformation continue\b|\bprofessionnel\w* en poste\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?P<n>[123])\s?(?:e|è|ème|re|ère|nde?)?\s+année\b", re.IGNORECASE)
_TEACHING = re.compile(
    r"\b(?:cours|modules?|séquences?|exposé|séance|demi-journée|journée|TD|atelier|formation|intervention"
    r"|conférence)\b[^?:.]{0,60}?\b(?:sur|autour d(?:e|u|es)|à propos d(?:e|u|es))\s+(?P<theme>[^?:.]+)",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\s+(?:pour|à destination|auprès|destinée? à)\s+(?:des?|les|mes|un|une|du)\b.*$", re.IGNORECASE
)
_EDGES = " ,;.:«»\u00a0\u202f\"'-–"


@dataclass(frozen=True, slots=True)
class ModuleRequest:
    """A module to make: ``minutes`` from 60 to 1260; ``public`` in words, ``diploma`` its code or empty.

    ``known`` is what the group knows already; ``documents`` and ``speakers`` are those to use (all when
    empty), ``without_documents`` and ``without_speakers`` those to leave out: titles or ids, and names.
    """

    theme: str
    minutes: int = 180
    public: str = ""
    diploma: str = ""
    group: int = 15
    known: str = ""
    documents: tuple[str, ...] = ()
    without_documents: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    without_speakers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no module can be made of."""
        if not any(letter.isalpha() for letter in self.theme):
            raise UsageError('quel thème ? Exemple : tisserand module "Le pouvoir d’agir" --heures 3')
        if not SHORTEST <= self.minutes <= LONGEST:
            raise UsageError(f"la durée va de 1 heure à 3 jours (21 heures), pas {in_words(self.minutes)}")
        if not 1 <= self.group <= 500:
            raise UsageError(f"le groupe compte de 1 à 500 personnes, pas {self.group}")


def request_from(text: str, given: ModuleRequest | None = None) -> ModuleRequest:
    """Return what a sentence asks for: « Le pouvoir d’agir, ES 2e année, 3 h, 25 étudiants ».

    What ``given`` says of anything but the theme is kept where the sentence says nothing of it.
    """
    base = given or ModuleRequest("thème")
    minutes, diploma = minutes_in(text), diploma_named(text)
    group, year = _GROUP.search(text), _YEAR.search(text)
    changes: dict[str, object] = {"theme": theme_in(text, diploma)}
    if minutes:
        changes["minutes"] = minutes
    if group:
        changes["group"] = int(group["n"])
    if diploma and not base.diploma:
        changes["diploma"] = diploma.code
    if not base.public:
        parts = [diploma.code] if diploma else []
        parts += [f"{year['n']}{'re' if year['n'] == '1' else 'e'} année"] if year else []
        parts += ["formation continue"] if _CONTINUING.search(text) else []
        changes["public"] = ", ".join(parts)
    return replace(base, **changes)  # type: ignore[arg-type]


def minutes_in(text: str) -> int:
    """Return the duration that a text names, 0 when it names none."""
    if found := _HOURS.search(text):
        return 60 * int(found["h"]) + int(found["m"] or 0) + (30 if found["half"] else 0)
    if found := _MINUTES.search(text):
        return int(found["m"])
    if found := _DAYS.search(text):
        count = _NUMBER.get(found["n"].lower()) or float(found["n"].replace(",", "."))
        return round(count * (HALF_DAY if found["half"] else DAY))
    return HALF_DAY if re.search(r"\bdemi-journée\b", text, re.IGNORECASE) else 0


def theme_in(text: str, diploma: Diploma | None = None) -> str:
    """Return the theme that a sentence names, without the public, the duration and the group."""
    if found := _TEACHING.search(text):
        return _FOR.sub("", _without_frame(found["theme"], diploma)).strip(_EDGES) or text.strip(_EDGES)
    parts = [_without_frame(part, diploma) for part in text.split(",")]
    kept = [part for part in parts if any(letter.isalpha() for letter in part)]
    return ", ".join(kept).strip(_EDGES) or text.strip(_EDGES)


def _without_frame(part: str, diploma: Diploma | None) -> str:
    stripped = part
    for pattern in (_HOURS, _MINUTES, _GROUP, _YEAR, _CONTINUING):
        stripped = pattern.sub("", stripped)
    stripped = re.sub(
        r"\b(?:pour )?(?:une?|deux|trois|\d) (?:demi-)?journées?\b", "", stripped, flags=re.IGNORECASE
    )
    if diploma:
        names = "|".join(map(re.escape, (diploma.code, *diploma.names)))
        if re.fullmatch(
            rf"(?:pour |des |les |étudiants? |futur\w* )*(?:{names})s?", stripped.strip(_EDGES), re.IGNORECASE
        ):
            return ""
    stripped = stripped.strip(_EDGES)
    return "" if re.fullmatch(r"(?:en|de|pour|sur|des|le|la|les|et)?", stripped) else stripped


def in_words(minutes: int) -> str:
    """Return a duration as a plan writes it: « 45 min », « 3 h », « 1 h 30 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}\u00a0min"
    return f"{hours}\u00a0h\u00a0{rest:02d}" if rest else f"{hours}\u00a0h"
