"""The library as HTML: its documents, the passages a search found, who says what on a theme."""

import re
from collections.abc import Callable, Sequence
from html import escape

from assistant.bibliography import in_french
from assistant.chat.answer_markup import source_address
from assistant.chat.reading import Span, read_address
from assistant.chat.sheets import sheets_of
from assistant.citations import described, one_line
from assistant.voices import Voice
from index.documents import Document, Passage, ScoredPassage
from index.french import analyse
from index.sentences import sentence_spans
from index.structure import clean


def documents_html(documents: Sequence[Document], *, removable: bool = False) -> str:
    """Return the list of documents by publisher: title, kind, voices, date, pages, how to read it."""
    publishers: dict[str, list[Document]] = {}
    for document in documents:
        name = "Fiches de Tisserand" if document.references else document.publisher or "Sans éditeur connu"
        publishers.setdefault(name, []).append(document)
    groups = "".join(
        f"<h3>{escape(name)} <span>({len(own)})</span></h3>"
        f"<ul>{''.join(_document_html(one, removable) for one in own)}</ul>"
        for name, own in sorted(publishers.items(), key=lambda pair: pair[0].casefold())
    )
    plural = "s" * (len(documents) > 1)
    return f'<p class="count">{len(documents)} document{plural}</p>{groups}'


def found_html(
    found: Sequence[ScoredPassage], query: str, beside: Callable[[Passage, Span], str] | None = None
) -> str:
    """Return the passages that a search found, each from its sentence that holds most of its words.

    ``beside`` adds HTML to a passage, given the offsets of that sentence in the document.
    """
    if not found:
        return "<p>Aucun passage trouvé. Essayez d’autres mots.</p>"
    terms = frozenset(analyse(query))
    items = "".join(f"<li>{_found_html(scored.passage, terms, beside)}</li>" for scored in found)
    plural = "s" * (len(found) > 1)
    return (
        f'<p class="count">{len(found)} passage{plural}, du plus proche au plus lointain</p><ol>{items}</ol>'
    )


def _found_html(
    passage: Passage, terms: frozenset[str], beside: Callable[[Passage, Span], str] | None
) -> str:
    blocks = passage.blocks or ((passage.start, passage.end),)
    sentences = [
        span
        for start, end in blocks
        for span in sentence_spans(passage.text, start - passage.start, end - passage.start)
    ]
    held = [len(terms & set(analyse(passage.text[slice(*span)]))) for span in sentences]
    start, end = sentences[held.index(max(held))] if sentences else (0, len(passage.text))
    words = one_line(clean(passage.text[start:end]))
    span = (passage.start + start, passage.start + end)
    address = read_address(passage.doc_id, [span])
    kind = f'<p class="kind">{escape(passage.kind)}</p>' if passage.kind else ""
    place = described(passage, passage.start + start)
    return (
        f'<p class="origin"><button type="button" data-read="{escape(address)}" aria-haspopup="dialog">'
        f"{escape(place)}</button></p><p>{_with_marks(words, terms)}</p>{kind}"
        f"{beside(passage, span) if beside else ''}"
    )


def _with_marks(text: str, terms: frozenset[str]) -> str:
    """Return a text as HTML, the words that were searched for marked."""
    return "".join(
        f"<mark>{escape(word)}</mark>" if terms & set(analyse(word)) else escape(word)
        for word in re.split(r"(\W+)", text)
    )


def voices_html(found: Sequence[Voice]) -> str:
    """Return a block for each organisation, with its sentences and where they stand."""
    if not found:
        return "<p>Aucune organisation ne parle de ce thème dans la bibliothèque. Essayez d’autres mots.</p>"
    columns = "".join(_voice_html(voice) for voice in found)
    plural = "s" * (len(found) > 1)
    return f'<p class="count">{len(found)} organisation{plural}</p><div class="voices">{columns}</div>'


def _voice_html(voice: Voice) -> str:
    markers = dict.fromkeys(citation.marker for citation in voice.citations)
    said = []
    for marker in markers:
        cited = [citation for citation in voice.citations if citation.marker == marker]
        place = cited[0].place
        where = [cited[0].passage.title, *place.section[-1:]]
        where += [f"p.\u00a0{place.page}"] if place.page is not None else []
        words = " ".join(citation.quote for citation in cited)
        said.append(
            f'<li><p class="statement">«\u00a0{escape(clean(words))}\u00a0»</p><p class="origin">'
            f'<button type="button" data-read="{escape(source_address(cited))}" aria-haspopup="dialog">'
            f"{escape(' · '.join(one_line(part) for part in dict.fromkeys(where)))}</button></p></li>"
        )
    return f'<section class="voice"><h3>{escape(voice.speaker)}</h3><ul>{"".join(said)}</ul></section>'


def _document_html(document: Document, removable: bool) -> str:
    pages = sheets_of(document)
    voices = {part.speaker for part in document.parts if part.speaker} or {document.speaker} - {""}
    about = [
        document.kind,
        in_french(document.date),
        f"{len(voices)} voix" if len(voices) > 1 else "",
        f"{len(pages)} page{'s' * (len(pages) > 1)}" if any(one.page for one in pages) else "",
        f"{document.unread_pages} pages sans texte lisible" if document.unread_pages else "",
    ]
    address = escape(read_address(document.doc_id, sheet=1))
    remove = (
        f'<button type="button" class="remove" data-remove="{escape(document.doc_id)}" hidden>Retirer'
        f'<span class="unseen"> {escape(document.title)}</span></button>'
    )
    return (
        f'<li><button type="button" data-read="{address}" aria-haspopup="dialog">'
        f"{escape(one_line(document.title))}</button>"
        f"<span>{escape(' · '.join(part for part in about if part))}</span>{remove if removable else ''}</li>"
    )
