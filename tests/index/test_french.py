import pytest

from index.french import analyse, analyse_query, stem, words


def test_elision_is_removed() -> None:
    assert words("L'accueil jusqu’au soir, aujourd’hui") == ["accueil", "au", "soir", "hui"]
    assert words("l’école n’est qu’un début") == ["école", "est", "un", "début"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("accompagnement", "accompagnées"),
        ("recrutement", "recruter"),
        ("école", "ecole"),
        ("éducatrices", "éducatrice"),
        ("œuvre", "oeuvre"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert analyse(one) == analyse(other) != []


def test_stop_words_leave_and_content_words_stay() -> None:
    assert analyse("Qu’est-ce que c’est que la paperasse ?") == [stem("paperasse")]


def test_sigles_are_kept_whole_and_found_in_small_letters() -> None:
    assert analyse("l’ASE et le CCAS") == ["ase", "ccas"]
    assert "ase" in analyse_query("que fait l’ase", frozenset({"ase"}))
    assert "as" in analyse_query("les AS du secteur", frozenset({"as"}))
    assert "as" not in analyse_query("tu as vu", frozenset({"as"}))


def test_figures_are_terms() -> None:
    assert analyse("71 % des 30 000 postes") == ["71", "30", "000", stem("postes")]
