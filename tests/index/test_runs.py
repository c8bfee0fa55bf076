from index.documents import Passage, ScoredPassage
from index.runs import search_record


def test_a_record_holds_the_prose_and_where_the_passage_stands() -> None:
    text = "Le début. 12 La suite."
    passage = Passage("p", "a", "a.txt", "A", text, 100, 122, 7, ("I.", "1."), asides=((110, 113),))
    assert search_record("Q", 1.23456, [ScoredPassage(passage, 2.5, 1)]) == {
        "id": "Q",
        "ms": 1.235,
        "passages": [
            {
                "source": "a.txt",
                "text": "Le début. La suite.",
                "start": 100,
                "end": 122,
                "page": 7,
                "section": ["I.", "1."],
                "score": 2.5,
            }
        ],
    }
