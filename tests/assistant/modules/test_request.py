import pytest

from assistant.modules.request import ModuleRequest, in_words, minutes_in, request_from
from index.errors import UsageError


@pytest.mark.parametrize(
    ("text", "theme", "minutes", "diploma", "group"),
    [
        ("Le pouvoir d'agir, ES 2e année, 3 h, 25 étudiants.", "Le pouvoir d'agir", 180, "ES", 25),
        ("l’aller vers, 1 h 30, AES", "l’aller vers", 90, "AES", 15),
        ("la charge administrative, 2 journées, 12 participants", "la charge administrative", 840, "", 12),
        ("le numérique, pour des éducateurs spécialisés, une journée", "le numérique", 420, "ES", 15),
        (
            "Je prépare un cours de 3 h sur le genre dans le travail social pour des élèves : quoi dire ?",
            "le genre dans le travail social",
            180,
            "",
            15,
        ),
        ("l’enfance, l’accueil et le logement", "l’enfance, l’accueil et le logement", 180, "", 15),
    ],
)
def test_a_sentence_says_what_is_asked_for(
    text: str, theme: str, minutes: int, diploma: str, group: int
) -> None:
    request = request_from(text)
    assert (request.theme, request.minutes, request.diploma, request.group) == (
        theme,
        minutes,
        diploma,
        group,
    )


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("3 h", 180),
        ("2h30", 150),
        ("90 min", 90),
        ("une demi-journée", 210),
        ("3 jours", 1260),
        ("demain", 0),
    ],
)
def test_durations(text: str, minutes: int) -> None:
    assert minutes_in(text) == minutes


@pytest.mark.parametrize(
    ("minutes", "words"), [(45, "45\u00a0min"), (180, "3\u00a0h"), (95, "1\u00a0h\u00a035")]
)
def test_durations_in_words(minutes: int, words: str) -> None:
    assert in_words(minutes) == words


@pytest.mark.parametrize("bad", [{"theme": " ?"}, {"minutes": 30}, {"minutes": 2000}, {"group": 0}])
def test_what_no_module_can_be_made_of_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        ModuleRequest(**{"theme": "le logement", **bad})  # type: ignore[arg-type]
