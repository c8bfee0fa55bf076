"""The aspects that a question which prepares a course enumerates, each answered under its heading."""

import pytest

from assistant.answering import answer
from assistant.aspects import aspects
from index.library import Library


@pytest.mark.parametrize(
    ("question", "names"),
    [
        (
            "Je prépare une matinée sur l’intérim : pourquoi les salariés y vont, ce que ça abîme, et les"
            " garde-fous réclamés. Quels éléments leur donner ?",
            ["Pourquoi les salariés y vont", "Ce que ça abîme", "Les garde-fous réclamés"],
        ),
        (
            "Je monte un cours sur le genre : quels constats, chiffres et exemples puis-je mobiliser ?",
            ["Constats", "Chiffres", "Exemples"],
        ),
        (
            "Formateur, j’ouvre un module d’écologie. Qui est touché, d’où vient l’idée, que changer ?",
            ["Qui est touché", "D’où vient l’idée", "Que changer"],
        ),
        (
            "Module pour des ME : je cherche ce qu’en disent les gens, la posture attendue et la limite.",
            ["Ce qu’en disent les gens", "La posture attendue", "La limite"],
        ),
    ],
)
def test_the_parts_of_a_course_are_told_apart(question: str, names: list[str]) -> None:
    assert [aspect.name for aspect in aspects(question)] == names


@pytest.mark.parametrize(
    "question",
    [
        "Quel est le programme détaillé, séance par séance, du module d’éthique ?",
        "Combien de postes, et depuis quand ?",
        "Je prépare un cours sur l’aller-vers : que citer ?",
        "Le département propose quoi : une aide, un prêt ou un relogement ?",
    ],
)
def test_other_questions_have_no_aspects(question: str) -> None:
    assert not aspects(question)


def test_each_aspect_is_a_block_and_nothing_is_quoted_twice(library: Library) -> None:
    found = answer(
        library,
        "Je prépare une séance sur l’aller-vers : ce qu’est la permanence du marché, combien de gens sont"
        " suivis et qui la tient ?",
    )
    headings = [block.heading for block in found.blocks]
    assert len(headings) >= 2 and set(headings) <= {
        "Ce qu’est la permanence du marché",
        "Combien de gens sont suivis",
        "Qui la tient",
    }
    quotes = [citation.quote for citation in found.citations]
    assert len(quotes) == len(set(quotes))
