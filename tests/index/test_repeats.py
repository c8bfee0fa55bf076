from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.chunking import chunk
from index.documents import Passage
from index.loading import read_document
from index.repeats import find_repeats, sampled_shingles
from index.sources import known_sources

SAID = (
    "Le comité recommande de confier le premier accueil à des chargés formés, de saisir une seule fois "
    "les dossiers et de rendre aux équipes le temps passé à remplir des tableaux que personne ne lit."
)
OTHER = (
    "La fédération rappelle que les départements financent la formation continue, et qu’aucun service ne "
    "peut recruter sans logement, sans transport et sans une paie qui suive enfin les prix."
)
MORE = " Elle ajoute que les cadres doivent y passer deux jours par mois, sur leur temps de travail."


def passages(*texts: str) -> list[Passage]:
    return [
        Passage(f"d{n}:p", f"d{n}", f"d{n}.txt", "Titre", text, 0, len(text)) for n, text in enumerate(texts)
    ]


def repeats(found: Sequence[Passage], removed: Sequence[int] = ()) -> dict[str, str]:
    """Return, by id, which passage each one repeats; the library is kept in two parts."""
    texts = [(row, passage.prose) for row, passage in enumerate(found)]
    sampled = [sampled_shingles(texts[:1]), sampled_shingles(texts[1:])]
    known = [pair for pair in enumerate(found) if pair[0] not in removed]
    marks = find_repeats(known, sampled, lambda rows: [found[row] for row in rows], removed)
    return {found[row].passage_id: same_as for row, same_as in marks}


def test_the_same_text_at_two_places_is_one() -> None:
    assert repeats(passages(SAID, OTHER, SAID)) == {"d2:p": "d0:p"}


def test_case_punctuation_and_layout_do_not_count() -> None:
    assert repeats(passages(SAID, SAID.upper().replace(", ", "\n\n – "))) == {"d1:p": "d0:p"}


def test_a_repeat_of_a_repeat_leads_to_the_first() -> None:
    assert set(repeats(passages(SAID, SAID, SAID)).values()) == {"d0:p"}


def test_what_stands_whole_in_a_longer_passage_repeats_it() -> None:
    assert repeats(passages(f"{OTHER} {SAID}", SAID)) == {"d1:p": "d0:p"}


def test_what_says_more_is_no_repeat() -> None:
    assert repeats(passages(SAID, f"{SAID} {OTHER}")) == {}
    assert repeats(passages(OTHER, OTHER[: len(OTHER) // 2] + MORE)) == {}


def test_a_text_cut_otherwise_elsewhere_is_recognised() -> None:
    words = f"{SAID} {OTHER} {MORE}".split()
    before, after = " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 - 8 :])
    found = repeats(passages(f"Avant cela. {before}", f"{after} Et après.", " ".join(words)))
    assert found in ({"d2:p": "d0:p"}, {"d2:p": "d1:p"})


def test_windows_that_overlap_are_no_repeats() -> None:
    one, two = passages(SAID, SAID)
    assert repeats([one, replace(two, doc_id="d0", start=50, end=250)]) == {}


def test_short_formulas_are_left_alone() -> None:
    assert repeats(passages("Impacts financiers : à évaluer", "Impacts financiers : à évaluer")) == {}


def test_what_was_taken_out_is_no_original() -> None:
    assert repeats(passages(SAID, OTHER, SAID, SAID), removed=[0]) == {"d3:p": "d2:p"}


def test_what_stands_in_many_passages_is_a_formula() -> None:
    texts = [f"{SAID} " + " ".join(f"{word}{number}" for word in OTHER.split()) for number in range(60)]
    assert repeats(passages(*texts, f"{SAID} {OTHER}")) == {}


def test_the_contribution_printed_twice_in_the_white_paper(shared: Path) -> None:
    sources = known_sources(Path(__file__).resolve().parents[2] / "corpus" / "sources.toml")
    document = sources.identify(read_document(shared / "corpus" / "livre-blanc-hcts-2023.txt"))
    found = chunk(document)
    same = repeats(found)
    twice = [part for part in document.parts if part.speaker == "CEDTS"]
    second = [p for p in found if twice[1].start <= p.start < twice[1].end and len(p.prose) > 120]
    assert len(second) > 25
    assert all(passage.passage_id in same for passage in second)
    assert len(same) < len(second) + 20
