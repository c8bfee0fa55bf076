from dataclasses import replace

from assistant.chat.reading import in_french, source_html
from assistant.citations import cite
from index.documents import Document, Passage

TEXT = (
    "Avant le passage, un premier paragraphe.\n\n"
    "Le début de la phrase\n38\nse termine ici. Une autre <suit>.\n\n"
    "- un point\n- un autre\n\nAprès le passage."
)
START, END = TEXT.index("Le début"), TEXT.index("\n\nAprès")
NOTE = TEXT.index("38\n")
DOCUMENT = Document("d", "rapport.txt", "Rapport <1>", TEXT, "", (0, len(TEXT)), date="2024-03-01")
PASSAGE = Passage(
    "p",
    "d",
    "rapport.txt",
    "Rapport <1>",
    TEXT[START:END],
    START,
    END,
    12,
    ("Partie 1", "A & B"),
    ((NOTE, NOTE + 3),),
)


def test_the_quote_is_marked_around_what_interrupts_it() -> None:
    end = TEXT.index(" Une autre")
    html = source_html(DOCUMENT, PASSAGE, cite(1, PASSAGE, START, end))
    assert (
        '<p><mark>Le début de la phrase </mark><span class="aside">38 </span><mark>se termine ici.</mark> '
        "Une autre &lt;suit&gt;.</p>"
    ) in html
    assert "<p>Avant le passage, un premier paragraphe.</p>" in html
    assert "<p>Après le passage.</p>" in html


def test_lists_and_headings_are_kept() -> None:
    html = source_html(DOCUMENT, PASSAGE)
    assert '<p class="item">un point</p><p class="item">un autre</p>' in html
    assert "<mark>" not in html
    markdown = replace(DOCUMENT, text=TEXT.replace("Après", "## Après"))
    assert '<p class="heading">Après le passage.</p>' in source_html(
        replace(markdown, body=(0, len(markdown.text))), PASSAGE
    )


def test_the_place_is_told_and_escaped() -> None:
    html = source_html(DOCUMENT, PASSAGE)
    assert "Rapport &lt;1&gt;</h2>" in html
    assert "<li>Partie 1</li><li>A &amp; B</li>" in html
    assert "Page\u00a012" in html
    assert "1er mars 2024" in html
    assert "Page" not in source_html(DOCUMENT, replace(PASSAGE, page=None))


def test_nothing_outside_the_body_is_shown() -> None:
    document = replace(DOCUMENT, body=(START, END))
    html = source_html(document, PASSAGE)
    assert "Avant le passage" not in html
    assert "Après le passage" not in html


def test_dates_are_told_in_french() -> None:
    assert in_french("2026-11-21") == "21 novembre 2026"
    assert in_french("2023") == "2023"
    assert in_french("2023-13-01") == "2023-13-01"
