import pytest

from index.glossary import definitions, find, library_glossary, meanings_in, shipped, stands_for
from index.loading.text import read_text


def found(text: str) -> dict[str, tuple[str, ...]]:
    return find(read_text("r.txt", text))


@pytest.mark.parametrize(
    ("sigle", "expansion"),
    [
        ("HCTS", "Haut Conseil du travail social"),
        ("CASF", "code de l’action sociale et des familles"),
        ("UNAFORIS", "Union nationale des acteurs de formation et de recherche en intervention sociale"),
        ("FALC", "facile à lire et à comprendre"),
        ("Drees", "direction de la recherche, des études, de l’évaluation et des statistiques"),
    ],
)
def test_letters_come_from_the_words_in_order(sigle: str, expansion: str) -> None:
    assert stands_for(sigle, expansion)


@pytest.mark.parametrize(
    ("sigle", "expansion"),
    [
        ("CAF", "commission réunie hier"),
        ("HCTS", "Haut Conseil de la famille"),
        ("ASE", "l’aide à l’enfance"),
        ("ADF", ""),
    ],
)
def test_words_that_do_not_give_the_letters(sigle: str, expansion: str) -> None:
    assert not stands_for(sigle, expansion)


def test_definitions_are_found_both_ways_round() -> None:
    text = "Le Haut Conseil du travail social (HCTS) le dit. La CAF (caisse d’allocations familiales) aussi."
    assert found(text) == {
        "HCTS": ("Haut Conseil du travail social",),
        "CAF": ("caisse d’allocations familiales",),
    }


def test_only_the_words_of_the_sigle_are_taken_across_lines_and_note_calls() -> None:
    text = "Selon le président de la\nfédération des acteurs de la\nsolidarité12 (FAS), tout va mieux."
    assert found(text) == {"FAS": ("fédération des acteurs de la solidarité",)}


def test_what_stands_in_brackets_is_not_always_a_definition() -> None:
    assert (
        found("La commission s’est réunie hier (CAF). Voir le tableau (ANNEXE). En région (PACA), rien.")
        == {}
    )


def test_the_commonest_meaning_comes_first() -> None:
    twice = "Un chargé d’accueil social (CAS). Le chargé d’accueil social (CAS)."
    text = f"Un comité d’accueil social (CAS). {twice}"
    assert found(text)["CAS"] == ("chargé d’accueil social", "comité d’accueil social")


def test_a_text_comes_before_what_ships() -> None:
    assert shipped()["ASE"]
    glossary = library_glossary(definitions("Une association de secours aux exilés (ASE) répond."))
    assert glossary["ASE"] == ("association de secours aux exilés",)
    assert glossary["RSA"] == shipped()["RSA"]


def test_everything_that_ships_has_a_meaning() -> None:
    assert len(shipped()) > 400
    assert all(meaning.strip() for meanings in shipped().values() for meaning in meanings)


def test_the_sigles_of_a_question_are_explained() -> None:
    glossary = {"HCTS": ("Haut Conseil du travail social",), "UNCCAS": ("Union nationale des CCAS",)}
    assert meanings_in("Que disent l’Unccas et le HCTS ?", glossary) == {
        "UNCCAS": ("Union nationale des CCAS",),
        "HCTS": ("Haut Conseil du travail social",),
    }
