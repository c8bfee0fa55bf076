from dataclasses import replace

from index.documents import Document, PageStart, Part
from index.loading.text import read_text
from index.structure import Structure, read_structure

HEADER = "Rapport de la mission paperasse - 2024"


def dump(text: str) -> Document:
    return read_text("rapport.txt", text)


def read(text: str) -> Structure:
    return read_structure(dump(text))


def page(topic: str, lines: int = 30) -> str:
    """A page of text: full lines, the last one ended by a full stop."""
    body = [
        f"{topic}, ligne {line} : le temps passé à remplir des tableaux n’est plus" for line in range(lines)
    ]
    return "\n".join([*body, f"compté par personne, et {topic} s’arrête là."])


def numbered(number: int, text: str) -> str:
    """A page whose number and running header survived."""
    return f" \n\n{number} \n{HEADER} \n\n{text}"


def joined(*pages: str) -> str:
    """Pages as a dump joins them: one space at the start of the next, after a line with text."""
    return "\n ".join(pages) + "\n"


def printed(text: str) -> list[int | None]:
    return [start.printed for start in read(text).pages]


def test_a_page_starts_at_a_line_indented_by_one_space_after_a_full_line() -> None:
    text = joined(page("un"), page("deux"), page("trois"))
    starts = read(text).pages
    assert [text[start.offset :].split()[0] for start in starts] == ["un,", "deux,", "trois,"]
    assert [start.number for start in starts] == [1, 2, 3]
    assert printed(text) == [None, None, None]


def test_a_dropped_bullet_starts_no_page() -> None:
    items = "Elle demande :\n\n Un poste de plus\n\n Un local neuf\n Une ligne directe\n Un véhicule\n"
    assert len(read(page("un") + "\n" + items + page("suite")).pages) <= 1


def test_a_page_that_begins_with_an_item_is_found() -> None:
    text = joined(
        page("un"),
        " Une demande de plus, que le comité a faite\nà chacun de ses partenaires.\n" + page("deux"),
    )
    assert len(read(text).pages) == 2


def test_pages_between_two_numbers_are_counted() -> None:
    text = joined(
        *(numbered(n, page(f"p{n}")) if n in (12, 15, 16) else page(f"p{n}") for n in range(12, 17))
    )
    assert printed(text) == [12, 13, 14, 15, 16]
    assert read(text).printed_page(text.index("p14, ligne 3")) == 14


def test_pages_run_on_from_the_last_number() -> None:
    text = joined(
        *(numbered(n, page(f"p{n}")) if n in (12, 13, 14) else page(f"p{n}") for n in range(11, 17))
    )
    assert printed(text) == [11, 12, 13, 14, 15, 16]


def test_no_number_where_a_page_is_lost() -> None:
    kept = [
        numbered(12, page("p12")),
        page("p13"),
        page("p14"),
        numbered(17, page("p17")),
        numbered(18, page("p18")),
    ]
    assert printed(joined(*kept)) == [12, None, None, 17, 18]


def test_a_lost_title_page_is_allowed_for() -> None:
    chapter = "II - Les chantiers de la mission \n \n" + page("p15")
    kept = [
        numbered(12, page("p12")),
        page("p13"),
        chapter,
        page("p16"),
        numbered(17, page("p17")),
        numbered(18, page("p18")),
    ]
    assert printed(joined(*kept)) == [12, 13, 15, 16, 17, 18]


def test_a_title_page_that_is_there_counts() -> None:
    chapter = ["II. Les chantiers \nde la mission ", "II - Les chantiers de la mission \n \n" + page("p15")]
    kept = [
        numbered(12, page("p12")),
        page("p13"),
        *chapter,
        numbered(16, page("p16")),
        numbered(17, page("p17")),
    ]
    assert printed(joined(*kept)) == [12, 13, 14, 15, 16, 17]


def test_a_part_known_to_open_without_its_title_hints_at_a_lost_page() -> None:
    opening = "Ce rapport résonne comme une alerte, car jamais autant de temps n’a été perdu \n" + page("p15")
    text = joined(
        numbered(12, page("p12")), page("p13"), opening, numbered(16, page("p16")), numbered(17, page("p17"))
    )
    part = Part(text.rfind("\n", 0, text.index("Ce rapport")) + 1, len(text), "Conclusion")
    pages = read_structure(replace(dump(text), parts=(part,))).pages
    assert [start.printed for start in pages] == [12, 13, 15, 16, 17]


def test_form_feeds_begin_pages_and_numbers_at_the_foot_are_theirs() -> None:
    foot = "\n\n{number}\n" + HEADER + "\n"
    text = "\f".join(page(f"p{n}") + foot.format(number=n) for n in (7, 8, 9))
    starts = read(text).pages
    assert [text[start.offset :].split(",")[0] for start in starts] == ["p7", "p8", "p9"]
    assert [start.printed for start in starts] == [7, 8, 9]


def test_form_feeds_and_numbers_at_the_head() -> None:
    text = "\f".join(f"{n}\n{HEADER}\n\n" + page(f"p{n}") for n in (7, 8, 9))
    assert printed(text) == [7, 8, 9]


def test_pages_that_the_format_gives_are_taken() -> None:
    text = page("un") + "\n" + page("deux")
    pages = (PageStart(0, 1, 3), PageStart(text.index("deux"), 2, 4))
    assert read_structure(replace(dump(text), pages=pages)).pages == pages


def test_lone_numbers_in_a_row_are_furniture() -> None:
    text = "\n\n".join(f"{page(f'p{n}')}\n\n \n{n}\n" for n in (1, 2, 3, 4))
    from index.chunking import chunk

    assert not any(passage.prose.split()[-1:] == ["2"] for passage in chunk(dump(text)))
    assert printed(text) in ([], [None])
