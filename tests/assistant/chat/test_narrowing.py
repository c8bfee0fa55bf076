from assistant.chat.narrowing import chosen, facets, facets_html, narrowed_to
from index.documents import Document, Part
from index.filters import Filters

PARTS = (Part(0, 5, "a", "HCTS", date="2023"), Part(5, 9, "b", "<ANAS>", date="2021-05"))
REPORT = Document(
    "d", "d.txt", "Un titre long", "", "", (0, 9), kind="rapport", short_title="Titre", parts=PARTS
)


def test_what_can_be_chosen_is_what_the_library_holds() -> None:
    found = facets([REPORT])
    assert found["documents"] == {"d": "Titre"}
    assert list(found["speakers"]) == ["<ANAS>", "HCTS"]
    assert list(found["years"]) == ["2023", "2021"]
    assert {"rapport", "recommandation"} <= set(found["kinds"])


def test_names_are_escaped_and_empty_groups_left_out() -> None:
    html = facets_html([REPORT])
    assert 'value="&lt;ANAS&gt;"' in html
    assert "<legend>Voix</legend>" in html
    assert "<legend>Voix</legend>" not in facets_html([Document("d", "d", "t", "", "", (0, 0))])


def test_what_the_browser_sends_becomes_filters_and_nonsense_nothing() -> None:
    assert chosen({"speakers": ["HCTS"], "years": "2023", "kinds": [3]}) == Filters(
        kinds=frozenset({"3"}), speakers=frozenset({"HCTS"})
    )
    assert not chosen({})


def test_what_was_chosen_is_told_in_words() -> None:
    filters = Filters(frozenset({"d"}), speakers=frozenset({"HCTS"}), years=frozenset({"2023"}))
    assert narrowed_to(filters, [REPORT]) == "HCTS, 2023, Titre"
