import pytest

from assistant.modules.quiz.blanks import BlankKind, expressions, figures, plausible, sigles, terms


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("71 % des établissements peinent à recruter", ["71 %"]),
        ("le CFA est passé de 131 apprentis en 2020 à 2 102 en 2022", ["131", "2020", "2 102", "2022"]),
        ("la mesure 7 et l’article 12 de la loi 2002-2", []),
        ("auditionnée le 13 mars 2023", ["2023"]),
        ("au SMIC malgré l’avenant 43", []),
        ("une prime de 183 euros par mois", ["183 euros"]),
    ],
)
def test_figures_count_and_labels_do_not(text: str, answers: list[str]) -> None:
    assert [blank.answer for blank in figures(text)] == answers


def test_the_year_of_the_source_is_not_asked_for() -> None:
    assert figures("un écart constaté en 2023", told_in="2023") == []


def test_a_sigle_is_asked_for_where_its_words_stand() -> None:
    text = "des jeunes confiés à l’aide sociale à l’enfance (ASE) forment des professionnels"
    assert [blank.answer for blank in sigles(text)] == ["ASE"]
    assert list(sigles("des jeunes du foyer (ASE) forment des professionnels")) == []


def test_what_is_defined_is_a_term() -> None:
    assert [blank.answer for blank in terms("L’aller-vers consiste à sortir du service")] == ["L’aller-vers"]
    assert [blank.answer for blank in expressions("passer du « je répare » au soin")] == ["je répare"]


def test_another_figure_is_of_the_same_unit_and_order() -> None:
    (blank,) = figures("71 % des établissements")
    texts = ("30 % ici", "72 % là", "95 % ailleurs", "80 euros", "3 % au plus")
    others = [one for text in texts for one in figures(text)]
    assert plausible(blank, others, 3) == ["95 %", "30 %"]


def test_a_figure_that_could_be_true_too_is_left_out() -> None:
    (blank,) = figures("au moins 245 000 emplois")
    others = [one for text in ("200 000 emplois", "300 000 emplois") for one in figures(text)]
    assert plausible(blank, others, 3) == ["300 000"]


def test_years_are_near() -> None:
    (blank,) = figures("formés depuis 2018")
    others = [one for text in ("en 2016", "en 1946", "en 2020") for one in figures(text)]
    assert set(plausible(blank, others, 3)) == {"2016", "2020"}
    assert blank.kind is BlankKind.YEAR
