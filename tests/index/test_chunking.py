import time
from itertools import pairwise
from pathlib import Path

import pytest

from index.chunking import PASSAGE_CHARACTERS, chunk
from index.documents import Document
from index.glossary import find
from index.loading import read_document

LONG = "Les équipes mobiles rencontrent les habitants sur les places du quartier. " * 80
DUMP_PAGE = "\n".join(
    f"Cette ligne numéro {line} remplit la page du rapport jusqu’à son bord droit" for line in range(30)
)


def document(tmp_path: Path, text: str, name: str = "rapport.txt") -> Document:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def assert_exact(document: Document) -> None:
    for passage in chunk(document):
        assert document.text[passage.start : passage.end] == passage.text


def test_offsets_point_back_exactly(tmp_path: Path, library_folder: Path) -> None:
    assert_exact(document(tmp_path, LONG))
    assert_exact(read_document(library_folder / "aller-vers.md"))
    assert_exact(read_document(library_folder / "rapport-paperasse.txt"))


def test_offsets_on_the_real_corpus(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        assert_exact(read_document(path))


def test_passages_are_short_and_cover_everything(tmp_path: Path) -> None:
    read = document(tmp_path, LONG)
    passages = chunk(read)
    assert all(len(passage.prose) <= PASSAGE_CHARACTERS for passage in passages)
    assert passages[0].start == 0
    for before, after in pairwise(passages):
        assert before.start < after.start < before.end < after.end
    assert passages[-1].end == len(read.text.rstrip())


def test_a_text_without_a_blank_is_cut_all_the_same(tmp_path: Path) -> None:
    passages = chunk(document(tmp_path, "a" * 10_000))
    assert all(len(passage.text) <= PASSAGE_CHARACTERS for passage in passages)
    assert "".join(passage.text for passage in passages).count("a") >= 10_000


def test_sections_are_named(library_folder: Path) -> None:
    passages = chunk(read_document(library_folder / "rapport-paperasse.txt"))
    assert passages[-1].section[-1] in ("1. Le constat", "2. Les recommandations")


def test_ids_do_not_change_when_another_part_does(tmp_path: Path) -> None:
    first = "Premier titre\n\n# Un\n\n" + LONG
    before = {passage.passage_id for passage in chunk(document(tmp_path, first, "a.md"))}
    after = {
        passage.passage_id for passage in chunk(document(tmp_path, first + "\n\n# Deux\n\nAjout.", "a.md"))
    }
    assert len(before & after) >= len(before) - 1


def test_repeated_text_gets_ids_of_its_own(tmp_path: Path) -> None:
    part = "# Partie\n\n" + "Le même texte revient mot pour mot dans les deux parties. " * 15 + "\n\n"
    ids = [passage.passage_id for passage in chunk(document(tmp_path, part + part, "a.md"))]
    assert len(ids) == len(set(ids)) > 1


@pytest.fixture
def dump(tmp_path: Path) -> Document:
    note = " " * 60 + "\n1 Cette note de bas de page renvoie à une audition tenue en février 2023."
    before = f"{DUMP_PAGE}\nla phrase commencée en bas de la page continue \n"
    after = f" au sommet de la suivante sans coupure.\n{DUMP_PAGE}\n"
    return document(tmp_path, f"{before}{note}\n{after}")


def test_a_footnote_stands_aside(dump: Document) -> None:
    passages = chunk(dump)
    assert any(passage.section[-1:] == ("Notes",) and "audition" in passage.text for passage in passages)
    body = [passage for passage in passages if passage.section[-1:] != ("Notes",)]
    assert not any("audition" in passage.prose for passage in body)
    joined = " ".join(" ".join(passage.prose.split()) for passage in body)
    assert "continue au sommet de la suivante" in joined


def test_a_running_header_and_page_number_stand_aside(tmp_path: Path) -> None:
    pages = "".join(f"{DUMP_PAGE}\n\n\n{page}\nRapport annuel de la mission\n\n" for page in (12, 13, 14, 15))
    assert not any("Rapport annuel" in passage.prose for passage in chunk(document(tmp_path, pages)))


ITEMS = "\n".join(f"- une mesure numéro {n}, que le comité demande à chacun des services ;" for n in range(8))


@pytest.mark.parametrize("before", range(1_000, 1_500, 60))
def test_a_list_stays_with_what_introduces_it(tmp_path: Path, before: int) -> None:
    lead = "Le comité demande aux services ce qui suit :"
    text = f"{LONG[:before].strip()}.\n\n{lead}\n\n{ITEMS}\n\n{LONG}"
    holding = [passage for passage in chunk(document(tmp_path, text)) if lead in passage.prose]
    assert any(ITEMS in passage.text for passage in holding)
    assert not any(passage.prose.rstrip().endswith(":") for passage in holding)


def test_the_first_items_of_a_long_list_stay_with_its_lead_in(tmp_path: Path) -> None:
    items = "\n".join(f"- {LONG[:200]} ({n})" for n in range(12))
    passages = chunk(document(tmp_path, f"{LONG[:1300]}\n\nLe comité demande :\n\n{items}\n"))
    leading = next(passage for passage in passages if "demande :" in passage.prose)
    assert leading.prose.index("demande :") < leading.prose.index("(0)") < leading.prose.index("(1)")


def test_a_chapter_starts_a_passage(tmp_path: Path) -> None:
    text = f"{LONG[:400]}\n\nII - Les chantiers\n\n{LONG[:400]}\n"
    assert any(passage.text.startswith("II - Les chantiers") for passage in chunk(document(tmp_path, text)))


def test_long_notes_are_cut_at_their_lines(tmp_path: Path) -> None:
    notes = "\n".join(f"[^{n}]: Note {n}. {LONG[:300]}" for n in range(12))
    passages = chunk(document(tmp_path, f"# Titre\n\nLe constat.\n\n{notes}\n", "a.md"))
    assert all(len(passage.text) <= PASSAGE_CHARACTERS for passage in passages)
    assert sum(passage.section[-1] == "Notes" for passage in passages) >= 3


def test_a_table_is_cut_between_its_rows(tmp_path: Path) -> None:
    rows = "\n".join(f"| Service {n} | Trois postes. Deux vacants. | 12 % |" for n in range(60))
    passages = chunk(
        document(tmp_path, f"# Titre\n\n| Nom | Postes | Part |\n|---|---|---|\n{rows}\n", "a.md")
    )
    assert len(passages) > 1
    assert all(passage.text.splitlines()[-1].endswith("|") for passage in passages)


@pytest.mark.parametrize(
    "line",
    [
        " " * 150_000 + "x",
        "." * 150_000 + "x",
        "A. " * 50_000,
        "[^" * 75_000,
        "| " * 75_000 + "x",
        "1 " * 75_000,
    ],
    ids=["blanks", "dots", "initials", "calls", "bars", "numbers"],
)
def test_no_line_makes_it_slow(tmp_path: Path, line: str) -> None:
    began = time.monotonic()
    for name in ("a.txt", "a.md"):
        read = document(tmp_path, f"Titre\n\n{line}\n\n# {line}\n\nFin.\n", name)
        assert chunk(read)
        find(read)
    assert time.monotonic() - began < 5
