"""From feedback to cases: what a reviewer may do, on the terminal and anywhere else."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from assistant.answering import answer
from assistant.feedback import Feedback, Opinion, keep, read_feedback
from evals import feedback
from evals.cases import read_cases
from evals.questions import Evidence, Question
from evals.reviewing import Review
from evals.reviewing_terminal import review
from index.errors import UsageError
from index.library import Library

QUESTION = "Quelle part de leur temps les assistantes consacrent-elles à la charge administrative ?"


def left(folder: Path, *records: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    lines = []
    for number, record in enumerate(records):
        whole = {
            "id": f"{number:08x}{0:024x}",
            "date": f"2026-11-{10 + number}",
            "history": [],
            "citations": [],
        }
        lines.append(json.dumps(whole | {"answer": "…", "status": "answered", "reason": "à côté"} | record))
    (folder / "feedback.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_what_the_chat_keeps_is_read(library: Library, tmp_path: Path) -> None:
    kept = keep(
        Opinion("incomplet", "il manque la part", True), answer(library, QUESTION), (), "v1", tmp_path
    )
    (one,) = feedback.pending(tmp_path)
    assert kept
    assert (one.question, one.reason, one.word, one.corpus) == (
        QUESTION,
        "incomplet",
        "il manque la part",
        "v1",
    )
    assert one.citations


def test_a_right_answer_is_its_own_evidence_and_a_wrong_one_is_not(library: Library, tmp_path: Path) -> None:
    for reason in ("bien", "fausse citation"):
        keep(Opinion(reason, "", True), answer(library, QUESTION), (), "", tmp_path)
    drafts = {one.reason: feedback.draft(one, "Zoé") for one in read_feedback(tmp_path)}
    assert drafts["bien"].evidence[0][0].source == "rapport-paperasse.txt"
    assert feedback.missing(drafts["bien"]) == []
    assert feedback.missing(drafts["fausse citation"]) == [
        "aucun passage marqué (ou dites que la bibliothèque ne répond pas)"
    ]
    assert drafts["bien"].author == "Zoé"
    assert "retour" in drafts["bien"].tags


def test_the_same_opinion_left_twice_is_reviewed_once(tmp_path: Path) -> None:
    folder = left(tmp_path / "avis", {"question": "Où ?"}, {"question": "où  ?"}, {"question": "Quand ?"})
    first, second = feedback.pending(folder)
    assert (first.question, second.question) == ("Où ?", "Quand ?")
    feedback.decide(folder, first, feedback.Choice.DROPPED, "Zoé")
    assert [one.question for one in feedback.pending(folder)] == ["Quand ?"]
    assert len(feedback.decisions(folder)) == 2


def test_an_opinion_dropped_comes_back_when_asked(tmp_path: Path) -> None:
    folder = left(tmp_path / "avis", {"question": "Où ?"}, {"question": "où  ?"}, {"question": "Quand ?"})
    first, second = feedback.pending(folder)
    feedback.decide(folder, first, feedback.Choice.DROPPED)
    feedback.decide(folder, second, feedback.Choice.CASE, case_id="R-1")
    assert feedback.dropped(folder) == [first]
    feedback.restore(folder, first)
    feedback.restore(folder, second)
    assert feedback.pending(folder) == [first]
    assert feedback.dropped(folder) == []
    assert [one["choice"] for one in feedback.decisions(folder).values()] == ["cas"]


def test_two_reviewers_lose_nothing_of_each_other(tmp_path: Path) -> None:
    folder = left(tmp_path / "avis", *({"question": f"Question {number} ?"} for number in range(10)))
    waiting = feedback.pending(folder)
    file = tmp_path / "cas.csv"

    def keep_one(one: Feedback) -> None:
        feedback.save_case(file, feedback.unanswerable(feedback.draft(one)))
        feedback.decide(folder, one, feedback.Choice.CASE)

    with ThreadPoolExecutor(4) as reviewers:
        list(reviewers.map(keep_one, waiting))
    assert len(read_cases(file)) == 10
    assert feedback.pending(folder) == []


def test_the_right_passage_is_marked_by_its_words_or_whole(library: Library, tmp_path: Path) -> None:
    (one,) = feedback.pending(left(tmp_path / "avis", {"question": QUESTION}))
    work = Review(library, tmp_path / "avis", tmp_path / "cas.csv")
    passage = library.retrieve(QUESTION, 1)[0].passage
    place = work.place(passage.doc_id, "40 %\nde leur   temps")
    assert place == Evidence(passage.source, "40 % de leur temps")
    assert feedback.marked(feedback.draft(one), place).evidence == ((place,),)
    anchored = work.place(passage.doc_id, "Les assistantes … charge administrative")
    assert (anchored.begin, anchored.end) == ("Les assistantes", "charge administrative")
    whole = work.place(passage.doc_id, span=(passage.start, passage.end))
    assert work.lacks(feedback.marked(feedback.draft(one), whole)) == []
    with pytest.raises(UsageError, match="ces mots ne sont pas dans le document"):
        work.place(passage.doc_id, "jamais dit")
    with pytest.raises(UsageError, match="plus dans la bibliothèque"):
        work.place("ailleurs", "mots")


def test_a_case_is_saved_only_when_it_is_ready_and_without_personal_details(
    library: Library, tmp_path: Path
) -> None:
    folder = left(tmp_path / "avis", {"question": "Mme Odette Lagarrigue a-t-elle droit à l’aller-vers ?"})
    (one,) = feedback.pending(folder)
    file = tmp_path / "cas.csv"
    work = Review(library, folder, file)
    case = feedback.unanswerable(feedback.draft(one))
    with pytest.raises(UsageError, match="détails personnels"):
        work.keep(one, case)
    plain = work.anonymised(case)
    assert "Lagarrigue" not in plain.question
    work.keep(one, plain)
    work.keep(one, plain)
    assert read_cases(file) == [plain]
    assert feedback.pending(folder) == []


def test_a_case_whose_evidence_is_gone_is_not_saved(library: Library, tmp_path: Path) -> None:
    folder = left(tmp_path / "avis", {"question": QUESTION})
    (one,) = feedback.pending(folder)
    work = Review(library, folder, tmp_path / "cas.csv")
    lost = feedback.marked(work.proposed(one), Evidence("rapport-paperasse.txt", "60 % de leur temps"))
    with pytest.raises(UsageError, match=r"n’est pas dans rapport-paperasse\.txt"):
        work.keep(one, lost)
    assert feedback.pending(folder) == [one]


def test_a_fact_with_nothing_on_one_side_is_refused() -> None:
    assert feedback.facts_in(["7|sept", " ", "lundi"]) == (("7", "sept"), ("lundi",))
    with pytest.raises(UsageError, match="alternative vide"):
        feedback.facts_in(["7|"])


def test_a_question_already_asked_is_found() -> None:
    case = Question("A", "Quelle part du temps prend la paperasse ?", type="list")
    known = [
        Question("B", "la paperasse prend quelle part du temps", type="list"),
        Question("C", "Qui tient la permanence ?", type="list"),
        Question("D", case.question, ("avant",), "followup"),
    ]
    assert [twin.case.id for twin in feedback.duplicates(case, known)] == ["B"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "a", "question": "q"}', "il manque le champ «\u00a0reason\u00a0»"),
        ('{"id": "a", "question": "q", "reason": "bien", "history": 3}', "doivent être des listes"),
    ],
)
def test_a_line_that_is_no_opinion_is_named(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "feedback.jsonl").write_text(f"\n{line}", encoding="utf-8")
    with pytest.raises(UsageError, match=f"ligne 2\u00a0: .*{message}"):
        feedback.pending(tmp_path)


def test_a_folder_without_opinions_is_told(library: Library, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="aucun avis"):
        review(library, tmp_path, tmp_path / "cas.csv", "Zoé")


def reviewed(library: Library, folder: Path, cases: Path, *replies: str) -> list[str]:
    """Review with these replies, and return what was shown."""
    shown: list[str] = []
    waiting: Iterator[str] = iter(replies)

    def ask(prompt: str) -> str:
        shown.append(prompt)
        try:
            return next(waiting)
        except StopIteration as error:
            raise EOFError from error

    assert review(library, folder, cases, "Zoé", ask, shown.append) == 0
    return shown


def test_a_week_of_feedback_is_reviewed_on_the_terminal(library: Library, tmp_path: Path) -> None:
    folder = left(
        tmp_path / "avis",
        {"question": QUESTION, "reason": "incomplet", "word": "il manque 40 %"},
        {"question": "Combien touche un agent ?"},
        {"question": "Test test"},
        {"question": "Et après ?"},
    )
    cases = tmp_path / "cas.csv"
    shown = reviewed(
        library,
        folder,
        cases,
        *("o", "p", "1", "40 % de leur temps", "r", "40 %", "40 %|quarante", "t", "fait précis", "o"),
        *("s", "q", "Combien gagne un agent ?", "o"),
        "x",
    )
    first, second = read_cases(cases)
    assert first.evidence == ((Evidence("rapport-paperasse.txt", "40 % de leur temps"),),)
    assert (first.answer, first.facts, first.type) == ("40 %", (("40 %", "quarante"),), "factoid")
    assert (second.question, second.type) == ("Combien gagne un agent ?", "unanswerable")
    assert [one.question for one in feedback.pending(folder)] == ["Et après ?"], "left for later"
    assert any("n’est pas prêt" in line for line in shown), "the first « o » came before any evidence"
    assert shown[-1].startswith("2 cas ajoutés")


def test_a_wrong_reply_changes_nothing_and_says_what_is_wanted(library: Library, tmp_path: Path) -> None:
    folder = left(tmp_path / "avis", {"question": QUESTION})
    shown = reviewed(library, folder, tmp_path / "cas.csv", "w", "p", "99", "t", "rime", "c", "comité", "f")
    text = "\n".join(shown)
    assert "une des lettres entre crochets" in text
    assert "donnez un numéro de 1 à" in text
    assert "«\u00a0rime\u00a0» inconnu" in text
    assert sum(line.startswith("  1. ") for line in shown) == 2, "the search shows passages again"
    assert len(feedback.pending(folder)) == 1
