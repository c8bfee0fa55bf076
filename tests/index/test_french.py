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


@pytest.mark.parametrize(
    ("inclusive", "plain"),
    [
        ("les travailleur·euse·s", "travailleur"),
        ("les travailleu.se.rs sociaux", "travailleur"),
        ("des professionnel.les", "professionnel"),
        ("chaque usager·ère", "usager"),
        ("les éducateur.rice.s", "éducateur"),
    ],
)
def test_inclusive_writing_is_one_word(inclusive: str, plain: str) -> None:
    assert stem(plain) in analyse(inclusive)


def test_a_full_stop_is_no_inclusive_writing() -> None:
    assert words("Fin du texte.Le suivant") == ["Fin", "du", "texte", "Le", "suivant"]


def test_numbers_in_words_meet_figures() -> None:
    assert "13" in analyse("les treize métiers")
    assert "13" in analyse_query("les 13 métiers")


def test_a_notion_of_small_words_is_one_term() -> None:
    assert "allervers" in analyse("une démarche d’aller-vers")
    assert "allervers" in analyse_query("c koi laller vers")
    assert "allervers" not in analyse("aller au marché vers midi")


def test_stop_words_leave_and_content_words_stay() -> None:
    assert analyse("Qu’est-ce que c’est que la paperasse ?") == [stem("paperasse")]


def test_sigles_are_kept_whole_and_found_in_small_letters() -> None:
    assert analyse("l’ASE et le CCAS") == ["ase", "ccas"]
    assert "ase" in analyse_query("que fait l’ase", frozenset({"ase"}))
    assert "as" in analyse_query("les AS du secteur", frozenset({"as"}))
    assert "as" not in analyse_query("tu as vu", frozenset({"as"}))


def test_figures_are_terms() -> None:
    assert analyse("71 % des 30 000 postes") == ["71", "30", "000", stem("postes")]
