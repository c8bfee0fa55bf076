"""The plain routes beside Gradio, asked as the page's script asks them."""

from urllib.parse import unquote

import httpx
import pytest

from assistant.chat import build_app
from assistant.chat.operating import LEAST_PASSWORD, OPERATOR_VARIABLE
from index.errors import UsageError
from index.library import Library
from tests.assistant.chat.conftest import Server


def test_a_page_is_read_with_its_quote(chat: Server, chat_library: Library) -> None:
    document = chat_library.document("permanences-mobiles")
    assert document is not None
    start = document.text.index("Une permanence mobile")
    response = httpx.get(f"{chat.url}/read/permanences-mobiles?quotes={start}-{start + 22}")
    assert response.status_code == 200
    assert "<mark>Une permanence mobile </mark>" in response.text
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "query", ["quotes=5-999999999", "quotes=x", "sheet=99999", "sheet=-1", "also=zz:1-2&also=:"]
)
def test_an_address_that_makes_no_sense_still_opens_the_document(chat: Server, query: str) -> None:
    response = httpx.get(f"{chat.url}/read/permanences-mobiles?{query}")
    assert response.status_code == 200
    assert "Les permanences mobiles" in response.text
    assert "<mark>" not in response.text


@pytest.mark.parametrize("path", ["/read/inconnu", "/read/..%2f..%2fetc%2fpasswd", "/read/%00"])
def test_a_document_that_is_not_there_is_told(chat: Server, path: str) -> None:
    assert httpx.get(chat.url + path).status_code == 404
    assert "plus dans la bibliothèque" in httpx.get(chat.url + "/read/inconnu").text


def test_the_documents_are_listed_with_what_is_known_of_them(chat: Server) -> None:
    text = httpx.get(chat.url + "/documents").text
    assert "2 documents" in text
    assert "Les permanences mobiles" in text
    assert "1er mars 2026" in text
    assert "data-remove" not in text


def test_the_library_is_searched_without_a_question(chat: Server) -> None:
    text = httpx.post(chat.url + "/search", json={"query": "guichets"}).text
    assert "loin des <mark>guichets</mark>." in text
    assert unquote(text).count("/read/permanences-mobiles?quotes=") >= 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"query": ""}', b'{"query": null}'])
def test_a_search_for_nothing_is_refused_in_french(chat: Server, body: bytes) -> None:
    response = httpx.post(chat.url + "/search", content=body)
    assert response.status_code in (200, 400)
    assert "Traceback" not in response.text


def test_what_is_searched_is_never_in_an_address(chat: Server) -> None:
    assert httpx.get(chat.url + "/search?query=guichets").status_code in (404, 405)


def test_who_says_what_names_each_organisation(chat: Server) -> None:
    text = httpx.post(chat.url + "/voices", json={"query": "logiciel Zéphyrin"}).text
    assert "organisation" in text
    assert "<script" not in text


def test_an_operator_needs_a_password_that_is_one(
    chat: Server, chat_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert httpx.post(chat.url + "/operator/library", json={}).status_code == 404
    monkeypatch.setenv(OPERATOR_VARIABLE, "court")
    with pytest.raises(UsageError, match=str(LEAST_PASSWORD)):
        build_app(chat_library)
