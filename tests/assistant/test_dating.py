"""Figures, sums, rates and laws carry the year of their text."""

import pytest

from assistant.answering import dated
from assistant.answers import Statement
from assistant.citations import Citation
from index.documents import Passage


def _said(text: str, date: str = "2023") -> Statement:
    passage = Passage("p", "d", "d.txt", "Titre", text, 0, len(text), date=date)
    return Statement(text, (Citation(1, passage, text, 0, len(text)),))


@pytest.mark.parametrize(
    "text",
    [
        "65 départements utilisent ce logiciel.",
        "71 % des établissements peinent à recruter.",
        "La prime est de 183 euros.",
        "L’article L. 116-1 le définit.",
        "Ils étaient 12 400 à partir.",
    ],
)
def test_what_may_have_changed_is_dated(text: str) -> None:
    assert dated([_said(text)]) == ("Texte de 2023, à vérifier.",)


@pytest.mark.parametrize(
    "text",
    ["La participation est une démarche.", "Elle a commencé en 2018 dans les services.", "À 40 ans, non."],
)
def test_what_holds_no_figure_is_not(text: str) -> None:
    assert dated([_said(text)]) == ()


def test_the_years_of_several_texts_are_all_given() -> None:
    found = dated([_said("La loi le dit.", "2016-07"), _said("65 départements le font.")])
    assert found == ("Textes de 2016 et 2023, à vérifier.",)
