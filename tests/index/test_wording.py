from index.wording import Wording

TEXT = "Le HCTS, réuni\nle  3 mars, a rendu l’avis. Le HCTS a rendu l'avis, encore."


def test_a_phrase_is_found_whatever_its_layout() -> None:
    wording = Wording(TEXT)
    assert wording.find("hcts réuni le 3 mars") == TEXT.index("HCTS")
    assert wording.find("A RENDU L’AVIS") == TEXT.index("a rendu")
    assert wording.find("a rendu l'avis", TEXT.index("encore") - 30) == TEXT.rindex("a rendu")


def test_whole_words_only_and_nothing_from_nothing() -> None:
    wording = Wording(TEXT)
    assert not wording.holds("CTS réuni")
    assert not wording.holds("")
    assert not Wording("").holds("HCTS")
    assert wording.find("HCTS", len(TEXT)) is None
