"""What people wrote is text in the review room, never markup; places that are gone are told as text."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.chat.review import Advice, CaseDraft, Proof, ReviewRoom, Twin, review_room
from assistant.chat.review_markup import advice_html, case_html, list_html, passages_html, proof_html
from assistant.feedback import FEEDBACK_FILE, FEEDBACK_VARIABLE, Feedback, read_feedback
from assistant.privacy import details
from index.jsonl import write_records
from index.library import Library

EVIL = '<img src=x onerror=alert(1)> & "suite"'
Leaving = Callable[[dict[str, Any]], tuple[ReviewRoom, Feedback]]


@pytest.fixture
def leaving(library: Library, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Leaving:
    """What keeps one opinion, and gives the installed room over it."""

    def left(fields: dict[str, Any]) -> tuple[ReviewRoom, Feedback]:
        whole = {"id": "a1", "date": "2026-11-14", "question": EVIL, "reason": EVIL, "answer": EVIL}
        write_records(tmp_path / FEEDBACK_FILE, [whole | fields])
        monkeypatch.setenv(FEEDBACK_VARIABLE, str(tmp_path))
        room = review_room(lambda: library)
        assert room is not None, "the package is not installed with its entry point: make env"
        return room, read_feedback(tmp_path)[0]

    return left


def test_what_people_wrote_is_never_markup(leaving: Leaving, library: Library) -> None:
    citation = {"source": EVIL, "quote": EVIL}
    room, feedback = leaving({"word": EVIL, "status": EVIL, "history": [EVIL], "citations": [citation, 3]})
    draft = CaseDraft(EVIL, (EVIL,), "factoid", True, EVIL, (EVIL,), (Proof(EVIL, EVIL),), EVIL)
    advice = Advice((EVIL,), tuple(details("Mme <b>Karima Benali</b>")), (Twin(EVIL, EVIL, 0.9),))
    shown = (
        list_html(room, EVIL, EVIL)
        + case_html(room, library, feedback, draft)
        + advice_html(advice)
        + proof_html(Proof(EVIL, "", EVIL, EVIL))
        + passages_html(library.retrieve("permanence", 2), EVIL)
    )
    assert "<img" not in shown
    assert "<b>" not in shown
    assert '"suite"' not in shown


def test_a_citation_is_read_and_marked_only_where_it_still_stands(leaving: Leaving, library: Library) -> None:
    document = next(one for one in library.documents() if one.source == "rapport-paperasse.txt")
    start = document.text.index("40 %")
    here = {"source": document.source, "quote": "40 % de leur temps", "start": start, "end": start + 18}
    gone = here | {"start": start + 1}
    for citation, is_there in ((here, True), (gone, False)):
        room, feedback = leaving({"citations": [citation], "reason": "incomplet"})
        shown = case_html(room, library, feedback, room.opened(feedback.id)[1])
        assert ("Marquer comme preuve" in shown) is is_there
        assert "40 % de leur temps" in shown


def test_a_draft_that_lacks_nothing_is_said_to_be_ready() -> None:
    assert "prêt" in advice_html(Advice(twins=(Twin("R-1", "Où ?", 0.9),)))
    assert "prêt" not in advice_html(Advice(("aucun passage marqué",)))
