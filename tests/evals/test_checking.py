from evals.checking import check_cases, corrected
from evals.questions import Evidence, Question
from index.documents import Document

TEXT = "Le comité recommande une seule saisie des dossiers, partagée entre la CAF et la MDPH."


def document(source: str, text: str = TEXT) -> Document:
    return Document(source, source, source, text, digest="", body=(0, len(text)))


def case(query_id: str, *places: Evidence, **fields: object) -> Question:
    return Question(query_id, f"question {query_id} ?", type="list", evidence=(places,), **fields)  # type: ignore[arg-type]


def test_a_quote_that_still_stands_is_left_alone_whatever_its_typography() -> None:
    kept = case("A", Evidence("a.md", "une  seule SAISIE des dossiers , partagée"))
    anchored = case("B", Evidence("a.md", "", "le comité", "la CAF"))
    assert check_cases([kept, anchored], [document("a.md")]).mismatches == ()


def test_a_quote_reworded_since_is_found_again_and_corrected() -> None:
    lost = Evidence("a.md", "une saisie unique des dossiers, partagée entre la CAF")
    check = check_cases([case("A", lost)], [document("a.md"), document("b.md", "Rien de tout cela ici.")])
    (mismatch,) = check.mismatches
    assert not mismatch.source_missing
    assert mismatch.nearest
    assert "saisie des dossiers, partagée entre la CAF" in mismatch.nearest.quote
    (better,) = corrected([case("A", lost)], check)
    assert better.evidence[0][0] == mismatch.nearest
    assert check_cases([better], [document("a.md")]).mismatches == ()


def test_a_document_that_left_is_told_and_the_text_looked_for_in_the_others() -> None:
    lost = Evidence("vieux.md", "une seule saisie des dossiers, partagée")
    (mismatch,) = check_cases([case("A", lost)], [document("neuf.md")]).mismatches
    assert mismatch.source_missing
    assert mismatch.nearest
    assert mismatch.nearest.source == "neuf.md"
    assert mismatch.likeness > 95


def test_nothing_near_is_said_and_nothing_corrected() -> None:
    lost = case("A", Evidence("a.md", "zygomatique xylophone wagon"))
    check = check_cases([lost], [document("a.md", "Il pleut.")])
    assert check.mismatches[0].nearest is None
    assert corrected([lost], check) == [lost]


def test_cases_surely_amiss_are_remarked() -> None:
    place = Evidence("a.md", "une seule saisie")
    cases = [
        case("A", place, answer="Une seule saisie.", facts=(("deux saisies",),)),
        Question("B", "question A ?", type="list", evidence=((place,),)),
        Question("C", "?", type="list"),
        Question("D", "d ?", type="unanswerable", evidence=((place,),)),
    ]
    remarks = dict(check_cases(cases, [document("a.md")]).remarks)
    assert remarks["A"] == "la réponse attendue ne contient pas le fait «\u00a0deux saisies\u00a0»"
    assert remarks["B"] == "même question que A"
    assert remarks["C"].startswith("aucune preuve")
    assert remarks["D"].startswith("des preuves")
