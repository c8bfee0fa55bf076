"""What people say of answers, kept for those who evaluate: with consent, without personal details.

One JSON object a line: ``{"id", "date", "question", "history", "answer", "status", "citations",
"reason", "word", "corpus"}``; ``citations`` as in answer runs, ``corpus`` says which library
answered.
"""

import json
import os
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import platformdirs

from assistant.answers import Answer
from assistant.privacy import details, reworded
from assistant.runs import CitationRecord, answer_record
from index.jsonl import at_line, read_records

FEEDBACK_VARIABLE = "TISSERAND_FEEDBACK"
FEEDBACK_FILE = "feedback.jsonl"
DECISIONS_FILE = "decisions.jsonl"  # what evaluators decided, beside the opinions
LONGEST_WORD = 1000
REASONS = {
    "bien": "bien",
    "fausse citation": "fondée sur une fausse citation",
    "à côté": "à côté de la question",
    "incomplet": "incomplète",
    "source manquante": "sans une source que je connais",
}
CONSENT = (
    "J’accepte que la question, la réponse et mon avis soient gardés sur ce serveur pour améliorer "
    "Tisserand. Les noms et les détails personnels reconnus en sont retirés\u00a0; mon nom n’est pas demandé."
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one person says of one answer; ``reason`` is a key of ``REASONS``."""

    reason: str
    word: str = ""
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one person said of one answer, as it was kept; ``date`` is a day in ISO."""

    id: str
    date: str
    question: str
    history: tuple[str, ...]
    answer: str
    status: str
    citations: tuple[CitationRecord, ...]
    reason: str
    word: str = ""
    corpus: str = ""


def feedback_folder() -> Path:
    """Return where opinions are kept: ``TISSERAND_FEEDBACK``, else the user's data folder."""
    chosen = os.environ.get(FEEDBACK_VARIABLE, "").strip()
    if chosen:
        return Path(chosen).expanduser()
    return Path(platformdirs.user_data_dir("tisserand", appauthor=False)) / "feedback"


def keep(opinion: Opinion, answer: Answer, history: Sequence[str], corpus: str, folder: Path) -> bool:
    """Keep an opinion on an answer, and say whether it was: never without consent.

    Personal details are taken out of the question, the earlier questions and the word; what the
    answer quotes are public documents. Raises ``OSError`` when the folder cannot be written.
    """
    if not opinion.consent or opinion.reason not in REASONS:
        return False
    answered = answer_record("", 0.0, answer)
    record = {
        "id": uuid.uuid4().hex,
        "date": date.today().isoformat(),
        "question": without_details(answer.question),
        "history": [without_details(question) for question in history],
        "answer": answered["answer"],
        "status": answered["status"],
        "citations": answered["citations"],
        "reason": opinion.reason,
        "word": without_details(opinion.word[:LONGEST_WORD]),
        "corpus": corpus,
    }
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    line = json.dumps(record, ensure_ascii=False) + "\n"
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    file = os.open(folder / FEEDBACK_FILE, flags, 0o600)
    try:
        os.write(file, line.encode("utf-8"))  # one write, whole lines: two opinions never mix
    finally:
        os.close(file)
    return True


def feedback_files(folder: Path) -> list[Path]:
    """Return the files of opinions in a folder; none where there is no folder."""
    return sorted(file for file in folder.glob("*.jsonl") if file.name != DECISIONS_FILE)


def read_feedback(folder: Path) -> list[Feedback]:
    """Return the opinions left in a folder, as they were left. Raises ``UsageError`` with the line."""
    found: dict[str, Feedback] = {}
    for file in feedback_files(folder):
        for number, record in read_records(file):
            one = _feedback(file, number, record)
            found[one.id] = one
    return sorted(found.values(), key=lambda one: one.date)


def without_details(text: str) -> str:
    """Return a text without the personal details found in it."""
    found = details(text)
    return reworded(text, found) if found else text


def _feedback(path: Path, number: int, record: Mapping[str, Any]) -> Feedback:
    for name in ("id", "question", "reason"):
        if not isinstance(record.get(name), str) or not record[name].strip():
            raise at_line(path, number, f"il manque le champ «\u00a0{name}\u00a0», un texte")
    history, citations = record.get("history") or [], record.get("citations") or []
    if not isinstance(history, list) or not isinstance(citations, list):
        raise at_line(
            path, number, "«\u00a0history\u00a0» et «\u00a0citations\u00a0» doivent être des listes"
        )
    return Feedback(
        id=record["id"],
        date=str(record.get("date") or ""),
        question=record["question"],
        history=tuple(map(str, history)),
        answer=str(record.get("answer") or ""),
        status=str(record.get("status") or ""),
        citations=tuple(_citation(one) for one in citations if isinstance(one, dict)),
        reason=record["reason"],
        word=str(record.get("word") or ""),
        corpus=str(record.get("corpus") or ""),
    )


def _citation(record: Mapping[str, Any]) -> CitationRecord:
    number, start, end, page = (record.get(name) for name in ("n", "start", "end", "page"))
    return {
        "n": number if isinstance(number, int) else 0,
        "source": str(record.get("source") or ""),
        "quote": str(record.get("quote") or ""),
        "start": start if isinstance(start, int) else 0,
        "end": end if isinstance(end, int) else 0,
        "page": page if isinstance(page, int) else None,
    }
