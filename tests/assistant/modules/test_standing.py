import pytest

from assistant.modules.standing import fits_a_quiz, reads_alone

ALONE = (
    "Le HCTS recommande de former les professionnels au pouvoir d’agir",
    "En 2019, les arrêts ont coûté 3,5 millions de journées au médico-social",
    "L’ANAS veut limiter le lien de subordination aux seuls aspects organisationnels",
)
NOT_ALONE = (
    "Elles attendent du travail social qu’il passe du soin au lien",  # a pronoun for what stands before
    "Cette posture permet à la personne de devenir elle-même accompagnante",
    "Le service applique cette mesure dans tous les établissements du territoire",
    "Les acteurs du territoire et leurs partenaires, une force pour le secteur",  # no verb
    "II. DE L’IMPUISSANCE AU POUVOIR D’AGIR DES PROFESSIONNELS ET DES PERSONNES",
    "Le pouvoir d’agir, pour autant qu’il soit défini28, peut être une voie de dépassement",  # a note call
    "Comment le service peut-il répondre à la demande des personnes accompagnées ?",
)


@pytest.mark.parametrize("text", ALONE)
def test_a_whole_sentence_reads_alone(text: str) -> None:
    assert reads_alone(text)
    assert fits_a_quiz(text)


@pytest.mark.parametrize("text", NOT_ALONE)
def test_what_leans_on_another_sentence_does_not(text: str) -> None:
    assert not reads_alone(text)


def test_a_quiz_is_impersonal_and_short() -> None:
    assert not fits_a_quiz("Les équipes demandent que nous puissions agir sur le terrain avec elles")
    assert not fits_a_quiz("Le service demande " + "une chose et encore " * 12)
