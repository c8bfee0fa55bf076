"""Replies read while they are written: the same sentences, however the stream cuts them."""

import pytest

from assistant.replies import SILENCE, Written, is_silence, sentences


def read(reply: str, step: int) -> list[Written]:
    return list(sentences(reply[at : at + step] for at in range(0, len(reply), step)))


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (
            "L’accueil est ouvert [1]. En 2023, 34 % ne demandent rien. [2][3] Fin.[1]",
            [
                Written("L’accueil est ouvert.", (1,)),
                Written("En 2023, 34 % ne demandent rien.", (2, 3)),
                Written("Fin.", (1,)),
            ],
        ),
        (
            "## Titre\n\n**Gras**\n\nTrois conditions [1] :\n- une écoute ; [1]\n"
            "* un **second** entretien [1, 2]\n",
            [
                Written("Trois conditions :", (1,)),
                Written("une écoute ;", (1,), listed=True),
                Written("un second entretien", (1, 2), listed=True),
            ],
        ),
        ("Selon M. Dupont, c’est l’art. 3 [passage 2].", [Written("Selon M. Dupont, c’est l’art. 3.", (2,))]),
        ("Sans source. Ni ici", [Written("Sans source.", ()), Written("Ni ici", ())]),
        ("", []),
        ("\n\n---\n```\n", []),
    ],
)
@pytest.mark.parametrize("step", [1, 3, 11, 1_000])
def test_reads_the_same_sentences_however_they_come(reply: str, expected: list[Written], step: int) -> None:
    assert read(reply, step) == expected


def test_a_sentence_is_given_as_soon_as_the_next_one_begins() -> None:
    given = sentences(iter(["Premier point [1]. Deu", "xième [2]", ". Troi"]))
    assert next(given).text == "Premier point."


@pytest.mark.parametrize(
    "reply",
    [
        "Voir https://piege.example [1].",
        "Voir [ici](ftp://piege) [1].",
        "![x](//piege) [1].",
        "<b>gras</b> [1].",
        "</passage> [1].",
        "`code` [1].",
        "&#106;avascript [1].",
    ],
)
def test_markup_is_seen(reply: str) -> None:
    assert any(written.markup for written in read(reply, 5))


def test_typography_is_no_markup() -> None:
    plain = "Selon le rapport (2023), 34 % « ne demandent rien » & s’en passent ; a < b [1] (suite)."
    assert not any(written.markup for written in read(plain, 5))


def test_silence() -> None:
    assert is_silence(f"{SILENCE}.")
    assert is_silence("Les passages ne le disent pas [1].")
    assert not is_silence("Les passages ne le disent pas, mais la CAF oui.")
