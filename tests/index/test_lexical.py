import math
from pathlib import Path

import numpy as np
import pytest

from index.lexical import LexicalIndex, keep_segments, write_lexical
from index.postings import K1

ROWS = [
    {"text": "accueil du public", "title": "fiche"},
    {"text": "le budget du département", "questions": "combien pour l’accueil ?"},
    {"text": "le budget de la CAF"},
]


@pytest.fixture
def lexical(tmp_path: Path) -> LexicalIndex:
    write_lexical(tmp_path / "lexical", enumerate(ROWS))
    return LexicalIndex(tmp_path / "lexical")


def test_score_is_bm25f_worked_out_by_hand(tmp_path: Path) -> None:
    write_lexical(tmp_path / "lexical", enumerate([{"text": "accueil public"}, {"text": "budget"}]))
    scores = LexicalIndex(tmp_path / "lexical").scores({"accueil": 1.0})
    idf = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    frequency = 1 / (1 - 0.75 + 0.75 * 2 / 1.5)
    assert scores[0] == pytest.approx(idf * frequency * (K1 + 1) / (frequency + K1), rel=1e-5)
    assert scores[1] == 0


def test_every_field_is_searched(lexical: LexicalIndex) -> None:
    scores = lexical.scores({"accueil": 1.0})
    assert scores[0] > 0
    assert scores[1] > 0
    assert scores[2] == 0


def test_sigles_of_the_index_are_known(lexical: LexicalIndex) -> None:
    assert "caf" in lexical.sigles
    assert int(np.argmax(lexical.scores(lexical.weights("la caf")))) == 2


def test_an_unknown_word_scores_nothing_and_tells_the_most(lexical: LexicalIndex) -> None:
    assert not lexical.scores(lexical.weights("xylophone")).any()
    assert lexical.idf("xylophone") > lexical.idf("budget")


def test_nothing_to_search_is_not_an_error(tmp_path: Path) -> None:
    write_lexical(tmp_path / "lexical", [])
    assert LexicalIndex(tmp_path / "lexical").scores({"accueil": 1.0}).shape == (0,)


def test_a_misspelt_word_finds_the_word_that_was_meant(tmp_path: Path) -> None:
    rows = [{"text": "le secrétariat du service"}, {"text": "le budget"}]
    write_lexical(tmp_path / "lexical", enumerate(rows))
    lexical = LexicalIndex(tmp_path / "lexical")
    assert int(np.argmax(lexical.scores(lexical.weights("secretarait")))) == 0
    assert set(lexical.weights("brontosaure")) == {"brontosaur"}


def test_coverage_is_the_share_of_the_weight_held(lexical: LexicalIndex) -> None:
    weights = {"accueil": 1.0, "budget": 1.0}
    shares = lexical.coverage(np.array([0, 1, 2]), weights)
    accueil, budget = lexical.idf("accueil"), lexical.idf("budget")
    assert shares == pytest.approx([accueil / (accueil + budget), 1.0, budget / (accueil + budget)])


def rows_of(texts: list[str], first: int = 0) -> list[tuple[int, dict[str, str]]]:
    return [(row, {"text": text}) for row, text in enumerate(texts, start=first)]


TEXTS = [f"le service numéro {number} reçoit le public du département" for number in range(30)]


def test_what_is_added_stands_in_a_segment_of_its_own(tmp_path: Path) -> None:
    write_lexical(tmp_path / "old", rows_of(TEXTS))
    files = {file.name: file.read_bytes() for file in tmp_path.glob("old/*/*")}
    begin, removed = keep_segments(tmp_path / "old", tmp_path / "new", 32)
    assert (begin, removed) == (30, [])
    write_lexical(tmp_path / "new", rows_of(["la halte de nuit", "la halte du public"], first=30))
    lexical = LexicalIndex(tmp_path / "new")
    assert lexical.size == lexical.passages == 32
    scores = lexical.scores({"halt": 1.0, "public": 1.0})
    assert int(np.argmax(scores)) == 31
    assert lexical.idf("public") == pytest.approx(math.log(1 + (32 - 31 + 0.5) / (31 + 0.5)))
    whole = lexical.coverage(np.array([0, 30, 31]), {"halt": 1.0, "public": 1.0})
    assert whole[2] == pytest.approx(1.0)
    assert 0 < whole[0] < whole[1] < 1
    assert files == {file.name: file.read_bytes() for file in tmp_path.glob("old/*/*")}


def test_small_segments_are_written_again_with_what_comes_after(tmp_path: Path) -> None:
    write_lexical(tmp_path / "0", rows_of(TEXTS))
    for turn in range(12):
        begin, _ = keep_segments(tmp_path / f"{turn}", tmp_path / f"{turn + 1}", 31 + turn)
        added = rows_of([f"ajout {row}" for row in range(begin, 31 + turn)], first=begin)
        write_lexical(tmp_path / f"{turn + 1}", added)
    lexical = LexicalIndex(tmp_path / "12")
    assert lexical.passages == 42
    assert len(list((tmp_path / "12").glob("*/segment.json"))) <= 5
    assert np.count_nonzero(lexical.scores({"ajout": 1.0})) == 12


def test_rows_taken_out_are_found_no_more(tmp_path: Path) -> None:
    write_lexical(tmp_path / "old", rows_of(TEXTS))
    begin, _ = keep_segments(tmp_path / "old", tmp_path / "new", 30)
    write_lexical(tmp_path / "new", (), [3, 7])
    lexical = LexicalIndex(tmp_path / "new")
    assert begin == lexical.size == 30
    assert lexical.passages == 28
    assert np.flatnonzero(lexical.scores({"public": 1.0}) == 0).tolist() == [3, 7]
    assert keep_segments(tmp_path / "new", tmp_path / "newer", 31) == (30, [3, 7])
