from pathlib import Path

import pytest

from index.errors import UnreadableDocument
from index.loading import read_document

SENTENCE = "L’équipe accueille sans rendez-vous, à Besançon."


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_give_the_same_text(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, "note.txt", SENTENCE.encode(encoding))
    assert read_document(path).text == SENTENCE


def test_line_ends_are_made_uniform(tmp_path: Path) -> None:
    assert read_document(written(tmp_path, "a.txt", b"un\r\ndeux\rtrois\n")).text == "un\ndeux\ntrois\n"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("vide.txt", b"", "vide"),
        ("blanc.txt", b" \n\n ", "vide"),
        ("image.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00", "en réalité une image PNG"),
        ("nul.txt", b"un texte\x00avec un octet nul", "binaire"),
        ("abime.txt", "éàü été\nça".encode() + b"\xc3 fin", "UTF-8 abîmé, ligne 2"),
        ("son.txt", bytes(range(1, 32)) * 4, "binaire"),
        ("inconnu.txt", b"\xe9t\xe9 \x81\x8d", "encodage inconnu"),
        ("tableau.xls", b"rien", "format .xls non pris en charge"),
        ("fiche.md", b"---\ntitle: [a\n---\ntexte", "YAML invalide, ligne 3"),
        ("fiche.md", b"---\n- a\n---\ntexte", "YAML invalide"),
        ("fiche.md", b"---\nsources:\n  - title: a\n    page: douze\n---\ntexte", "nombres entiers"),
    ],
)
def test_unreadable_files_say_why(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        read_document(written(tmp_path, name, data))


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="illisible"):
        read_document(tmp_path / "absent.txt")


def test_a_fiche_keeps_its_front_matter_and_questions(library_folder: Path) -> None:
    fiche = read_document(library_folder / "aller-vers.md")
    assert (fiche.title, fiche.theme, fiche.date) == ("L’aller-vers", "accueil", "2026-11-21")
    assert fiche.references[0].page == 17
    assert fiche.field_questions[1] == "cest quoi aller vers"
    body = fiche.text[slice(*fiche.body)]
    assert "rejoindre les personnes" in body
    assert "publisher" not in body
    assert "jamais au bureau" not in body


def test_a_title_comes_from_the_first_line_or_the_name(tmp_path: Path) -> None:
    assert read_document(written(tmp_path, "a.txt", b"Un beau titre\n\ntexte")).title == "Un beau titre"
    assert (
        read_document(written(tmp_path, "note_de-service.txt", b"Bonjour,\ntexte")).title == "Note de service"
    )
