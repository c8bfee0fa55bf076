"""The words by which an answer presents its source: « Le rapport indique que… », « En résumé, … »."""

import re

_SOURCE = (
    r"(?:(?:le|ce|l[’'])\s?(?:livre blanc|texte|passage|document|rapport|article|extrait|paragraphe|"
    r"dossier|avis|chapitre|auteurs?)|(?:cette|la) (?:source|fiche|note|contribution|citation|section)|"
    r"les (?:passages?|documents?|auteurs?|textes?|extraits?)(?: cités?| fournis)?|(?:les )?auteur(?:·?e)?s)"
    r"(?: cité(?:e|s)?| fourni(?:e|s)?)?"
)
_TELLS = (
    r"(?:indiqu|précis|signal|soulign|rappell?|not|expliqu|mentionn|montr|constat|relèv|ajout|affirm|observ|"
    r"évoqu|décri|préviens?|insist|estim|racont)(?:e|ent|t|vent)"
)
_PREFIXES = (
    rf"(?:selon|d[’']après|comme l[’'](?:indique|explique)|dans|pour) {_SOURCE}\s*,\s*",
    rf"{_SOURCE} (?:\w+ment |y |nous )?{_TELLS} (?:également |aussi |toutefois |notamment |ainsi |"
    r"par ailleurs |en outre |enfin |d[’']ailleurs )?(?:que,? |qu[’'])",
    r"il (?:est|y est|a été) (?:indiqué|précisé|signalé|souligné|rappelé|noté|mentionné) (?:que |qu[’'])",
    r"(?:on (?:y )?(?:apprend|lit|constate|note)|il en ressort|il ressort (?:du texte|du rapport)) "
    r"(?:que |qu[’'])",
    r"(?:en résumé|en bref|au total|en somme|en clair|autrement dit|en d[’']autres termes|concrètement|ainsi|"
    r"de plus|en outre|par ailleurs|enfin|toutefois|cependant|néanmoins|en effet|globalement|tout d[’']abord)"
    r"\s*,\s*",
)
_FRAME = re.compile(rf"^\s*(?:{'|'.join(_PREFIXES)})", re.IGNORECASE)


def unframed(sentence: str) -> str:
    """Return a sentence without the words that only present its source or tie it to the one before.

    What is named (« Le rapport Borloo indique que… », « Selon l’Uniopss, … ») stays: it can be false.
    """
    found = _FRAME.match(sentence)
    while found and sentence[found.end() :].strip():
        rest = sentence[found.end() :]
        sentence = rest[0].upper() + rest[1:]
        found = _FRAME.match(sentence)
    return sentence
