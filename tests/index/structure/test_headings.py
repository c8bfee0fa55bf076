import pytest

from index.loading.text import read_text
from index.structure import BlockKind, is_label, read_structure, section_title

PROSE = (
    "Le temps que les équipes passent à remplir des tableaux a doublé en dix ans, et personne ne\n"
    "l’avait encore mesuré. Le comité l’a fait dans douze services, avec les professionnelles.\n"
)


def headings(text: str) -> list[str]:
    blocks = read_structure(read_text("rapport.txt", text)).blocks
    return [section_title(text[b.start : b.end]) for b in blocks if b.kind is BlockKind.HEADING]


def levels(text: str) -> list[int]:
    blocks = read_structure(read_text("rapport.txt", text)).blocks
    return [b.level for b in blocks if b.kind is BlockKind.HEADING]


def test_numbered_headings_make_a_tree() -> None:
    text = f"\n\nII - Les chantiers\n\n{PROSE}\n1. Le temps\n\n{PROSE}\n1.1. La saisie\n\n{PROSE}"
    assert headings(text) == ["II - Les chantiers", "1. Le temps", "1.1. La saisie"]
    assert levels(text) == sorted(levels(text))
    assert len(set(levels(text))) == 3


def test_a_heading_wraps_over_lines() -> None:
    title = "2. Sortir le travail social de certaines \nimpasses, par des approches plus \ncollectives"
    text = f"{PROSE}\n{title}\n\n{PROSE}"
    assert headings(text) == [
        "2. Sortir le travail social de certaines impasses, par des approches plus collectives"
    ]


def test_stretched_spaces_are_drawn_in() -> None:
    text = (
        f"{PROSE}\n3. Revalorisation     des       salaires  \net  amélioration  des   conditions\n\n{PROSE}"
    )
    assert headings(text) == ["3. Revalorisation des salaires et amélioration des conditions"]


def test_a_heading_that_its_text_follows_without_a_blank_line() -> None:
    title = " l - De l’attrait des métiers à l’attrait des services "
    text = f"{PROSE.rstrip()}\n{title}\nEn somme, {PROSE.lower()}{PROSE}"
    assert headings(text) == ["I - De l’attrait des métiers à l’attrait des services"]


def test_a_title_page_and_its_chapter_give_the_title_twice() -> None:
    text = f"{PROSE}\n II. Les chantiers \nde la mission\n II - Les chantiers de la mission\n\n{PROSE}"
    assert headings(text) == ["II. Les chantiers de la mission", "II - Les chantiers de la mission"]


def test_a_fiche_is_named_by_the_line_under_its_label() -> None:
    text = f"{PROSE.rstrip()}\n Fiche mesure 6 \n\nAccès aux droits \nDans tous les services \n \n{PROSE}"
    assert headings(text)[0] == "Fiche mesure 6"
    assert "Accès aux droits" in headings(text)[1]
    assert is_label("Fiche mesure 6")
    assert not is_label("Fiche mesure 6 : Accès aux droits")


def test_a_title_that_blank_lines_cut_is_one() -> None:
    title = "Formation au développement \ndu pouvoir d’agir \n\net des collectivités (DPA)"
    text = f"{PROSE}\n Fiche d’illustration 3 \n\n{title}\n\n{PROSE}"
    assert headings(text)[1] == "Formation au développement du pouvoir d’agir et des collectivités (DPA)"


def test_capitals_are_a_heading_and_a_roman_section_too() -> None:
    text = f"{PROSE}\nLES CONDITIONS DE RÉUSSITE\n\n{PROSE}\nII/ Une responsabilité partagée\n\n{PROSE}"
    assert headings(text) == ["LES CONDITIONS DE RÉUSSITE", "II/ Une responsabilité partagée"]


def test_titles_of_a_form_stand_apart_from_the_title_before_them() -> None:
    fiche = "Fiche d’illustration {n} \n\nLe projet {n} \nObjectifs de l’action \n\n" + PROSE + "\n"
    text = "".join(fiche.format(n=n) for n in range(1, 6))
    assert headings(text).count("Objectifs de l’action") == 5
    assert not any("projet" in title and "Objectifs" in title for title in headings(text))


@pytest.mark.parametrize(
    "line",
    [
        "Camille Durand ; c.durand@exemple.fr ; 03 89 00 00 00",
        "Aides à domicile et aides ménagères 95%",
        "Page 2/3",
        "https://exemple.fr/rapport",
        "1) Une définition partagée.",
        " Un poste de plus",
    ],
)
def test_what_is_no_heading(line: str) -> None:
    assert headings(f"{PROSE}\n{line}\n\n{PROSE}") == []


def test_the_rows_of_a_flattened_table_are_no_headings() -> None:
    rows = "\n\n".join(["Métiers", "Aides à domicile", "Éducateurs", "Moniteurs", "Ensemble"])
    assert headings(f"{PROSE}\n{rows}\n\n{PROSE}") == []


def test_a_line_whose_sentence_goes_on_after_a_blank_line_is_no_heading() -> None:
    assert (
        headings(f"{PROSE}\nLa fédération est reconnue d’utilité publique\n\npar décret de 1982.\n\n{PROSE}")
        == []
    )


def test_double_spaced_lines_make_paragraphs() -> None:
    lines = [f"La ligne {n} du texte va jusqu’au bord et la phrase se poursuit" for n in range(24)]
    blocks = read_structure(read_text("r.txt", "\n\n".join(lines) + ".\n")).blocks
    assert [b.kind for b in blocks] == [BlockKind.PARAGRAPH]


def test_markdown_headings_keep_their_depth() -> None:
    from dataclasses import replace

    document = replace(read_text("f.md", "# Un\n\nTexte.\n## Deux\nTexte.\n"), markup="markdown")
    blocks = read_structure(document).blocks
    assert [b.level for b in blocks if b.kind is BlockKind.HEADING] == [1, 3]
