"""What the conversation shows, as HTML: the first screen, the questions, the work, the answers."""

from html import escape
from uuid import uuid4

from assistant.answers import Answer, Status, Step, Support
from assistant.chat.answer_markup import answer_html
from assistant.chat.conversation import Conversation, Stage, Turn
from assistant.chat.markup import blocks_of, markdown_html
from assistant.chat.saying import say_html
from assistant.citations import described
from index.prompting import wording
from index.terminal import typeset

_SIGNS = {
    "answered": ("Réponse trouvée", "M4 10.5l4 4 8-9"),
    "related": ("Passages proches", "M3 8c3-4 6 3 9 0 2-2 3-2 5-1M3 14c3-4 6 3 9 0 2-2 3-2 5-1"),
    "none": ("Rien trouvé", "M5 5l10 10M15 5L5 15"),
    "pending": ("Recherche en cours…", "M10 4v6l4 3"),
    "stopped": ("Recherche arrêtée", "M6 6h8v8H6z"),
    "failed": ("Recherche interrompue", "M10 4v8M10 15.5v.5"),
    "busy": ("Service très demandé", "M10 4v8M10 15.5v.5"),
    "refused": ("Question à revoir", "M10 4v8M10 15.5v.5"),
}
_CLOSING = {Stage.STOPPED: "arret", Stage.FAILED: "panne", Stage.BUSY: "file-pleine"}
_STEPS = (Step.SEARCHING, Step.READING, Step.WRITING, Step.CHECKING)
_EXPORTS = (("docx", "Word (DOCX)"), ("odt", "LibreOffice (ODT)"), ("pdf", "PDF"), ("md", "Texte (Markdown)"))
_ARROW = '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M4 10h11M11 5.5l4.5 4.5-4.5 4.5"/></svg>'


def welcome_html() -> str:
    """Return the first screen: what the tool is and is not, and questions to try, by theme."""
    title, *rest = blocks_of(wording("accueil").substitute())
    presentation = markdown_html("\n\n".join(rest))
    themes = "".join(_theme_html(theme, questions) for theme, questions in examples().items())
    return (
        '<section class="welcome" aria-labelledby="welcome-title">'
        f'<h2 id="welcome-title">{escape(title.lstrip("# "))}</h2>{presentation}'
        f'<h3>Pour essayer</h3><div class="examples">{themes}</div>'
        "</section>"
    )


def examples() -> dict[str, list[str]]:
    """Return the questions of the first screen under their themes."""
    themes: dict[str, list[str]] = {}
    for line in wording("exemples").template.splitlines():
        if line.startswith("## "):
            themes[line[3:].strip()] = []
        elif line.startswith("- "):
            themes[next(reversed(themes))].append(line[2:].strip())
    return themes


def _theme_html(theme: str, questions: list[str]) -> str:
    buttons = "".join(
        f'<li><button type="button" class="example" data-ask="{escape(question)}">'
        f"<span>{escape(question)}</span>{_ARROW}</button></li>"
        for question in questions
    )
    return f'<div class="theme"><h4>{escape(theme)}</h4><ul>{buttons}</ul></div>'


def fresh_html(conversation: Conversation, *, whole: bool = False) -> str:
    """Return what the page must show anew: the last turn, or the whole conversation."""
    turns = conversation if whole else conversation[-1:]
    how = "whole" if whole or not conversation else "last"
    return handed("".join(turn_html(turn) for turn in turns), how)


def handed(content: str, how: str, **values: str) -> str:
    """Return what the page's script takes and acts on; no two are the same, so that each is seen.

    The content is an attribute: nothing of it is in the page before the script puts it there.
    """
    told = {"fresh": how, "serial": uuid4().hex, "content": content, **values}
    attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in told.items())
    return f"<i hidden{attributes}></i>"


def turn_html(turn: Turn) -> str:
    """Return one question with its status and as much of its answer as there is."""
    status = _status_of(turn)
    words, sign = _SIGNS[status]
    answer = answer_html(turn.answer) if turn.answer is not None else ""
    if turn.stage in _CLOSING:
        answer += markdown_html(wording(_CLOSING[turn.stage]).substitute())
    if turn.told:
        answer += f"<p>{escape(sentence(turn.told))}</p>"
    return (
        f'<article class="turn" data-turn="{turn.number}" data-status="{status}" data-stage="{turn.stage}" '
        f'data-announce="{escape(_announcement(turn, words))}" aria-labelledby="question-{turn.number}">'
        f'<h2 class="question" id="question-{turn.number}">'
        '<span class="unseen">Votre question\u00a0: </span>'
        f'<span class="asked">{escape(turn.question)}</span></h2>'
        f"{_understood_html(turn)}"
        f'<p class="status"><svg viewBox="0 0 20 20" aria-hidden="true"><path d="{sign}"/></svg>{words}</p>'
        f"{_work_html(turn)}"
        f'<div class="answer">{answer}</div>{_actions_html(turn)}</article>'
    )


