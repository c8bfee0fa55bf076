"""One sentence for each way of saying what a passage does not say."""

import pytest

from assistant.verification import Reason, verify
from assistant.verification.verifying import doubts_about

PASSAGE = (
    "En 2021, 71 % des structures peinent à recruter, selon l’Uniopss. La CNAPE propose de majorer les "
    "salaires de nuit. Certains départements de Bretagne peuvent financer un remplaçant, sauf en été. "
    "L’épuisement entraîne des arrêts de plus en plus longs. Le secret n’est pas négociable."
)


def reasons(sentence: str, passages: list[str]) -> set[Reason | None]:
    doubts, _ = doubts_about(sentence, passages)
    return {doubt.kind for doubt in doubts.values()}


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("En 2021, 81 % des structures peinent à recruter.", Reason.NUMBER),
        ("En 2020, 71 % des structures peinent à recruter.", Reason.DATE),
        ("La Fehap propose de majorer les salaires de nuit.", Reason.NAME),
        ("Le secret est négociable.", Reason.NEGATION),
        ("Certains départements de Bretagne doivent financer un remplaçant, sauf en été.", Reason.MODAL),
        ("L’Uniopss propose de majorer les salaires de nuit.", Reason.ATTRIBUTION),
        ("Les arrêts de plus en plus longs entraînent l’épuisement.", Reason.CAUSE),
        ("Tous les départements de Bretagne peuvent financer un remplaçant, sauf en été.", Reason.SCOPE),
        ("Certains départements de Bretagne peuvent financer un remplaçant.", Reason.CONDITION),
        ("L’épuisement entraîne des arrêts de plus en plus courts.", Reason.OPPOSITE),
        ("La CNAPE propose de majorer les salaires et de loger les stagiaires.", Reason.CONTENT),
        ("La CNAPE propose de « doubler les salaires ».", Reason.QUOTE),
        ("", Reason.EMPTY),
    ],
)
def test_what_the_passage_does_not_say_is_refused(sentence: str, kind: Reason) -> None:
    assert kind in reasons(sentence, [PASSAGE])
    verdict = verify(sentence, [PASSAGE])
    assert not verdict.supported
    assert verdict.reason


@pytest.mark.parametrize(
    "sentence",
    [
        "En 2021, sept structures sur dix ont des difficultés à recruter [1].",
        "**Le secret n’est pas négociable.** [2]",
        "D’après la CNAPE, les salaires de nuit devraient être majorés.",
        "La CNAPE propose de « majorer les salaires de nuit ».",
    ],
)
def test_what_the_passage_says_is_supported(sentence: str) -> None:
    assert not reasons(sentence, [PASSAGE])
    verdict = verify(sentence, [PASSAGE])
    assert verdict.supported, verdict.reason
    assert (verdict.reason, verdict.kind) == ("", None)


def test_a_cause_told_the_other_way_round_is_not_doubted() -> None:
    assert not reasons("Les arrêts sont de plus en plus longs à cause de l’épuisement.", [PASSAGE])


def test_part_of_a_sentence_is_not_a_sentence() -> None:
    assert not verify("Le HCTS ferme.", ["On dit à tort que le HCTS ferme, mais il n’en est rien."]).supported


def test_a_sentence_may_rest_on_several_passages() -> None:
    passages = ["L’Uniopss réclame une prime.", "La CNAPE demande un référent unique."]
    assert verify("L’Uniopss réclame une prime et la CNAPE demande un référent unique.", passages).supported


@pytest.mark.parametrize("passages", [[], [""], ["   \n"]])
def test_without_a_passage_nothing_is_supported(passages: list[str]) -> None:
    assert verify("Le secret n’est pas négociable.", passages).kind == Reason.EMPTY


def test_odd_texts_get_a_verdict() -> None:
    for sentence in ("?!", "12", "A", "l’", "- ", "« »", "sur sur 3 sur", "🙂 ok", "a" * 5000, "1 sur 0"):
        assert verify(sentence, [PASSAGE, "…", "12-3 % d’"]).supported in (True, False)


