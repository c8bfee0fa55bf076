from index.speakers import SPEAKER_ALIASES, named_speakers, naming_terms

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


def test_an_organisation_is_known_without_its_nationality() -> None:
    assert named("que disent la Croix-Rouge et l’UNAFORIS ?") == ["Croix-Rouge française", "UNAFORIS"]


def test_the_terms_that_only_name_a_speaker_are_told() -> None:
    question = "que dit la CFDT de la formation ?"
    assert naming_terms(question, ["CFDT Interco"], SPEAKER_ALIASES) == {"cfdt"}
