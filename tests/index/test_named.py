import pytest

from index.documents import Document, Passage, ScoredPassage
from index.named import Named, Names, put_forward

SPEAKERS = ["CFDT Interco", "CNAPE", "UNAFORIS"]
TITLES = {
    "blanc": "Livre blanc du travail social",
    "denormandie": "Rapport Denormandie sur la reconnaissance des métiers",
    "permanences": "Les permanences mobiles",
    "relais": "Relais de soirée à la résidence",
}


def in_question(question: str) -> Named:
    documents = [Document(doc_id, f"{doc_id}.txt", title, "", "", (0, 0)) for doc_id, title in TITLES.items()]
    return Names(documents, SPEAKERS).in_question(question)


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("que dit le livre blanc des salaires ?", {"blanc"}),
        ("le rapport Denormandie parle-t-il des AESH ?", {"denormandie"}),
        ("relais de soirée à la résidence, comment faire ?", {"relais"}),
        ("qui porte le travail social ?", set()),
    ],
)
def test_a_document_is_named_by_its_title_or_its_usual_name(question: str, documents: set[str]) -> None:
    assert in_question(question).documents == documents


def test_a_year_counts_when_it_dates_a_document() -> None:
    assert in_question("que disait le rapport de 2019 ?").years == {"2019"}
    assert in_question("combien de postes en 2019 ?").years == set()


def test_the_kind_of_passage_asked_for_is_understood() -> None:
    assert in_question("quelles recommandations pour le logement ?").kinds == {"recommandation"}
    assert in_question("où sont les postes vacants ?").kinds == set()


def scored(name: str, score: float, speaker: str = "", date: str = "", same_as: str = "") -> ScoredPassage:
    passage = Passage(name, "d", "d", "d", "", 0, 0, speaker=speaker, date=date, same_as=same_as)
    return ScoredPassage(passage, score, 0)


def ids(found: list[ScoredPassage]) -> list[str]:
    return [one.passage.passage_id for one in found]


def test_what_is_named_comes_forward() -> None:
    found = [scored("a", 1.0, speaker="UNAFORIS"), scored("b", 0.9, speaker="CNAPE")]
    assert ids(put_forward(found, Named(speakers=("CNAPE",)))) == ["b", "a"]
    found = [scored("a", 1.0), scored("b", 0.95, date="2019-03")]
    assert ids(put_forward(found, Named(years=frozenset({"2019"})))) == ["b", "a"]
    assert put_forward(found, Named()) == found


def test_no_speaker_named_hides_another() -> None:
    found = [
        *(scored(f"u{place}", 2.0 - place / 10, speaker="UNAFORIS") for place in range(6)),
        scored("c", 0.5, speaker="CNAPE"),
        scored("copy", 0.4, speaker="CNAPE", same_as="c"),
    ]
    ranked = put_forward(found, Named(speakers=("CNAPE", "UNAFORIS")))
    assert ids(ranked)[:4] == ["u0", "c", "u1", "u2"]
    assert sorted(ids(ranked)) == sorted(ids(found))
    scores = [one.score for one in ranked]
    assert scores == sorted(scores, reverse=True)
