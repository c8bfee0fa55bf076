import re
from html import unescape

import pytest

from assistant.chat.reading import page_html, parsed_place, parsed_spans, read_address
from assistant.chat.sheets import sheet_at, sheets_of
from index.documents import Document, PageStart
from index.library import Library

SENTENCE = "En 2024, le camion a reçu 412 personnes, dont la moitié ne venait jamais au bureau."


def _fiche(library: Library) -> Document:
    document = library.document("permanences-mobiles")
    assert document is not None
    return document


def _span(document: Document, words: str) -> tuple[int, int]:
    start = document.text.index(words)
    return start, start + len(words)


def test_the_quote_is_marked_in_its_page_with_what_stands_around(chat_library: Library) -> None:
    fiche = _fiche(chat_library)
    html = page_html(chat_library, fiche, [_span(fiche, SENTENCE)])
    assert f"<mark>{SENTENCE}</mark>" in html
    assert "Une permanence mobile est un accueil" in html
    assert "loin des guichets" in html
    assert '<h3 class="heading">Les résultats</h3>' in html
    assert "où trouver du monde" not in html  # the questions of the field are no text of the source


def test_the_place_of_the_quote_is_told(chat_library: Library) -> None:
    fiche = _fiche(chat_library)
    html = page_html(chat_library, fiche, [_span(fiche, SENTENCE)])
    assert "<dt>Section</dt><dd>Les résultats</dd>" in html
    assert "mise à jour le 1er mars 2026" in html
    assert "Rapport sur les permanences, Comité de Rivefleurie, 2024, p.\u00a012" in html


def test_markup_of_a_document_is_text(chat_library: Library) -> None:
    document = chat_library.document("rapport-logiciels")
    assert document is not None
    html = page_html(chat_library, document)
    assert "&lt;script&gt;document.title" in html
    assert "![compteur](http://evil.example/p.png?q=1)" in html
    assert "<script" not in html
    assert "<img" not in html


def test_a_document_is_read_page_by_page() -> None:
    text = "Première page, une phrase.\n\n" + "Deuxième page, une autre phrase.\n\n" + "Troisième page."
    starts = [0, text.index("Deuxième"), text.index("Troisième")]
    pages = tuple(PageStart(offset, rank + 1, rank + 9) for rank, offset in enumerate(starts))
    document = Document("d", "d.txt", "Titre", text, "", (0, len(text)), pages=pages)
    sheets = sheets_of(document)
    assert [sheet.page for sheet in sheets] == [9, 10, 11]
    assert [text[sheet.start : sheet.end] for sheet in sheets] == [
        "Première page, une phrase.\n\n",
        "Deuxième page, une autre phrase.\n\n",
        "Troisième page.",
    ]
    assert sheet_at(sheets, text.index("autre")) == 1


def test_a_quote_over_two_pages_shows_both(chat_library: Library) -> None:
    text = "Une phrase qui commence ici\net qui finit sur la page d’après, plus loin."
    pages = (PageStart(0, 1, 4), PageStart(text.index("et qui"), 2, 5))
    document = Document("d", "d.txt", "Titre", text, "", (0, len(text)), pages=pages)
    html = page_html(chat_library, document, [(4, len(text) - 12)])
    assert "Pages\u00a04 et 5" in html
    assert html.count("<mark>") == 2


def test_a_long_document_without_pages_is_cut_into_sheets_that_lose_nothing() -> None:
    text = "\n\n".join(
        f"Le paragraphe {number} dit quelque chose d’utile à lire." * 6 for number in range(80)
    )
    document = Document("d", "d.txt", "Titre", text, "", (0, len(text)))
    sheets = sheets_of(document)
    assert len(sheets) > 3
    assert "".join(text[sheet.start : sheet.end] for sheet in sheets) == text
    assert max(sheet.end - sheet.start for sheet in sheets) < 6500


@pytest.mark.parametrize("text", ["", "12", "30-12", "a-b", "1-999999999999999", "-3-5"])
def test_spans_that_make_no_sense_are_left_out(text: str) -> None:
    assert parsed_spans(text) == []
    assert parsed_place(f"document:{text}") is None


def test_an_address_is_read_as_it_was_written() -> None:
    address = read_address("fiche été", [(3, 9), (12, 20)])
    assert address == "/read/fiche%20%C3%A9t%C3%A9?quotes=3-9,12-20"
    assert parsed_spans("3-9,12-20") == [(3, 9), (12, 20)]
    assert parsed_place("doc:3-9") == ("doc", (3, 9))


def test_the_reference_can_be_copied(chat_library: Library) -> None:
    html = unescape(page_html(chat_library, _fiche(chat_library)))
    copied = re.search(r'data-copy="([^"]+)"', html)
    assert copied is not None
    assert copied[1].startswith("Les permanences mobiles.")
