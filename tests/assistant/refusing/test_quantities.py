"""Which quantities a text holds, and which a question asks for."""

import pytest

from assistant.asking import Expected
from assistant.refusing.quantities import QUANTIFIED, kinds_asked, quantities


@pytest.mark.parametrize(
    ("text", "kind", "held"),
    [
        ("Le taux est de 30 % environ.", Expected.RATE, ["30 %"]),
        ("Une mère sur trois est concernée.", Expected.RATE, ["Une mère sur trois"]),
        ("Un budget de 15 millions d’euros est prévu.", Expected.AMOUNT, ["15 millions d’euros"]),
        ("Il a fallu 3,5 millions de journées.", Expected.AMOUNT, []),
        ("La formation dure 36 mois.", Expected.DURATION, ["36 mois"]),
        ("Le titre est protégé depuis 1946.", Expected.DATE, ["1946"]),
        ("L’équipe compte 52 agents et une soixantaine de bénévoles.", Expected.COUNT, ["52", "soixantaine"]),
    ],
)
def test_quantities_of_a_kind(text: str, kind: Expected, held: list[str]) -> None:
    assert [text[q.start : q.end] for q in quantities(text, frozenset({kind}))] == held


@pytest.mark.parametrize(
    "text",
    [
        "Fiche mesure 9 : renforcer la participation",
        "La loi 2002-2 du 2 janvier 2002 rénove l’action sociale.",
        "17 Le taux est faible, dit la note.",
        "La convention 66 s’applique.",
        "Voir l’article 12 et la page 40.",
        "L’enquête18 le montre.",
    ],
)
def test_labels_count_nothing(text: str) -> None:
    assert quantities(text, frozenset({Expected.COUNT})) == []


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Combien d’agents travaillent au CCAS ?", {Expected.COUNT}),
        ("Combien d’heures dure la formation ?", {Expected.DURATION}),
        ("Quelle est la rémunération d’un pair-aidant ?", {Expected.AMOUNT}),
        ("Quels changements de règles et d’argent sont demandés ?", set()),
        ("Pourquoi les collègues partent-ils ?", set()),
        ("Quand on change de méthode, que disent les gens reçus ?", set()),
        ("Nos vieilles voitures, quand l’essence flambe on est coincées : qui le dit ?", set()),
        ("Quand l’Uniopss a-t-elle été fondée ?", {Expected.DATE}),
    ],
)
def test_kinds_asked(question: str, kinds: set[Expected]) -> None:
    assert kinds_asked(question) == kinds
    assert kinds_asked(question) <= QUANTIFIED
