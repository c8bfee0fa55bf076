from assistant.chat.guard import guard_html, screened
from index.documents import Document

LIBRARY = [Document("d", "d.txt", "t", "", "", (0, 0), publisher="Fondation Jean Rivet")]


def test_a_question_without_a_person_goes_through() -> None:
    assert screened("Qu’est-ce que l’aller-vers ?", LIBRARY) is None


def test_the_organisations_of_the_library_are_no_persons() -> None:
    assert screened("Que dit la Fondation Jean Rivet de l’accueil ?", LIBRARY) is None


def test_each_detail_is_named_once_and_the_wording_offered_has_none() -> None:
    warned = screened(
        "Mme Karima Benali (06 12 34 56 78) et Mme Karima Benali refusent, que faire ?", LIBRARY
    )
    assert warned is not None
    assert "Benali" not in warned.offered
    html = guard_html(warned)
    assert "nom d’une personne" in html
    assert html.count("06 12 34 56 78") == 2  # in the list, and in the question sent as it is
    assert "<script" not in guard_html(screened("Mme <script> Karima Benali ?", LIBRARY) or warned)
