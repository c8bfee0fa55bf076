"""A text read for comparison: its sentences, their clauses, their words and what modifies them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.verification.meaning import root
from assistant.verification.quantities import quantities
from assistant.verification.quantity import Quantity
from index.french import STOP_WORDS, fold, is_sigle
from index.sentences import sentence_spans

_TOKEN = re.compile(r"[^\W\d_]+(?:[.·][^\W\d_]{1,4}(?=[.·\s]))*[’']?|\d+|[,;:.!?()«»\[\]/–—-]")
_ELIDED = frozenset("c d j l m n s t qu jusqu lorsqu puisqu quoiqu".split())
_INCLUSIVE = re.compile(r"(?<=\w)[.·•‧](?:e|es|s|se|euse|rice|trice|ne|le|ère|ière|ive)(?:[.·•‧]s)?(?!\w)")
_CALLS = re.compile(r"(?<=\w)[⁰¹³⁴⁵⁶⁷⁸⁹]+|(?<=[A-Z])²")  # calls of notes, not « m² »
# Words that build a sentence and say nothing alone; what they change is read by the checks.
_LIGHT = (STOP_WORDS - {"avant", "apres"}) | frozenset(
    """
    devait devaient saurait sauraient pouvait pouvaient fallait doivent devoir devrait devraient
    devra devront pouvoir pourrait pourraient pourra pourront puisse
    faudrait faudra falloir certains certaines certain certaine plusieurs chacun chacune
    ensemble seul seule seuls seules seulement uniquement exclusivement toujours parfois
    partout jamais rien personne aucunement nul nulle non sauf hors hormis grace raison cause faute
    suite environ pres presque quasi quasiment tandis dont laquelle lequel lesquels lesquelles
    auquel auxquels duquel desquels notamment egalement deja ci la cela chose fois mme mmes mm
    monsieur madame cas selon outre ailleurs quant afin dela dehors lequel oui puis lorsque lorsqu
    puisque jusqu si sinon voire ait soient seraient auraient aurait aura ayant faisant font rendu
    rend rendre mettre mis mise mettent met place compte compter permet permettre permis
    reste rester demeure demeurent trouve trouvent part cote autour titre base vue sein etc
    milliers millions millier million milliard mille cent mois ans jours annee annees an
    veut veulent voudrait voudraient
    pendant durant possibilite notre nos votre vos apporte donne donner point existe hebdomadaire
    hebdomadaires annuel annuelle annuels annuelles quotidien quotidienne minimum maximum mensuel
    mensuels mensuelle annuellement mensuellement nombreux nombreuses beaucoup
    parmi plutot fassent fasse total bref abord toutefois cependant neanmoins pourtant desormais ensuite
    ainsi alors encore aussi souvent surtout tres trop assez bien mal peu plutot autrement toute toutes
    tous tout meme memes telle tel telles tels autre autres quel quelle quels quelles effectivement
    quelque quelques divers diverses aupres lors envers vers chez contre malgre afin
    """.split()
)  # fmt: skip


_JOINTS = frozenset("mais tandis alors qui car parce".split())
_ARTICLE = r"(?:le|la|les|l'|un|une|des|chaque|leurs?|son|sa|ses)"
_AUXILIARY = (
    r"(?:est|sont|a|ont|serai(?:t|ent)|sera|seront|peu(?:t|vent)|doi(?:t|vent)|etai(?:t|ent)|n'\w+|ne)"
)
_AND_VERB = re.compile(
    rf"(?:(?!d'|l')[^\W\d]+ {_ARTICLE}|(?:ils?|elles?|{_AUXILIARY})\b|(?:[\w%']+ ){{1,5}}{_AUXILIARY}\b)"
)
_AND_NAME = re.compile(
    r"\s+(?:l[’']|la |le |les )?[A-ZÀ-Ý]\w+(?: [A-ZÀ-Ý]\w+)* [a-zà-ÿ]{4,} (?:une?|le|la|les|des?|que) |"
    r"\s+(?:l[’']|la |le |les )?[A-ZÀ-Ý]\w+(?: [A-ZÀ-Ý]\w+)* [a-zà-ÿ]{4,} (?:l|d|qu)[’']"
)
_ANAPHORA = re.compile(
    r"(?:elles?|ils?|cela|ceci|celle|celui|ceux|celles|cet|cette|ces|ce|c|son|sa|ses|leurs?|"
    r"on|y|en|chaque|les)$"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, folded and stemmed; ``content`` when it carries meaning of its own.

    ``at`` is its offset in the text, ``clause`` the number of its clause in the text, ``opens``
    says that it is the first word of a sentence.
    """

    text: str
    folded: str
    stem: str
    content: bool
    at: int
    clause: int
    opens: bool

    @property
    def name(self) -> bool:
        """Whether it is written as a name: a capital, elsewhere than at the head of a sentence."""
        return self.text[0].isupper() and (not self.opens or self.sigle)

    @property
    def sigle(self) -> bool:
        """Whether it is a sigle, or written all in capitals."""
        return is_sigle(self.text)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence between two marks of punctuation or two joints."""

    words: tuple[Word, ...]
    flat: str

    @property
    def content(self) -> tuple[Word, ...]:
        """The words that carry meaning."""
        return tuple(word for word in self.words if word.content)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as its clauses, with its figures and dates; ``flat`` is folded, on one line.

    ``inherited`` are the words that a pronoun at its head stands for: those of the sentence before.
    """

    text: str
    flat: str
    clauses: tuple[Clause, ...]
    quantities: tuple[Quantity, ...]
    inherited: tuple[Word, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        """All the words, in order."""
        return tuple(word for clause in self.clauses for word in clause.words)

    @property
    def content(self) -> tuple[Word, ...]:
        """The words that carry meaning, in order."""
        return tuple(word for word in self.words if word.content)


@lru_cache(maxsize=4096)
def read(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text; items of a list, one a line, are sentences too."""
    text = _CALLS.sub(" ", _INCLUSIVE.sub("", text))
    parts = [text[start:end] for start, end in sentence_spans(text)]
    lines = [line for part in parts for line in re.split(r"\n\s*(?=[-•*▪–]|\n)", part)]
    sentences: list[Sentence] = []
    for line in lines:
        sentence = _sentence(line)
        if sentence.words:
            sentences.append(_linked(sentence, sentences[-1]) if sentences else sentence)
    return tuple(sentences)


def _linked(sentence: Sentence, before: Sentence) -> Sentence:
    """Return a sentence with what its first pronoun stands for."""
    if not any(_ANAPHORA.match(word.folded) for word in sentence.words[:1]) and not any(
        word.folded in ("eux", "entre") for word in sentence.words[:3]
    ):
        return sentence
    return replace(sentence, inherited=before.inherited + before.content)


def flatten(text: str) -> str:
    """Return a text folded on one line, with straight apostrophes."""
    return " ".join(fold(text.replace("’", "'")).split())


def _sentence(text: str) -> Sentence:
    figures = quantities(text)
    clauses: list[list[Word]] = [[]]
    opens = True
    for match in _TOKEN.finditer(text):
        mark = match.group()
        if not (mark[0].isalpha() or mark[0].isdigit()):
            if mark not in "-«»/[]" and clauses[-1]:
                clauses.append([])
            opens = opens and mark != ","
            continue
        if mark[0].isdigit():
            opens = False
            continue
        folded = fold(mark.rstrip("’'"))
        if clauses[-1] and (folded in _JOINTS or (folded == "et" and _opens_clause(text[match.end() :]))):
            clauses.append([])
        elided = mark[-1] in "’'" and folded in _ELIDED
        if folded == "est" and clauses[-1] and clauses[-1][-1].folded == "l":
            folded = "orient"  # « l’est » of a department, not the verb
        if folded == "apres" and clauses[-1] and clauses[-1][-1].folded == "d":
            elided = True  # « d’après » says who speaks, not when
        clauses[-1].append(
            _word(
                mark.rstrip("’'"),
                folded,
                match.start(),
                len(clauses) - 1,
                opens,
                elided,
                figures,
            )
        )
        opens = False
    kept = [tuple(words) for words in clauses if words]
    numbered = tuple(
        Clause(
            tuple(
                Word(word.text, word.folded, word.stem, word.content, word.at, number, word.opens)
                for word in words
            ),
            " ".join(word.folded for word in words),
        )
        for number, words in enumerate(kept)
    )
    return Sentence(text, flatten(text), numbered, figures)


def _opens_clause(after: str) -> bool:
    """Say whether what follows « et » has a verb of its own: « et demande… », « et la CNAPE veut… »."""
    return bool(_AND_VERB.match(flatten(after)) or _AND_NAME.match(after))


def _word(
    text: str, folded: str, at: int, clause: int, opens: bool, elided: bool, figures: tuple[Quantity, ...]
) -> Word:
    counted = any(figure.start <= at < figure.end and not _noun_inside(figure, folded) for figure in figures)
    content = not (elided or counted or folded in _LIGHT or (len(folded) < 2))
    return Word(text, folded, folded if is_sigle(text) else root(folded), content, at, clause, opens)


def _noun_inside(figure: Quantity, folded: str) -> bool:
    """Say whether a word inside a figure is what it counts: « sept *établissements* sur dix »."""
    return " sur " in figure.text and folded in figure.text.split()[1 : figure.text.split().index("sur")]


def as_written(words: Sequence[Word]) -> str:
    """Return the first words of some, as the text writes them."""
    return " ".join(word.text for word in words[:4])
