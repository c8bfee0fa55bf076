"""The review of opinions as HTML: the list of them, one of them with the case it becomes, advice on it."""

from collections.abc import Mapping, Sequence
from html import escape

from assistant.bibliography import in_french
from assistant.chat.library_markup import found_html
from assistant.chat.markup import markdown_html
from assistant.chat.reading import Span, read_address
from assistant.chat.review import Advice, CaseDraft, Proof, ReviewRoom
from assistant.citations import one_line, stands_in
from assistant.feedback import REASONS, Feedback
from assistant.runs import CitationRecord
from index.documents import Passage, ScoredPassage
from index.library import Library
from index.prompting import wording

_STATUS = {"answered": "réponse trouvée", "related": "passages proches", "none": "rien trouvé"}


def list_html(room: ReviewRoom, told: str = "", undo: str = "") -> str:
    """Return the opinions that wait and those dropped; ``undo`` is the id of one dropped just now."""
    waiting, dropped = room.waiting(), room.dropped()
    count = (
        f"{len(waiting)} retour{'s' * (len(waiting) > 1)} à relire" if waiting else "Aucun retour à relire"
    )
    back = f' <button type="button" data-restore="{escape(undo)}">Annuler</button>' if undo else ""
    praise = [one for one in waiting if _is_praise(one)]
    faults = [one for one in waiting if not _is_praise(one)]
    name, cases = room.cases()
    return (
        (f'<p class="told">{escape(told)}{back}</p>' if told else "")
        + f'<p class="count" tabindex="-1">{count}</p>'
        + ("" if waiting else markdown_html(wording("retours-vide").substitute()))
        + _opinions_html("Réponses à revoir", faults)
        + _opinions_html("Réponses jugées bonnes", praise)
        + _dropped_html(dropped)
        + (
            f'<p class="cases"><button type="button" data-cases="{escape(name)}">Télécharger les cas '
            f"({escape(name)})</button></p>"
            if cases
            else ""
        )
    )


def case_html(room: ReviewRoom, library: Library, feedback: Feedback, draft: CaseDraft) -> str:
    """Return an opinion, the search for what answers it, and the case it becomes."""
    waiting = [one.id for one in sorted(room.waiting(), key=_is_praise)]
    rank = f"Retour {waiting.index(feedback.id) + 1} sur {len(waiting)}"
    return (
        f'<article class="case" data-feedback="{escape(feedback.id)}" aria-labelledby="case-title">'
        '<p class="marks"><button type="button" data-review-back><span aria-hidden="true">‹</span> Tous les '
        'retours</button><button type="button" data-drop>Écarter ce retour</button></p>'
        f'<h3 id="case-title" tabindex="-1">{rank}</h3>'
        f'<div class="case-sides"><div>{_said_html(library, feedback)}{_search_html(draft)}</div>'
        f"{_form_html(draft, room.kinds)}</div></article>"
    )


def passages_html(found: Sequence[ScoredPassage], words: str) -> str:
    """Return passages found, each with what marks its sentence or the whole of it."""

    def beside(passage: Passage, span: Span) -> str:
        whole = (passage.start, passage.end)
        return (
            f'<p class="marks">{_mark_button(passage.doc_id, span, "Marquer cette phrase")}'
            f"{_mark_button(passage.doc_id, whole, 'Marquer tout le passage')}</p>"
        )

    return found_html(found, words, beside)


def proof_html(proof: Proof) -> str:
    """Return a place marked, with what takes it away."""
    fields = {"source": proof.source, "quote": proof.quote, "begin": proof.begin, "end": proof.end}
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in fields.items())
    if proof.quote:
        words = f"«\u00a0{escape(proof.quote)}\u00a0»"
    else:
        words = f"de «\u00a0{escape(proof.begin)}\u00a0» à «\u00a0{escape(proof.end)}\u00a0»"
    return (
        f"<li{data}><p>{words}</p><p><small>{escape(proof.source)}</small> "
        f'<button type="button" data-unmark aria-label="Retirer cette preuve\u00a0: {escape(proof.source)}">'
        "Retirer</button></p></li>"
    )


def advice_html(advice: Advice) -> str:
    """Return what is to be said of a draft, each point with what can be done."""
    lines = [f"<li>Avant d’enregistrer\u00a0: {escape(lack)}</li>" for lack in advice.lacks]
    if advice.details:
        told = dict.fromkeys(f"«\u00a0{one.text}\u00a0» ({one.kind.label})" for one in advice.details)
        lines.append(
            f"<li>Détails personnels\u00a0: {escape(', '.join(told))} "
            '<button type="button" data-neutral>Les remplacer par des mots neutres</button></li>'
        )
    lines += [
        f"<li>Déjà demandé\u00a0: {escape(twin.case_id)}, «\u00a0{escape(one_line(twin.question))}\u00a0» "
        f"(ressemblance\u00a0: {round(100 * twin.share)}\u00a0%)</li>"
        for twin in advice.twins
    ]
    ready = "" if advice.lacks else '<p class="ready">Le cas est prêt.</p>'
    return ready + (f"<ul>{''.join(lines)}</ul>" if lines else "")


def _is_praise(feedback: Feedback) -> bool:
    return feedback.reason == "bien"


def _opinions_html(title: str, opinions: Sequence[Feedback]) -> str:
    if not opinions:
        return ""
    items = "".join(
        f'<li><button type="button" data-review="{escape(one.id)}">{escape(one_line(one.question))}</button>'
        f'<p class="about">{escape(_about(one))}</p>{_word_html(one)}</li>'
        for one in opinions
    )
    return f'<h3>{title} <span>({len(opinions)})</span></h3><ul class="opinions">{items}</ul>'


