"""What people say of answers, kept for those who evaluate: with consent, without personal details.

One JSON object a line: ``{"id", "date", "question", "history", "answer", "status", "citations",
"reason", "word", "corpus"}``; ``citations`` as in answer runs, ``corpus`` says which library
answered.
"""

import json
import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import platformdirs

from assistant.answers import Answer
from assistant.privacy import details, reworded
from assistant.runs import answer_record

FEEDBACK_VARIABLE = "TISSERAND_FEEDBACK"
FEEDBACK_FILE = "feedback.jsonl"
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


def without_details(text: str) -> str:
    """Return a text without the personal details found in it."""
    found = details(text)
    return reworded(text, found) if found else text
