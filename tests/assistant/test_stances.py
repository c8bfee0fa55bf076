from pathlib import Path

import pytest

from assistant.answering import answer
from assistant.answers import Status
from assistant.stances import Stance, stance_asked
from index.building import build
from index.library import Library

REPORT = """Les salaires du secteur

1. Les positions

La CGT demande une prime de trois cents euros pour tous les agents du secteur social.
Les employeurs proposent une prime de cent euros et refusent toute hausse de la valeur du point.
Les stages gratifiés sont rares et les employeurs demandent une aide de la région.

2. Les participants

Représentant de la CFTC au comité : Alexandre Lebrun, éducateur spécialisé de la Haute-Brume.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("stances")
    (folder / "salaires.txt").write_text(REPORT, encoding="utf-8")
    build([folder], folder / "index")
    return Library(folder / "index")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Que demande la CGT sur la prime ?", "CGT"),
        ("Quelle est la position de la CGT sur les primes ?", "CGT"),
        ("Selon l’UNSA, faut-il une prime ?", "UNSA"),
        ("Que demandent les employeurs ?", ""),
        ("Que dit la loi sur les stages ?", ""),
        ("Combien la CGT a-t-elle d’adhérents ?", ""),
    ],
)
def test_whose_view_is_asked_for_is_read_from_the_question(
    library: Library, question: str, name: str
) -> None:
    found = stance_asked(library, question, ())
    assert (found.name if found else "") == name


def test_an_organisation_with_a_text_is_known_as_its_speaker(library: Library) -> None:
    found = stance_asked(library, "Que dit SUD de la prime ?", ("SUD Santé Sociaux",))
    assert found == Stance("SUD Santé Sociaux", "SUD Santé Sociaux")
    assert stance_asked(library, "Combien d’agents à SUD ?", ("SUD Santé Sociaux",)) is None


def test_it_is_answered_with_what_tells_its_view(library: Library) -> None:
    found = answer(library, "Que demande la CGT sur la prime ?")
    assert found.status is Status.ANSWERED
    assert all("CGT" in one.text or "prime" in one.text for one in found.statements)


@pytest.mark.parametrize(
    "question", ["Que dit la CGT des stages ?", "Que pense la CFTC des primes ?", "Que demande le MEDEF ?"]
)
def test_the_words_of_others_are_not_given_for_its_own(library: Library, question: str) -> None:
    found = answer(library, question)
    assert found.status is Status.RELATED
    assert not found.statements
    assert "ne répond à cette question" in found.opening or "n’apparaît" in found.opening
    assert found.nearest


def test_on_the_real_corpus(shared_index: Path) -> None:
    real = Library(shared_index)
    assert answer(real, "Que pense SUD du Ségur ?").status is Status.RELATED
    told = answer(real, "Que dit la CFDT sur le Ségur ?")
    assert told.status is Status.ANSWERED
    for statement in told.statements:
        (citation, *_) = statement.citations
        assert "CFDT" in citation.passage.speaker or "CFDT" in statement.text
