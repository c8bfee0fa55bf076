import re
from html import unescape

from assistant.answering import answer
from assistant.answers import Answer, Block, Statement, Status, Support
from assistant.chat.answer_markup import answer_html
from assistant.citations import Citation
from index.documents import Passage
from index.library import Library

PASSAGE = Passage("p", "rapport", "rapport.txt", "Rapport <1>", "Le camion roule.", 100, 116, 12)
TWIN = Passage("q", "avis", "avis.txt", "Avis", "Le camion roule.", 7, 23)
CITED = Citation(1, PASSAGE, "Le camion roule.", 100, 116, (TWIN,))


def _shown(*statements: Statement, **block: object) -> str:
    return answer_html(Answer("q", Status.ANSWERED, blocks=(Block(statements, **block),)))  # type: ignore[arg-type]


def test_a_quote_is_shown_with_the_button_that_opens_its_page() -> None:
    html = _shown(Statement("Le camion roule.", (CITED,)))
    assert "«\u00a0Le camion roule.\u00a0»" in html
    address = unescape(re.search(r'class="marker" data-read="([^"]+)"', html)[1])  # type: ignore[index]
    assert address == "/read/rapport?quotes=100-116&also=avis:7-23"
    assert 'aria-label="Source 1\u00a0: Rapport &lt;1&gt; · p.\u00a012"' in html


def test_the_other_places_that_say_the_same_can_be_opened() -> None:
    html = _shown(Statement("Le camion roule.", (CITED,)))
    assert re.search(r'Dit aussi\u00a0: <button type="button" data-read="/read/avis\?quotes=7-23"', html)


def test_a_list_keeps_its_heading_its_lead_and_its_items() -> None:
    lead = Statement("Le camion sert à\u00a0:", (CITED,), Support.CONFIRMED)
    html = _shown(
        Statement("rouler", (CITED,)), Statement("recevoir", (CITED,)), heading="HCTS", listed=True, lead=lead
    )
    assert html.index("<h3>HCTS</h3>") < html.index("Le camion sert à") < html.index("<ul>")
    assert html.count("<li") == 2
    assert html.count('class="origin"') == 1  # one place, told once


def test_an_unconfirmed_statement_is_struck_and_says_why() -> None:
    html = _shown(Statement("Le camion vole.", (CITED,), Support.UNCONFIRMED, "« vole » n’y est pas"))
    assert "<s>Le camion vole.</s>" in html
    assert "Non confirmé par la source\u00a0: « vole » n’y est pas" in html
    assert "«\u00a0Le camion vole." not in html


def test_a_marker_or_markup_inside_a_quote_is_text() -> None:
    html = _shown(Statement("le dossier [1] est **clos** <b>", (CITED,)))
    assert "le dossier [1] est **clos** &lt;b&gt;" in html
    assert html.count('class="marker"') == 1


def test_sigles_are_explained_once() -> None:
    one = Statement("Le CCAS et le CCAS.", (CITED,))
    sigles = (("CCAS", "centre communal d’action sociale"),)
    html = answer_html(Answer("q", Status.ANSWERED, blocks=(Block((one,)),), sigles=sigles))
    assert html.count('class="sigle"') == 1
    assert 'data-meaning="centre communal d’action sociale"' in html


def test_every_citation_of_a_real_answer_has_its_button(chat_library: Library) -> None:
    result = answer(chat_library, "Qu’est-ce qu’une permanence mobile ?")
    html = unescape(answer_html(result))
    assert result.citations
    for citation in result.citations:
        assert f"/read/{citation.passage.doc_id}?quotes=" in html
        assert f"{citation.start}-{citation.end}" in html


def test_note_calls_are_left_out_where_a_reader_is_shown_a_quote() -> None:
    assert "«\u00a0les résultats,\u00a0»" in _shown(Statement("les résultats12,", (CITED,))).replace(
        '<span class="together">', ""
    )
