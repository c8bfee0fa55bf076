from assistant.answers import Answer, Block, Statement, Status
from assistant.citations import Citation
from assistant.runs import answer_record
from index.documents import Passage


def test_a_record_holds_the_answer_and_each_quote() -> None:
    passage = Passage("p", "a", "a.txt", "A", "Un deux.", 100, 108, 7)
    statement = Statement("Un deux.", (Citation(1, passage, "Un deux.", 100, 108),))
    answer = Answer("Quoi ?", Status.ANSWERED, blocks=(Block((statement,)),))
    assert answer_record("Q", 2.0, answer) == {
        "id": "Q",
        "ms": 2.0,
        "status": "answered",
        "answer": "«\u00a0Un deux.\u00a0» [1]",
        "citations": [{"n": 1, "source": "a.txt", "quote": "Un deux.", "start": 100, "end": 108, "page": 7}],
    }


def test_a_refusal_is_recorded_as_one() -> None:
    record = answer_record("Q", 0.0, Answer("Quoi ?", Status.RELATED, "Rien."))
    assert (record["status"], record["citations"]) == ("related", [])
