from pathlib import Path

from assistant.citations import cite, described, stands_in
from index.documents import Passage, Place

TEXT = "La phrase commence ici\n12\net finit là.  Une autre."


def passage(**changes: object) -> Passage:
    values = {
        "passage_id": "d:1",
        "doc_id": "d",
        "source": "d.txt",
        "title": "Rapport",
        "text": TEXT,
        "start": 100,
        "end": 100 + len(TEXT),
        "asides": ((122, 126),),
    }
    return Passage(**{**values, **changes})  # type: ignore[arg-type]


def test_a_quote_that_a_page_number_cuts_is_two_unbroken_pieces() -> None:
    pieces = cite(1, passage(), 100, 138)
    assert [piece.quote for piece in pieces] == ["La phrase commence ici", "et finit là."]
    assert all(TEXT[piece.start - 100 : piece.end - 100].strip() == piece.quote for piece in pieces)


def test_a_quote_is_checked_word_for_word() -> None:
    assert stands_in("et finit là. Une autre.", TEXT)
    assert not stands_in("et finit ici.", TEXT)
    assert not stands_in("", TEXT)


def test_a_place_is_described_with_its_page_when_known() -> None:
    assert described(passage(section=("I", "II", "III"), page=12)) == "Rapport · III · p.\u00a012"
    assert described(passage(speaker="CFDT")) == "Rapport · CFDT"


def test_a_quote_stands_on_the_page_and_in_the_section_where_it_begins() -> None:
    places = (Place(100, 12, ("I",)), Place(126, 13, ("I", "Suite")))
    both = passage(page=12, section=("I",), places=places)
    (before,), (after,) = cite(1, both, 100, 122), cite(2, both, 126, 138)
    assert (before.page, after.page) == (12, 13)
    assert described(both, after.start) == "Rapport · Suite · p.\u00a013"


def test_every_citation_of_the_real_corpus_is_word_for_word(shared: Path, shared_index: Path) -> None:
    import json

    from assistant.answering import answer
    from index.library import Library

    library = Library(shared_index)
    cited = 0
    for line in (shared / "questions" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        for citation in answer(library, json.loads(line)["question"]).citations:
            document = library.document(citation.passage.doc_id)
            assert document is not None
            raw = document.text[citation.start : citation.end]
            assert " ".join(raw.split()) == citation.quote
            cited += 1
    assert cited > 50
