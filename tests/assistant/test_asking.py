import pytest

from assistant.asking import Form, asked, topic
from assistant.expecting import Expected, holds


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("Combien d’enfants la maison accueille-t-elle ?", Form.FACT),
        ("cb de gens au rsa", Form.FACT),
        ("En quelle année la fédération a-t-elle été créée ?", Form.FACT),
        ("Quelle loi impose un livret d’accueil ?", Form.FACT),
        ("Quel mouvement est cité à propos des taxes ?", Form.FACT),
        ("C’est quoi la pair-aidance ?", Form.DEFINITION),
        ("c koi laller vers", Form.DEFINITION),
        ("Que veut dire « employeurabilité » ?", Form.DEFINITION),
        ("Quels sont les freins au recrutement ?", Form.LIST),
        ("Que recommande le rapport pour les stages ?", Form.LIST),
        ("la cfdt dmd koi sur les salaires", Form.LIST),
        ("Comment préparer un accueil de stagiaire ?", Form.HOWTO),
        ("Je suis cheffe de service. Comment soutenir l’équipe ?", Form.HOWTO),
        ("Quelle différence entre éthique et morale ?", Form.COMPARISON),
        ("Qui dit quoi sur la paperasse ?", Form.COMPARISON),
        ("Je prépare un cours sur le secret : quels constats, quels exemples ?", Form.THEME),
        ("Faut-il l’accord de la personne ?", Form.DECISION),
        ("Les aides à domicile ont-elles eu la prime ?", Form.DECISION),
        ("Pourquoi les collègues partent-ils ?", Form.OPEN),
        ("Comment se fait-il que ces talents ne comptent pas ?", Form.OPEN),
    ],
)
def test_the_form_of_the_answer_is_read_from_the_question(question: str, form: Form) -> None:
    assert asked(question).form is form


def test_two_organisations_named_are_compared() -> None:
    assert asked("Que demandent la FAS et l’UNCCAS ?", named=2).form is Form.COMPARISON


def test_the_situation_told_before_the_question_asks_nothing() -> None:
    told = "Quand on a 40 dossiers, on ne voit plus personne. Comment faire de la place à l’écoute ?"
    assert asked(told).form is Form.HOWTO
    assert not asked(told).expected


@pytest.mark.parametrize(
    ("question", "kind", "held", "other"),
    [
        ("Quel taux de postes vacants ?", Expected.RATE, "71 % des postes", "Les postes restent vacants."),
        ("À combien est estimé le marché ?", Expected.AMOUNT, "15 millions d’euros", "Un marché important."),
        ("Combien de temps dure la formation ?", Expected.DURATION, "24 mois au plus", "Elle est longue."),
        ("Quand la loi a-t-elle été votée ?", Expected.DATE, "en 2002", "La loi a été votée."),
        (
            "Sur quel article du code s’appuie-t-on ?",
            Expected.LAW,
            "l’article L. 116-2",
            "Le texte le prévoit.",
        ),
        (
            "Quelle sociologue a été entendue ?",
            Expected.PERSON,
            "Coline Cardi a été entendue",
            "Elle a parlé.",
        ),
    ],
)
def test_the_kind_expected_is_told_and_recognised(
    question: str, kind: Expected, held: str, other: str
) -> None:
    assert kind in asked(question).expected
    assert holds(kind, held)
    assert not holds(kind, other)


def test_a_question_may_ask_two_things() -> None:
    assert asked("Quel âge ont-ils, et combien sont-ils ?").parts == 2


@pytest.mark.parametrize(
    ("question", "theme"),
    [
        ("Je prépare un cours sur le secret professionnel : quels exemples ?", "secret professionnel"),
        ("Formatrice, je monte une séance sur l’aller-vers pour des étudiants", "aller-vers"),
        ("Quels constats utiliser ?", "Quels constats utiliser ?"),
    ],
)
def test_the_theme_of_a_course_is_what_it_is_on(question: str, theme: str) -> None:
    assert topic(question) == theme


@pytest.mark.parametrize(
    ("question", "dated"),
    [
        ("Quand on change d’accueil, comme à Rivefleurie, que disent les habitants ?", False),
        ("Dans les hameaux, quand l’essence manque on reste chez soi : qui le constate ?", False),
        ("Quand a été créé le bus social, et par qui ?", True),
        ("Le bus social existe depuis quand ?", True),
    ],
)
def test_a_circumstance_asks_for_no_date(question: str, dated: bool) -> None:
    assert (Expected.DATE in asked(question).expected) is dated
