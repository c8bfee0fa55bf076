from assistant.quotable import Quotable, quotable_sentences
from index.documents import Passage


def passage(*blocks: str, asides: tuple[tuple[int, int], ...] = ()) -> Passage:
    """A passage that begins at 100, each block a paragraph."""
    text = "\n\n".join(blocks)
    bounds, at = [], 100
    for block in blocks:
        bounds.append((at, at + len(block)))
        at += len(block) + 2
    return Passage("d:1", "d", "d.txt", "D", text, 100, 100 + len(text), asides=asides, blocks=tuple(bounds))


def texts(found: list[Quotable]) -> list[str]:
    return [one.text for one in found if one.whole]


def test_a_sentence_is_found_at_its_place_in_the_document() -> None:
    (one,) = quotable_sentences(passage("Le bus social passe le lundi sur la place."))
    assert (one.start, one.end, one.whole) == (100, 142, True)


def test_titles_questions_addresses_and_fragments_are_not_sentences() -> None:
    found = quotable_sentences(
        passage(
            "Le constat",
            "Comment faire mieux demain avec eux ?",
            "Voir https://exemple.fr pour en savoir plus.",
        )
    )
    assert texts(found) == []


def test_a_name_or_a_call_is_no_sentence() -> None:
    found = quotable_sentences(
        passage(
            "Mathieu Klein, président du Haut Conseil.",
            "Pour les équipes, rien ne change vraiment.",
            "De sens et de non-sens.",
            "La revalorisation seule ne suffit pas.",
            "Renforcer la présence des équipes.",
        )
    )
    assert texts(found) == [
        "Pour les équipes, rien ne change vraiment.",
        "La revalorisation seule ne suffit pas.",
        "Renforcer la présence des équipes.",
    ]


def test_a_question_that_an_assertion_opens_tells_something() -> None:
    said = "Plus de soixante personnes ont réfléchi ensemble à une question : comment coopérer ici ?"
    assert texts(quotable_sentences(passage(said))) == [said]


def test_a_note_call_after_the_full_stop_is_left_out() -> None:
    assert texts(quotable_sentences(passage("Les absences ont augmenté de 41 % depuis 2016.8"))) == [
        "Les absences ont augmenté de 41 % depuis 2016."
    ]


def test_the_number_of_a_note_is_no_part_of_its_first_sentence() -> None:
    assert texts(quotable_sentences(passage("59 La commission identifie trois registres."))) == [
        "La commission identifie trois registres."
    ]


def test_a_sentence_that_a_page_cuts_in_two_blocks_is_one() -> None:
    found = quotable_sentences(
        passage("La déontologie est un ensemble de règles dont se dote une", "profession.")
    )
    assert texts(found) == ["La déontologie est un ensemble de règles dont se dote une profession."]


def test_a_list_is_kept_with_what_introduces_it() -> None:
    found = quotable_sentences(
        passage(
            "Les professionnelles y proposent :",
            "- une écoute ;",
            "- une orientation.",
            "Le bus repart à midi.",
        )
    )
    assert [(one.text, one.listed, one.leads) for one in found] == [
        ("Les professionnelles y proposent :", 0, True),
        ("une écoute ;", 0, False),
        ("une orientation.", 0, False),
        ("Le bus repart à midi.", -1, False),
    ]


def test_paragraphs_that_begin_alike_are_a_list() -> None:
    found = quotable_sentences(
        passage(
            "Former les équipes à l’écoute des résidents",
            "Créer un espace de parole pour les familles",
            "Développer les stages dans les petites structures",
        )
    )
    assert {one.listed for one in found} == {0}


def test_a_very_long_sentence_is_the_list_it_holds() -> None:
    items = [
        f"de l’accueil et de l’écoute des personnes du quartier numéro {n} de la ville" for n in range(6)
    ]
    found = quotable_sentences(passage("Sont souhaités, les acteurs : " + " ; ".join(items) + "."))
    assert len({one.listed for one in found}) == 1
    assert [one.text.rstrip(" ;.") for one in found][1:] == items[1:]


def test_what_stands_aside_is_no_part_of_a_sentence() -> None:
    text = "Le bus passe le lundi 12 sur la place du marché."
    at = 100 + text.index("12")
    found = quotable_sentences(passage(text, asides=((at, at + 2),)))
    assert texts(found) == ["Le bus passe le lundi sur la place du marché."]