def _dropped_html(dropped: Sequence[Feedback]) -> str:
    if not dropped:
        return ""
    items = "".join(
        f'<li><p>{escape(one_line(one.question))}</p><button type="button" data-restore="{escape(one.id)}">'
        f'Remettre à relire<span class="unseen">\u00a0: {escape(one_line(one.question))}</span></button></li>'
        for one in dropped
    )
    return (
        f'<details class="dropped"><summary>Retours écartés ({len(dropped)})</summary>'
        f'<ul class="opinions">{items}</ul></details>'
    )


def _about(feedback: Feedback) -> str:
    parts = (REASONS.get(feedback.reason, feedback.reason), in_french(feedback.date))
    return " · ".join(part for part in parts if part)


def _word_html(feedback: Feedback) -> str:
    return f"<p>«\u00a0{escape(one_line(feedback.word))}\u00a0»</p>" if feedback.word.strip() else ""


def _said_html(library: Library, feedback: Feedback) -> str:
    earlier = "".join(f"<li>{escape(one_line(turn))}</li>" for turn in feedback.history)
    status = _STATUS.get(feedback.status, feedback.status)
    answer = "".join(f"<p>{escape(line)}</p>" for line in feedback.answer.splitlines() if line.strip())
    cited = "".join(_cited_html(library, one) for one in feedback.citations)
    return (
        '<section class="opinion"><h4>Ce qui a été dit</h4>'
        + (f'<p class="label">Questions d’avant</p><ul>{earlier}</ul>' if earlier else "")
        + f'<p class="label">Question</p><p>{escape(feedback.question)}</p>'
        f'<p class="label">Avis</p><p>Réponse {escape(_about(feedback))}</p>{_word_html(feedback)}'
        + f'<details><summary>Réponse donnée ({escape(status)})</summary><div class="given">{answer}</div>'
        + (f'<p class="label">Passages cités</p><ul class="cited">{cited}</ul>' if cited else "")
        + "</details></section>"
    )


def _cited_html(library: Library, record: CitationRecord) -> str:
    """Return a passage that the answer cited, to be read and marked where the library still holds it."""
    page = f", p.\u00a0{record['page']}" if record["page"] is not None else ""
    place = escape(record["source"] + page)
    span = (record["start"], record["end"])
    for head in library.heads():
        document = library.document(head.doc_id) if head.source == record["source"] else None
        if document is not None and stands_in(record["quote"], document.text[slice(*span)]):
            address = escape(read_address(head.doc_id, [span]))
            place = f'<button type="button" data-read="{address}" aria-haspopup="dialog">{place}</button>'
            place += f" {_mark_button(head.doc_id, span, 'Marquer comme preuve')}"
            break
    return f'<li><p>«\u00a0{escape(record["quote"])}\u00a0»</p><p class="marks">{place}</p></li>'


def _mark_button(doc_id: str, span: Span, words: str) -> str:
    return (
        f'<button type="button" data-mark="{escape(doc_id)}" data-span="{span[0]}-{span[1]}">{words}</button>'
    )


def _search_html(draft: CaseDraft) -> str:
    return (
        '<section class="finding"><h4>Chercher le passage qui répond</h4>'
        '<form id="review-search"><label for="review-query">Mots à chercher</label><div class="room-entry">'
        '<input id="review-query" name="words" type="search" required maxlength="300" autocomplete="off" '
        f'value="{escape(one_line(draft.question)[:300])}"><button type="submit">Chercher</button>'
        '</div></form><div id="review-found" class="found"></div></section>'
    )


def _form_html(draft: CaseDraft, kinds: Mapping[str, str]) -> str:
    proofs = "".join(map(proof_html, draft.proofs))
    types = "".join(
        f'<option value="{escape(kind)}"{" selected" if kind == draft.kind else ""}>{escape(name)}</option>'
        for kind, name in kinds.items()
    )
    unanswerable = "" if draft.answerable else " checked"
    return (
        '<form id="case-form"><h4>Le cas</h4>'
        + _area("case-question", "question", "Question", draft.question, 3)
        + '<p class="label" id="proofs-label">Preuves, une par information nécessaire</p>'
        f'<ul id="proofs" class="proofs" aria-labelledby="proofs-label">{proofs}</ul>'
        '<p class="no-proof">Aucune pour l’instant.</p>'
        f'<label class="switch"><input type="checkbox" name="unanswerable"{unanswerable}>'
        "<span>La bibliothèque ne répond pas à cette question</span></label>"
        f'<label for="case-kind">Type</label><select id="case-kind" name="kind">{types}</select>'
        + _area("case-answer", "answer", "Réponse attendue (facultatif)", draft.answer, 2)
        + _area(
            "case-facts",
            "facts",
            "Faits qu’elle doit dire, un par ligne («\u00a07|sept\u00a0»\u00a0: l’un ou l’autre)",
            "\n".join(draft.facts),
            2,
        )
        + _area(
            "case-history",
            "history",
            "Questions d’avant, une par ligne",
            "\n".join(map(one_line, draft.history)),
            2,
        )
        + _area("case-notes", "notes", "Notes", draft.notes, 2)
        + '<div id="review-advice" role="status"></div><p id="case-problem" role="alert"></p>'
        '<p class="case-acts"><button type="submit">Enregistrer le cas</button>'
        '<button type="button" data-drop>Écarter ce retour</button></p></form>'
    )


def _area(element: str, name: str, label: str, text: str, rows: int) -> str:
    return (
        f'<label for="{element}">{label}</label>'
        f'<textarea id="{element}" name="{name}" rows="{rows}">\n{escape(text)}</textarea>'
    )
