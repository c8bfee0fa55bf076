from index.french import analyse
from index.lexicon import PHRASE_WEIGHT, shipped_lexicon


def test_everyday_words_bring_the_institutional_ones() -> None:
    added = shipped_lexicon().expand(analyse("ici personne ne postule"))
    assert added[analyse("pénurie")[0]] == PHRASE_WEIGHT


def test_words_already_asked_are_not_added() -> None:
    asked = analyse("la paie et le salaire")
    assert not set(asked) & set(shipped_lexicon().expand(asked))


def test_words_of_no_concept_add_nothing() -> None:
    assert shipped_lexicon().expand(["brontosaur"]) == {}