PARALLEL = (
    "La commune prend en charge le loyer, le département finance les postes. Le déficit a été ramené de "
    "90 000 à 15 000 euros. En ville, les trajets occupent 11 % du temps, contre 22 % en montagne. Les "
    "visites représentent 1 200 heures. Nadia Feroul est éducatrice. L’aide s’élève à 450 euros par ménage. "
    "La réforme remplacerait l’examen. La famille demande un rapport au service. Toute demande qui nécessite "
    "un bilan est orientée vers le médecin."
)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Le département prend en charge le loyer.", Reason.ROLES),
        ("Le déficit est passé de 15 000 à 90 000 euros.", Reason.DIRECTION),
        ("Les trajets occupent plus de temps en ville qu’en montagne.", Reason.OPPOSITE),
        ("Nadia Feroul est psychologue.", Reason.NAME),
        ("L’aide s’élève à 450 euros par enfant.", Reason.NUMBER),
        ("La réforme remplace l’examen.", Reason.MODAL),
        ("Le service demande un rapport à la famille.", Reason.ROLES),
        ("Toute demande est orientée vers le médecin.", Reason.CONDITION),
    ],
)
def test_what_is_said_of_one_thing_is_not_said_of_its_neighbour(sentence: str, kind: Reason) -> None:
    assert kind in reasons(sentence, [PARALLEL])


@pytest.mark.parametrize(
    "sentence",
    [
        "Le texte précise que, en montagne, les trajets occupent 22 % du temps [1, 2].",
        "- **Postes** : ils sont financés par le département. [1]",
        "2. D’après le rapport, la commune paie le loyer.",
        "En résumé, le déficit a fortement baissé, de 90 000 à 15 000 euros.",
        "La famille réclame un rapport au service.",
    ],
)
def test_framing_marks_and_synonyms_cost_nothing(sentence: str) -> None:
    assert not reasons(sentence, [PARALLEL])
    verdict = verify(sentence, [PARALLEL])
    assert verdict.supported, verdict.reason


def test_two_passages_are_not_mixed() -> None:
    passages = ["La halte de Lorient accepte les animaux.", "La halte de Vannes accueille douze femmes."]
    assert verify("La halte de Lorient accueille douze femmes.", passages).kind is not None
    assert verify("La halte de Vannes accueille douze femmes.", passages).supported


COUNTED = (
    "Sur 41 enfants inscrits, 33 ont suivi toutes les séances. Le Département a ouvert vingt places, dont "
    "quatorze sont pourvues. Un tiers seulement des aidants se reconnaît dans ce mot. La mesure démarre 74 "
    "jours après la décision, et le dossier est remis quinze jours avant l’audience."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Huit enfants inscrits n’ont pas suivi toutes les séances.",
        "Six des vingt places restent vides.",
        "Plus des deux tiers des places sont pourvues.",
        "Deux aidants sur trois ne se reconnaissent pas dans ce mot.",
        "La mesure démarre plus de deux mois après la décision.",
        "Le dossier est remis deux semaines avant l’audience.",
    ],
)
def test_a_figure_may_be_computed_from_those_of_the_passage(sentence: str) -> None:
    assert Reason.NUMBER not in reasons(sentence, [COUNTED])


@pytest.mark.parametrize(
    "sentence",
    [
        "Sur 45 enfants inscrits, 33 ont suivi toutes les séances.",
        "Plus de la moitié des aidants se reconnaît dans ce mot.",
        "Quinze des vingt places sont pourvues.",
        "Le dossier est remis trois semaines avant l’audience.",
    ],
)
def test_a_figure_that_follows_from_no_other_is_doubted(sentence: str) -> None:
    assert Reason.NUMBER in reasons(sentence, [COUNTED])