def copied_text(answer: Answer) -> str:
    """Return the answer as plain text with its sources, for the clipboard."""
    sources = {citation.marker: described(citation.passage, citation.start) for citation in answer.citations}
    lines = [answer.text, "", *(f"[{marker}] {source}" for marker, source in sources.items())]
    return "\n".join(lines).strip()


def _understood_html(turn: Turn) -> str:
    """Return how the question was completed and what it was narrowed to, when it was."""
    lines = []
    if turn.answer is not None and turn.answer.understood:
        lines.append(f"Question comprise\u00a0: {turn.answer.understood}")
    if turn.narrowed:
        lines.append(f"Recherche limitée à\u00a0: {turn.narrowed}")
    return "".join(f'<p class="understood">{escape(line)}</p>' for line in lines)


def _work_html(turn: Turn) -> str:
    """Return what was done for the question, step by step, then in one line."""
    if turn.stage not in (Stage.PENDING, Stage.DONE):
        return ""
    if turn.stage is Stage.DONE and turn.answer is not None:
        return f'<p class="work">{_work_done(turn, turn.answer)}</p>'
    reached = _STEPS.index(turn.step)
    named = {
        Step.SEARCHING: "Recherche dans la bibliothèque",
        Step.READING: f"Lecture de {_count(turn.passages, 'passage')}",
        Step.WRITING: "Rédaction",
        Step.CHECKING: "Vérification des citations",
    }
    items = "".join(
        f'<li class="{"done" if rank < reached else "now"}">{named[step]}{"" if rank < reached else "…"}</li>'
        for rank, step in enumerate(_STEPS)
        if rank <= reached and (step is not Step.WRITING or turn.step is Step.WRITING)
    )
    return f'<ol class="steps">{items}</ol>'


def _work_done(turn: Turn, answer: Answer) -> str:
    sure = [one for one in answer.statements if one.support is not Support.UNCONFIRMED]
    cited = len({marker for one in sure for marker in one.markers})
    done = [f"{_count(turn.passages, 'passage')} lu{'s' * (turn.passages > 1)}"] if turn.passages else []
    done += [f"{_count(cited, 'citation')} vérifiée{'s' * (cited > 1)}"] if cited else []
    seconds = f"{turn.seconds:.1f}".replace(".", ",")
    return ", ".join([*done, f"{seconds}\u00a0s"])


def _status_of(turn: Turn) -> str:
    if turn.answer is None or turn.stage is not Stage.DONE:
        return str(turn.stage)
    return str(turn.answer.status)


def _announcement(turn: Turn, words: str) -> str:
    """Return what a screen reader says when the turn reaches its status."""
    if turn.answer is None or turn.stage is not Stage.DONE:
        return words
    extracts = len({citation.marker for citation in turn.answer.citations})
    near = len(turn.answer.nearest) if turn.answer.status is Status.RELATED else 0
    count = extracts or near
    details = f"\u00a0: {_count(count, 'extrait')}" if count else ""
    return f"{words}{details}."


def _actions_html(turn: Turn) -> str:
    if turn.stage is Stage.PENDING:
        return ""
    again = "Reposer" if turn.answer is not None else "Réessayer"
    actions = f'<button type="button" data-ask="{escape(turn.question)}">{again}</button>'
    actions += '<button type="button" data-edit>Modifier la question</button>'
    if turn.answer is None or turn.stage is not Stage.DONE:
        return f'<div class="actions">{actions}</div>'
    if turn.answer.citations:
        actions = (
            f'<button type="button" data-copy="{escape(copied_text(turn.answer))}">Copier</button>' + actions
        )
    exports = "".join(
        f'<li><button type="button" data-export="{name}">{label}</button></li>' for name, label in _EXPORTS
    )
    sheet = (
        '<details class="export"><summary>Fiche réponse</summary>'
        f'<ul>{exports}<li><button type="button" data-print>Imprimer</button></li></ul></details>'
    )
    return f'<div class="actions">{sheet}{actions}</div>{say_html(turn.number)}'


def sentence(message: str) -> str:
    """Return an error in one line as a sentence."""
    return typeset(f"{message[:1].upper()}{message[1:]}.")


def _count(number: int, noun: str) -> str:
    return f"{number}\u00a0{noun}{'s' * (number > 1)}"
