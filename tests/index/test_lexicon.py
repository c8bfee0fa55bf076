from index.french import analyse
from index.lexicon import SURE_WEIGHT, Lexicon, lexicon_file

LEXICON = Lexicon(lexicon_file(), {"BUS": ("bureau unique de secteur",)})


def test_everyday_words_bring_the_institutional_ones() -> None:
    added = LEXICON.expand(analyse("ici personne ne postule"))
    assert added[analyse("pénurie")[0]] == SURE_WEIGHT


def test_words_already_asked_are_not_added() -> None:
    asked = analyse("la paie et le salaire")
    assert not set(asked) & set(LEXICON.expand(asked))


def test_words_of_no_concept_add_nothing() -> None:
    assert LEXICON.expand(["brontosaur"]) == {}


def test_sigles_bring_what_they_stand_for_and_the_other_way_round() -> None:
    assert LEXICON.expand(["bus"])[analyse("secteur")[0]] == SURE_WEIGHT
    assert LEXICON.expand(analyse("le bureau unique de secteur"))["bus"] == SURE_WEIGHT
