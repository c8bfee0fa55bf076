from index.documents import Passage, ScoredPassage
from index.speakers import SPEAKER_ALIASES, named_speakers, put_forward

SPEAKERS = [
    "CEDTS",
    "CFDT Interco",
    "Croix-Rouge française",
    "Départements de France",
    "France ESF",
    "UNAFORIS",
]


def named(question: str) -> list[str]:
    return named_speakers(question, SPEAKERS, SPEAKER_ALIASES)


def test_organisations_are_known_by_sigle_name_or_alias() -> None:
    assert named("que dit la cfdt sur les salaires ?") == ["CFDT Interco"]
    both = ["Croix-Rouge française", "Départements de France"]
    assert named("la Croix-Rouge française et les Départements de France") == both
    assert named("selon la commission éthique du HCTS") == ["CEDTS"]
    assert named("le travail social en France") == []


def test_their_passages_come_forward() -> None:
    def scored(speaker: str, score: float) -> ScoredPassage:
        return ScoredPassage(Passage(speaker, "d", "d", "d", "", 0, 0, speaker=speaker), score, 0)

    found = [scored("UNAFORIS", 1.0), scored("CFDT Interco", 0.9)]
    assert put_forward(found, ["CFDT Interco"])[0].passage.speaker == "CFDT Interco"
    assert put_forward(found, []) == found
