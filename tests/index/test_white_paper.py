"""What is read in the white paper, against what people read in it: pages, speakers, headings."""

from pathlib import Path

import pytest

from index.chunking import chunk
from index.documents import Document, Passage
from index.loading import read_document
from index.sources import known_sources
from index.structure import BlockKind, read_structure, section_title

# Line of a page start: printed page. The first ten survive in the text.
PRINTED = {570: 17, 3655: 83, 3673: 84, 4785: 106, 6038: 137, 6519: 150, 7025: 159, 7092: 160, 7744: 173}
PRINTED |= {8586: 194}
# Established by reading from one of those to the next.
READ = {1: 5, 45: 6, 96: 7, 145: 8, 206: 9, 217: 10, 265: 11, 313: 12, 360: 13, 403: 14, 453: 15, 506: 16}
READ |= {630: 18, 2865: 67, 2971: 69, 3081: 71, 3188: 73, 3291: 75, 3434: 78, 3641: 82, 3728: 85, 3891: 88}
READ |= {4732: 105, 6141: 139, 6342: 145, 6407: 148, 6632: 152, 6905: 157, 7118: 161, 7395: 166, 7623: 170}
# Line where each contribution of annexe 4 begins: who speaks.
CONTRIBUTIONS = [
    (8735, "Départements de France"),
    (9002, "ANAS"),
    (9107, "ANCASD"),
    (9499, "CEDTS"),
    (10280, "CNAPE"),
    (11237, "Croix-Rouge française"),
    (11605, "FAS"),
    (11931, "CFDT Interco"),
    (12363, "France ESF"),
    (12505, "CEDTS"),
    (13293, "SUD Santé Sociaux"),
    (13490, "UNAFORIS"),
    (14557, "UNCCAS"),
    (14850, "UNIOPSS"),
]


@pytest.fixture(scope="module")
def white_paper(shared: Path) -> Document:
    sources = known_sources(Path(__file__).resolve().parents[2] / "corpus" / "sources.toml")
    return sources.identify(read_document(shared / "corpus" / "livre-blanc-hcts-2023.txt"))


@pytest.fixture(scope="module")
def passages(white_paper: Document) -> list[Passage]:
    return chunk(white_paper)


def line_of(document: Document, offset: int) -> int:
    return document.text.count("\n", 0, offset) + 1


def test_the_pages_given_are_right(white_paper: Document) -> None:
    starts = {line_of(white_paper, page.offset): page.printed for page in read_structure(white_paper).pages}
    offsets = {
        line: sum(map(len, white_paper.text.split("\n")[: line + 1])) + line for line in PRINTED | READ
    }
    structure = read_structure(white_paper)
    wrong = {
        line: (page, structure.printed_page(offsets[line]))
        for line, page in (PRINTED | READ).items()
        if structure.printed_page(offsets[line]) != page
    }
    assert wrong == {}
    assert sum(page is not None for page in starts.values()) >= 90


def test_every_passage_of_annexe_4_has_the_right_organisation(
    white_paper: Document, passages: list[Passage]
) -> None:
    checked = 0
    for passage in passages:
        first, last = (line_of(white_paper, place) for place in (passage.start, passage.end))
        if first < CONTRIBUTIONS[0][0]:
            assert passage.speaker == "HCTS"
            continue
        speaker = [name for line, name in CONTRIBUTIONS if line <= first][-1]
        assert passage.speaker == speaker
        assert [name for line, name in CONTRIBUTIONS if line <= last][-1] == speaker
        checked += 1
    assert checked > 250


def test_nothing_is_lost(white_paper: Document, passages: list[Passage]) -> None:
    covered = bytearray(len(white_paper.text))
    for passage in passages:
        covered[passage.start : passage.end] = b"1" * (passage.end - passage.start)
    for block in read_structure(white_paper).blocks:
        if block.kind is BlockKind.FURNITURE:
            covered[block.start : block.end] = b"1" * (block.end - block.start)
    lost = [char for char, seen in zip(white_paper.text, covered, strict=True) if not seen and char.strip()]
    assert "".join(lost) == ""


def test_the_heading_tree(white_paper: Document) -> None:
    blocks = [block for block in read_structure(white_paper).blocks if block.kind is BlockKind.HEADING]
    titles = [section_title(white_paper.text[block.start : block.end]) for block in blocks]
    assert [title for title in titles if title.startswith("Fiche mesure")] == [
        f"Fiche mesure {number}" for number in range(1, 16)
    ]
    assert titles.count("Fiche d’illustration 9") == 2
    assert "I - De l’attractivité des métiers à l’attractivité des organisations" in titles
    assert not any("@" in title or "http" in title for title in titles)


def test_a_passage_names_its_fiche_whole(passages: list[Passage]) -> None:
    sections = {passage.section[1] for passage in passages if passage.section[:1] == ("Fiches mesures",)}
    assert "Fiche mesure 6 : Accès aux droits" in sections
    assert len(sections) == 15
