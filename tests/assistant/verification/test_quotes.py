from assistant.verification import quoted_in
from assistant.verification.quotes import quotes_of

TEXT = "L’usager est un sujet de droit. "
TEXT += "Les profes-\nsionnels l’ont « oﬀiciellement » dit à la vice-\nprésidente."


def test_layout_is_no_difference() -> None:
    assert quoted_in("l'usager est\nun sujet", TEXT)
    assert quoted_in("Les professionnels l’ont", TEXT)
    assert quoted_in('"officiellement" dit', TEXT)
    assert quoted_in("la vice-présidente", TEXT)


def test_pieces_are_found_in_order() -> None:
    assert quoted_in("L’usager […] de droit", TEXT)
    assert not quoted_in("de droit […] L’usager", TEXT)


def test_words_are_whole_and_exact() -> None:
    assert not quoted_in("sujet de droits", TEXT)
    assert not quoted_in("usager est un suje", TEXT)
    assert not quoted_in("un Sujet De droit", TEXT)
    assert not quoted_in("", TEXT)
    assert not quoted_in("« […] »", TEXT)


def test_quotes_of_a_sentence() -> None:
    assert quotes_of("Il dit « un sujet de droit » et “sans fin”, « … ».") == [
        "un sujet de droit",
        "sans fin",
    ]
