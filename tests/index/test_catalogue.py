from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.catalogue import Catalogue
from index.chunking import chunk
from index.documents import FieldQuestion
from index.drafting import Draft, compared
from index.filters import Filters
from index.loading import read_document
from index.records import Entry
from index.store import question_id

ASKED = FieldQuestion("combien de temps pour les dossiers ?", 0, 100)


@pytest.fixture
def entries(library_folder: Path) -> list[Entry]:
    found = []
    for file in sorted(library_folder.iterdir()):
        document = read_document(file)
        passages = tuple(replace(one, questions=(ASKED,), speaker="HCTS") for one in chunk(document))
        found.append(Entry(replace(document, short_title="Abrégé"), document, str(file), "0", passages))
    return found


@pytest.fixture
def file(tmp_path: Path, entries: list[Entry]) -> Path:
    place = tmp_path / "index" / "generations" / "g"
    place.mkdir(parents=True)
    with closing(Draft(place / "library.sqlite", None)) as draft:
        for entry in entries:
            draft.put(entry)
    return place / "library.sqlite"


@pytest.fixture
def catalogue(file: Path) -> Iterator[Catalogue]:
    with closing(Catalogue(file)) as opened:
        yield opened


def test_what_is_put_in_comes_back_as_it_was(catalogue: Catalogue, entries: list[Entry]) -> None:
    assert list(catalogue.entries()) == entries
    assert [one for _, one in catalogue.passages_from(1)] == [
        passage for entry in entries for passage in entry.passages
    ][1:]
    assert {head.doc_id for head in catalogue.heads()} == {entry.document.doc_id for entry in entries}
    assert all(head.text == "" for head in catalogue.heads())
    assert catalogue.document(entries[0].document.doc_id) == entries[0].document
    assert catalogue.document("absent") is None


def test_a_question_leads_to_all_passages_that_answer_it(catalogue: Catalogue) -> None:
    name = question_id(ASKED.text)
    assert catalogue.rows_asked([name, "absent"]) == {name: catalogue.rows()}
    assert catalogue.count_questions() == 1


def test_filters_read_no_text(catalogue: Catalogue) -> None:
    assert catalogue.accepted_rows(Filters(speakers=frozenset({"hcts"}))) == catalogue.rows()
    assert catalogue.accepted_rows(Filters(speakers=frozenset({"CFDT"}))) == []
    one = Filters(documents=frozenset({"rapport-paperasse"}))
    rows = catalogue.rows_of([passage.passage_id for passage in catalogue.passages_of("rapport-paperasse")])
    assert catalogue.accepted_rows(one) == sorted(rows.values())


def test_rows_are_never_given_twice(file: Path, tmp_path: Path, entries: list[Entry]) -> None:
    last = entries[-1]
    with closing(Draft(tmp_path / "new.sqlite", file)) as draft:
        first = draft.first_row
        draft.drop(last.document.doc_id)
        draft.put(last)
        assert draft.end == first + len(last.passages)
    with closing(Catalogue(file)) as before, closing(Catalogue(tmp_path / "new.sqlite")) as after:
        assert after.count() == before.count() == first
        assert [passage for _, passage in after.passages_from(first)] == list(last.passages)
    assert compared(tmp_path / "new.sqlite", file, "passages", "passage_id") == ([], [])
    gone = list(range(first - len(last.passages), first))
    assert compared(tmp_path / "new.sqlite", file, "passages", "row")[1] == gone


def test_passages_whose_original_left_are_told(file: Path, tmp_path: Path, entries: list[Entry]) -> None:
    original = entries[0].passages[0].passage_id
    with closing(Draft(tmp_path / "new.sqlite", file)) as draft:
        row = draft.first_row - 1
        draft.mark([(row, original)])
        assert draft.orphans() == []
        draft.drop(entries[0].document.doc_id)
        assert draft.orphans() == [row]
