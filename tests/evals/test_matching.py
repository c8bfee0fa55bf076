import pytest

from evals.matching import bigrams, coverage, normalise, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’Aller‑Vers", "l'aller-vers"),
        ("«\u00a0ici\u00a0»", '" ici "'),
        ("**gras** • puce", "gras puce"),
        ("deux\n  lignes\t", "deux lignes"),
        ("ﬁche n°\u202f5", "fiche n° 5"),
        ("2019 – 2023", "2019 - 2023"),
    ],
)
def test_normalise_leaves_only_the_words(text: str, expected: str) -> None:
    assert normalise(text) == expected


def test_tokens_are_words_with_their_accents() -> None:
    assert tokens("L’évaluation : 40 %") == ["l", "évaluation", "40"]


def test_bigrams_are_pairs_of_following_words() -> None:
    assert bigrams("un deux trois") == {("un", "deux"), ("deux", "trois")}


def test_coverage_is_a_share_of_the_bigrams_of_the_quote() -> None:
    # "un deux", "deux trois", "trois quatre": the text holds the first two
    assert coverage("un deux trois quatre", "zéro un deux trois") == pytest.approx(2 / 3)


def test_coverage_of_a_single_word_is_nothing() -> None:
    assert coverage("mot", "mot") == 0.0
