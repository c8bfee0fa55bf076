import json
from collections import Counter
from pathlib import Path

import pytest

from index.chunking import chunk
from index.kinds import PassageKind, kind_of
from index.loading import read_document
from index.sources import known_sources

ROOT = Path(__file__).resolve().parents[2]
FINDING = (
    "Les équipes passent quatre heures par jour à remplir des tableaux. La moitié des postes sont vacants. "
    "Les départs ont doublé en dix ans, selon la Drees."
)
ADVICE = "Il convient de saisir une fois les dossiers. Les cadres doivent être formés. Le temps manque."
LIST = "Le comité attend ceci :\n- Former les cadres\n- Saisir une fois les dossiers\n- Ouvrir un accueil"
LAW = "Article L. 311-1\n\nLes actions sont :\n1° L’évaluation des besoins ;\n2° La protection des enfants."


@pytest.mark.parametrize(
    ("text", "section", "part", "kind"),
    [
        (FINDING, (), "rapport", PassageKind.FINDING),
        (ADVICE, (), "rapport", PassageKind.RECOMMENDATION),
        (LIST, (), "rapport", PassageKind.RECOMMENDATION),
        (LIST, (), "contribution", PassageKind.RECOMMENDATION),
        (FINDING, (), "contribution", PassageKind.POSITION),
        (FINDING, (), "déclaration", PassageKind.POSITION),
        (FINDING, (), "expérience", PassageKind.EXPERIENCE),
        (FINDING, ("Fiche mesure 3 : l’encadrement",), "fiche", PassageKind.RECOMMENDATION),
        (FINDING, ("Propositions",), "contribution", PassageKind.RECOMMENDATION),
        (FINDING, ("2. Définitions",), "rapport", PassageKind.DEFINITION),
        ("L’aller-vers se définit comme une démarche. " + FINDING, (), "rapport", PassageKind.DEFINITION),
        (LAW, (), "rapport", PassageKind.LAW),
        ("Voir https://exemple.fr/rapport-de-la-mission-2023.pdf", (), "rapport", PassageKind.REFERENCE),
        (FINDING, (), "bibliographie", PassageKind.REFERENCE),
        ("12 Audition du 3 mars 2023.", ("1. Le temps", "Notes"), "rapport", PassageKind.NOTE),
        (FINDING, ("Avertissement au lecteur",), "rapport", ""),
        (FINDING, (), "liste", ""),
        ("", (), "rapport", ""),
    ],
)
def test_what_a_passage_is(text: str, section: tuple[str, ...], part: str, kind: str) -> None:
    assert kind_of(text, section, part) == kind


def test_passages_labelled_by_hand(shared: Path) -> None:
    """A hundred passages of the real corpus, labelled before the rules were written."""
    sources = known_sources(ROOT / "corpus" / "sources.toml")
    found = {}
    for path in sorted((shared / "corpus").glob("*.txt")):
        for passage in chunk(sources.identify(read_document(path))):
            found[(passage.doc_id, passage.start, passage.end)] = passage.kind
    rows = [json.loads(line) for line in (ROOT / "tests/data/kinds.jsonl").read_text("utf-8").splitlines()]
    kept = [
        (row["kind"], found[key]) for row in rows if (key := (row["doc"], row["start"], row["end"])) in found
    ]
    assert len(kept) >= 90, "passages are cut elsewhere now: label new ones"
    right = sum(kind == given for kind, given in kept)
    confusion = Counter((kind, given) for kind, given in kept if kind != given)
    assert right >= 0.85 * len(kept), confusion
