"""Whether a text has a conjugated verb, told by the verbs of reports and by endings."""

import re

_VERB = re.compile(
    r"\b(?:est|sont|était|étaient|fut|sera|seront|serait|soit|soient|a|ont|avait|avaient|aura|ait|peut"
    r"|peuvent|pourrait|doit|doivent"
    r"|devrait|devraient|faut|fait|font|va|vont|veut|veulent|dit|disent|permet|permettent|vise|visent"
    r"|repose|reposent|consiste"
    r"|suppose|implique|constitue|constituent|représente|représentent|existe|reste|demeure|vient|tient"
    r"|met|prend|rend|sait"
    r"|[a-zà-ÿ]{3,}(?:aient|èrent|eront|erait|issent|issait)|(?!\w+ment\b)[a-zà-ÿ]{3,}ent"
    r"|(?:demand|recommand|préconis|propos|jug|estim|soulign|rappel|constat|observ|not|déplor|regrett"
    r"|dénonc|alert|réclam|plaid|souhait"
    r"|défend|consacr|insist|affirm|consid[èe]r|pens|cherch|particip|organis|assur|lanc|m[èe]n|réuni"
    r"|aid|valoris|évalu|apport|dépass|gagn|quitt|manqu|pein|travaill|enseign|dur|commenc|financ"
    r"|dépend|repr|voi|croi|crain|naî|coût|pay|pai|aggrav|limit|entraîn|provoqu|suppos|invit|appuy"
    r"|distingu|sépar|montr|signal|critiqu|déclar|conseill|avanc|exig|interdi|autoris|oblig|protèg"
    r"|prévoi|figur|révèl|illustr|découvr|renvoi|impos|étend|offr|suscit|soutien|refus|reconnaî|admet"
    r"|précis|indiqu|annonc|appell|cherch|favoris|facilit|renforc|augment|baiss|touch|concern"
    r"|définit|compt|cit|cré|accueill|accompagn|form|donn|port|ouvr|répond|mesur|s[’']\w+|se \w+)(?:e"
    r"|t|s|it|d|nt|ère|elle)?)\b"
)
_NOUN_BEFORE = re.compile(
    r"(?:^|[\s(«’'])(?:l[’']|d[’']|la|le|les|une?|des|du|de|leurs?|sa|son|ses|cette|cet|ces|ce|aux?|en"
    r"|par|sans|sur|et|pour|chaque|toute?|quelle?)\s?$",
    re.IGNORECASE,
)


def has_verb(text: str) -> bool:
    """Say whether a sentence has a conjugated verb: « l’offre » after an article is none."""
    return any(not _NOUN_BEFORE.search(text[: match.start()]) for match in _VERB.finditer(text))
