from assistant.answers import Answer, Block, Statement, Status
from assistant.citations import Citation
from assistant.terminal import render
from index.documents import Passage, ScoredPassage

PASSAGE = Passage("p", "a", "a.txt", "Rapport", "Un deux. Trois.", 100, 115, 7, date="2023-12-05")


def said(text: str, marker: int, start: int = 100) -> Statement:
    return Statement(text, (Citation(marker, PASSAGE, text, start, start + len(text)),))


def test_headings_lists_notes_and_sources_are_told_apart() -> None:
    blocks = (
        Block((said("Un deux.", 1),), heading="FAS"),
        Block((said("un ;", 2), said("deux.", 2)), listed=True, lead=said("Il y a :", 2)),
    )
    answer = Answer("Quoi ?", Status.ANSWERED, "À savoir.", blocks, ("Texte de 2023, à vérifier.",))
    assert render(answer) == (
        "À savoir.\n\nFAS\n───\n\n«\u00a0Un deux.\u00a0» [1]\n\n"
        "«\u00a0Il y a :\u00a0» [2]\n\n• «\u00a0un ;\u00a0»\n• «\u00a0deux.\u00a0»\n\n"
        "Texte de 2023, à vérifier.\n\n"
        "Sources\n[1][2] Rapport · p.\u00a07 · 2023"
    )


def test_a_refusal_names_the_nearest_passages() -> None:
    nearest = (ScoredPassage(PASSAGE, 0.5, 1),)
    shown = render(Answer("Quoi ?", Status.RELATED, "Rien.", nearest=nearest))
    assert shown == "Rien.\n\nPassages les plus proches\n1. Rapport · p.\u00a07 · 2023"


def test_the_question_as_understood_and_the_sigles_are_told() -> None:
    answer = Answer(
        "Et elle ?",
        Status.ANSWERED,
        blocks=(Block((said("Un deux.", 1),)),),
        sigles=(("FAS", "fédération"),),
        understood="Que dit la FAS ?",
    )
    shown = render(answer)
    assert shown.startswith("Question comprise\u00a0: Que dit la FAS ?")
    assert shown.endswith("Sigles\nFAS\u00a0: fédération")
