"""The steps of reading a PDF, each on a few lines of our own."""

from collections import Counter

import pytest

from index.loading.pdf.columns import reading_order
from index.loading.pdf.furniture import take_out_furniture
from index.loading.pdf.hyphenation import join_lines
from index.loading.pdf.lines import Line, Row, Word, resolve_calls, rows_of
from index.loading.pdf.notes import split_notes


def row(text: str, y: float, *, x: float = 50, width: float = 400, size: float = 10) -> Row:
    return Row([Line(text, x, x + width, y, size, bold=False)])


def test_a_raised_figure_is_a_note_call_and_other_figures_are_not() -> None:
    words = [
        Word("résultat", 50, 90, 700, 10, False),
        Word("11", 90, 96, 704, 6, False, glued=True),
        Word("niveau", 100, 130, 700, 10, False),
        Word("6", 133, 138, 700, 10, False),
    ]
    (line,) = rows_of(words)[0].cells
    assert resolve_calls(line.text, {"11"}) == "résultat[^11] niveau 6"
    assert resolve_calls(line.text, ()) == "résultat11 niveau 6"


def test_words_of_one_baseline_far_apart_are_cells() -> None:
    words = [Word("Mois", 50, 80, 700, 10, False), Word("Part", 200, 230, 700, 10, False)]
    assert [cell.text for cell in rows_of(words)[0].cells] == ["Mois", "Part"]


@pytest.mark.parametrize(
    ("lines", "known", "expected"),
    [
        (["la psycho-", "logie"], {}, "la psychologie"),
        (["les non-", "diplômés"], {}, "les non-diplômés"),
        (["les socio-", "éducatifs"], {"socio-éducatifs": 2}, "les socio-éducatifs"),
        (["les médico-", "sociaux"], {"médicosociaux": 1}, "les médicosociaux"),
        (["en Seine-", "Maritime"], {}, "en Seine-Maritime"),
        (["y a-t-", "il"], {}, "y a-t-il"),
        (["quasi-", "ment"], {}, "quasiment"),
        (["de 2019-", "2023"], {}, "de 2019- 2023"),
        (["l’accueil -", "sans condition"], {}, "l’accueil - sans condition"),
    ],
)
def test_hyphens_at_line_ends(lines: list[str], known: dict[str, int], expected: str) -> None:
    assert join_lines(lines, Counter(known)) == expected


def pages_of(numbers: list[str], header: str = "Avis du comité") -> list[list[Row]]:
    return [
        [row(header, 800), *(row(f"{letter} {'dit ' * k}", 700 - 20 * k) for k in range(8)), row(number, 30)]
        for letter, number in zip("abcdefghij", numbers, strict=False)
    ]


def test_numbers_that_rise_with_the_pages_are_theirs() -> None:
    pages = pages_of(["7", "8", "9", "10", "11", "12"])
    assert take_out_furniture(pages, 10) == [7, 8, 9, 10, 11, 12]
    assert [len(rows) for rows in pages] == [8] * 6


def test_a_number_that_misses_is_filled_between_two_that_agree_only() -> None:
    pages = pages_of(["7", "suite", "9", "10", "11", "annexe"])
    assert take_out_furniture(pages, 10) == [7, 8, 9, 10, 11, None]


def test_numbering_that_starts_again_leaves_no_wrong_page() -> None:
    pages = pages_of(["41", "42", "43", "plan", "1", "2", "3"])
    assert take_out_furniture(pages, 10) == [41, 42, 43, None, 1, 2, 3]


def test_a_year_at_the_foot_of_each_page_is_no_page_number() -> None:
    assert take_out_furniture(pages_of(["2023"] * 6), 10) == [None] * 6


def test_fiches_of_one_page_do_not_number_the_pages() -> None:
    pages = pages_of([f"Fiche mesure {n}" for n in range(1, 7)])
    assert take_out_furniture(pages, 10) == [None] * 6
    assert all(any("Fiche mesure" in kept.text for kept in rows) for rows in pages)


def test_a_table_is_no_pair_of_columns() -> None:
    rows = [
        Row(
            [Line("Janvier", 50, 90, 700 - 20 * k, 10, False), Line("118", 300, 320, 700 - 20 * k, 10, False)]
        )
        for k in range(8)
    ]
    rows.insert(0, row("Une ligne qui prend toute la largeur de la page, comme du texte", 720))
    assert len(reading_order(rows)) == 1


def column(letter: str, x: float) -> list[Word]:
    """Return eight lines of two words that fill a column of 200 points, in the order of the file."""
    lines = [(f"{letter}{number}", 700 - 13 * number) for number in range(8)]
    first = [Word(f"{name}un", x, x + 95, y, 11, bold=False, opens_line=True) for name, y in lines]
    second = [Word(f"{name}deux", x + 98, x + 200, y, 11, bold=False) for name, y in lines]
    return [word for pair in zip(first, second, strict=True) for word in pair]


def test_columns_may_stand_as_near_as_two_words() -> None:
    rows = rows_of([*column("g", 50), *column("d", 261)])
    flows = reading_order(rows)
    assert [row.text for flow in flows for row in flow][7:9] == ["g7un g7deux", "d0un d0deux"]


def test_small_type_at_the_foot_is_notes_only_after_a_number() -> None:
    body = [row("Un texte ordinaire.", 700 - 20 * k) for k in range(5)]
    caption = [row("Source : enquête du comité, 2023.", 100, size=7)]
    assert split_notes([*body, *caption], 10, "") == ([*body, *caption], [])
    notes = [row("12 Voir plus haut,", 100, size=7), row("page 3.", 90, size=7), row("13 Ibid.", 80, size=7)]
    kept, found = split_notes([*body, *notes], 10, "11")
    assert kept == body
    assert [(note.label, note.lines) for note in found] == [
        ("12", ["Voir plus haut,", "page 3."]),
        ("13", ["Ibid."]),
    ]
