import pytest

from assistant.asking import Asked, Form, asked
from assistant.comparing import sides, speaking, voices_named, without_names
from index.library import Library

COMPARED = Asked(Form.COMPARISON)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        (
            "Quelle différence entre l’aller-vers et l’accueil inconditionnel ?",
            ("Aller-vers", "Accueil inconditionnel"),
        ),
        ("C’est quoi la différence éthique et morale", ("Éthique", "Morale")),
        ("déontologie vs éthique", ("Déontologie", "Éthique")),
        ("En quoi divergent-ils ?", ()),
    ],
)
def test_the_notions_compared_are_read_from_the_question(
    library: Library, question: str, names: tuple[str, ...]
) -> None:
    assert tuple(side.name for side in sides(library, question, COMPARED, ())) == names


def test_the_organisations_named_are_the_sides(library: Library) -> None:
    found = sides(library, "Que demandent la FAS et l’UNCCAS sur les salaires ?", COMPARED, ("FAS", "UNCCAS"))
    assert [(side.name, side.speakers) for side in found] == [
        ("FAS", frozenset({"FAS"})),
        ("UNCCAS", frozenset({"UNCCAS"})),
    ]
    assert {side.query for side in found} == {"Que demandent la et l’sur les salaires ?"}


def test_a_question_on_one_organisation_compares_nothing(library: Library) -> None:
    assert sides(library, "Que demande la FAS ?", Asked(Form.LIST), ("FAS",)) == ()


def test_a_question_without_names_is_left_as_it_is() -> None:
    assert without_names("Que dire des salaires ?", ()) == "Que dire des salaires ?"


def test_the_organisations_of_the_real_corpus_are_named(shared_index: object) -> None:
    real = Library(shared_index)  # type: ignore[arg-type]
    assert voices_named(real, "Que disent la Croix-Rouge et la CNAPE des stages ?") == (
        "CNAPE",
        "Croix-Rouge française",
    )
    assert voices_named(real, "Que dit le livre blanc des stages ?") == ()


def test_who_says_what_is_told_voice_by_voice(library: Library) -> None:
    heard = speaking(library, "la charge administrative")
    assert heard == list(dict.fromkeys(heard))
    question = "La charge administrative, qui dit quoi là-dessus ?"
    told = sides(library, question, asked(question), ())
    assert [side.name for side in told] == (heard[:4] if len(heard) > 1 else [])
    assert all("qui dit quoi" not in side.query for side in told)
