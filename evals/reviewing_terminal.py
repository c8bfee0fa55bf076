"""The review of feedback on the terminal: one opinion at a time, one letter a step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from assistant.citations import described
from assistant.feedback import FEEDBACK_FILE, Feedback, feedback_files
from evals.feedback import facts_in, marked, unanswerable
from evals.questions import TYPE_NAMES, Question
from evals.reviewing import Review
from evals.typography import STATUS_NAMES, counted, percentage, type_name
from index.documents import ScoredPassage
from index.errors import UsageError
from index.library import Library
from index.terminal import typeset

SHOWN_PASSAGES = 8
_PASSAGE_CHARACTERS = 280
_MENU = (
    "[p] marquer un passage  [c] chercher d’autres passages  [s] sans réponse  [q] corriger la question  "
    "[r] réponse et faits attendus  [t] type  [a] anonymiser  [o] garder comme cas  [x] écarter  "
    "[v] voir plus tard  [f] finir"
)

Ask = Callable[[str], str]
Say = Callable[[str], None]


def review(
    library: Library, folder: Path, cases: Path, author: str, ask: Ask = input, say: Say = print
) -> int:
    """Go through the opinions that nobody has decided on; return 0 when the reviewer is done."""

    def tell(text: str) -> None:
        say(typeset(text))

    if not feedback_files(folder):
        raise UsageError(
            f"{folder} ne contient aucun avis ({FEEDBACK_FILE})\u00a0; donnez le dossier où le chat les garde"
        )
    work = Review(library, folder, cases, author)
    waiting = work.waiting()
    tell(f"{counted(len(waiting), 'avis', 'avis')} à relire.")
    saved = 0
    for number, feedback in enumerate(waiting, start=1):
        tell(f"\n── {number}/{len(waiting)} ──")
        done = _OnTerminal(work, ask, tell).go(feedback)
        if done is None:
            break
        saved += done
    tell(f"{counted(saved, 'cas ajouté', 'cas ajoutés')} à {cases}.")
    return 0


class _OnTerminal:
    """One opinion under review: the case it is becoming, and the passages shown."""

    def __init__(self, work: Review, ask: Ask, say: Say) -> None:
        self._work = work
        self._ask = ask
        self._say = say
        self._found: list[ScoredPassage] = []

    def go(self, feedback: Feedback) -> int | None:
        """Return 1 when a case was made, 0 when not, ``None`` when the reviewer leaves."""
        case = self._work.proposed(feedback)
        self._show_feedback(feedback)
        self._search(case.question, case)
        while True:
            self._show_case(case)
            try:
                letter = self._ask(f"{_MENU}\n> ").strip().lower()[:1]
            except EOFError:
                return None
            if letter == "f":
                return None
            if letter == "v":
                return 0
            if letter == "x":
                self._work.drop(feedback)
                return 0
            try:
                if letter == "o":
                    self._work.keep(feedback, case)
                    return 1
                case = self._changed(letter, case)
            except UsageError as error:
                self._say(str(error))

    def _changed(self, letter: str, case: Question) -> Question:
        """Return the case as one step of the review changes it."""
        if letter == "p":
            number = self._ask("numéro du passage : ").strip()
            if not number.isdigit() or not 1 <= int(number) <= len(self._found):
                raise UsageError(f"donnez un numéro de 1 à {len(self._found)}")
            words = self._ask("mots de la preuve (« début … fin », vide : tout le passage) : ")
            passage = self._found[int(number) - 1].passage
            return marked(case, self._work.place(passage.doc_id, words, (passage.start, passage.end)))
        if letter == "c":
            self._search(self._ask("mots à chercher : ") or case.question, case)
            return case
        if letter == "s":
            return unanswerable(case)
        if letter == "a":
            return self._work.anonymised(case)
        if letter == "q":
            return replace(case, question=self._ask("question : ").strip() or case.question)
        if letter == "r":
            answer = self._ask("réponse attendue : ").strip() or case.answer
            facts = facts_in(self._ask("faits, séparés par ; (autres manières de dire : |) : ").split(";"))
            return replace(case, answer=answer, facts=facts or case.facts)
        if letter == "t":
            wanted = self._ask(f"type ({', '.join(TYPE_NAMES.values())}) : ").strip()
            kinds = {name: kind for kind, name in TYPE_NAMES.items()} | {kind: kind for kind in TYPE_NAMES}
            if wanted not in kinds:
                raise UsageError(f"type « {wanted} » inconnu")
            return replace(case, type=kinds[wanted])
        raise UsageError("répondez par une des lettres entre crochets")

    def _search(self, words: str, case: Question) -> None:
        self._found = self._work.library.retrieve(words, SHOWN_PASSAGES, case.history)
        for number, scored in enumerate(self._found, start=1):
            text = " ".join(scored.passage.prose.split())[:_PASSAGE_CHARACTERS]
            self._say(f"  {number}. {described(scored.passage)}\n     {text}…")

    def _show_feedback(self, feedback: Feedback) -> None:
        status = STATUS_NAMES.get(feedback.status, feedback.status)
        self._say(f"Question : {feedback.question}")
        for turn in feedback.history:
            self._say(f"  après : {turn}")
        self._say(f"Avis : {feedback.reason}" + (f", « {feedback.word} »" if feedback.word else ""))
        self._say(f"Réponse donnée ({status}) : {' '.join(feedback.answer.split())[:600]}")

    def _show_case(self, case: Question) -> None:
        self._say(f"\nCas {case.id} ({type_name(case.type)}) : {case.question}")
        for group in case.evidence:
            for place in group:
                words = (
                    f"de « {place.begin} » à « {place.end} »" if place.is_anchored else f"« {place.quote} »"
                )
                self._say(f"  preuve : {place.source}, {words}")
        for detail in self._work.details(case):
            self._say(f"  détail personnel : {detail.text}")
        for twin in self._work.twins(case):
            self._say(
                f"  déjà demandé : {twin.case.id}, {twin.case.question} ({percentage(twin.likeness / 100)})"
            )
        for lack in self._work.lacks(case):
            self._say(f"  il manque : {lack}")
