import pytest

from index.documents import Document, Passage
from index.errors import UsageError
from index.filters import NO_FILTERS, Filters
from index.library import Library

DOCUMENT = Document("r", "r.txt", "Rapport", "", "", (0, 0), kind="rapport", date="2023-12-05")
PASSAGE = Passage("r:1", "r", "r.txt", "Rapport", "", 0, 0, speaker="CNAPE", kind="constat", date="2022")


@pytest.mark.parametrize(
    ("filters", "accepted"),
    [
        (NO_FILTERS, True),
        (Filters(speakers=frozenset({"cnape"})), True),
        (Filters(speakers=frozenset({"CNAPE", "FAS"}), years=frozenset({"2022"})), True),
        (Filters(speakers=frozenset({"CNAPE"}), years=frozenset({"2023"})), False),
        (Filters(kinds=frozenset({"rapport"})), True),
        (Filters(kinds=frozenset({"recommandation"})), False),
        (Filters(documents=frozenset({"autre"})), False),
    ],
)
def test_every_facet_asked_for_must_hold(filters: Filters, accepted: bool) -> None:
    assert filters.accepts(PASSAGE, DOCUMENT) is accepted


def test_a_search_keeps_to_what_the_filters_let_through(library: Library) -> None:
    question = "une permanence au marché pour l’accueil"
    assert library.retrieve(question)[0].passage.doc_id == "aller-vers"
    only = Filters(documents=frozenset({"rapport-paperasse"}))
    assert {found.passage.doc_id for found in library.retrieve(question, filters=only)} == {
        "rapport-paperasse"
    }


def test_filters_that_let_nothing_through_are_refused(library: Library) -> None:
    with pytest.raises(UsageError, match="tisserand-index status"):
        library.retrieve("accueil", filters=Filters(speakers=frozenset({"personne"})))
