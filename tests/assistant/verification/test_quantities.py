import pytest

from assistant.verification.quantities import quantities
from assistant.verification.quantity import Kind, supports


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("quatre-vingt-cinq situations", 85, ""),
        ("soixante-dix-huit agents", 78, ""),
        ("deux cent cinquante mille euros", 250_000, "euro"),
        ("1,3 million de personnes", 1_300_000, ""),
        ("45\u202f000 euros", 45_000, "euro"),
        ("sept établissements sur dix", 70, "%"),
        ("les trois quarts", 75, "%"),
        ("dix-huit mois", 18, "mois"),
        ("une trentaine de jeunes", 30, ""),
    ],
)
def test_numbers_have_one_form(text: str, value: float, unit: str) -> None:
    (found,) = quantities(text)
    assert (found.value, found.unit) == (value, unit)


def test_dates_labels_and_references() -> None:
    (day,) = quantities("le 1er septembre 2022")
    assert day.date == (1, 9, 2022)
    assert quantities("dès 09/2024")[0].date == (0, 9, 2024)
    assert [one.kind for one in quantities("la loi 2002-2, p. 10, article D. 142-1-1")] == [
        Kind.REFERENCE
    ] * 3


@pytest.mark.parametrize(
    ("source", "said", "right"),
    [
        ("71 %", "sept sur dix", True),
        ("71 %", "plus de deux tiers", True),
        ("71 %", "huit sur dix", False),
        ("340 familles", "près de 350 familles", True),
        ("340 familles", "350 familles", False),
        ("13,5 %", "14 %", False),
        ("43,5 %", "44 %", True),
        ("48 heures", "deux jours", True),
        ("deux ans", "deux mois", False),
        ("au moins cinq ans", "au plus cinq ans", False),
        ("183 euros par mois", "183 euros par an", False),
        ("le 2 janvier 2002", "2002", True),
        ("2002", "le 2 janvier 2002", False),
        ("décembre 2020", "fin 2020", True),
        ("niveau 6", "niveau 5", False),
    ],
)
def test_what_a_figure_gives_the_right_to_say(source: str, said: str, right: bool) -> None:
    assert supports(quantities(source)[0], quantities(said)[0]) is right
