"""Language models over a real HTTP server: what they say, and each way in which they fail."""

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.config import LanguageModel, language_model
from index.errors import ModelFault, UsageError
from index.llm import BACK_OFF, PROVIDERS, Message, configured_model, reached
from tests.llm_server import LLMServer, Reply, running

ASKED = [Message("system", "Réponds."), Message("user", "Bonjour ?")]
FAULTS = {
    "réponse coupée": [
        Reply("Une réponse trop longue", finish="length"),
        Reply("Une réponse sans fin annoncée", finish=None),
        Reply("Une réponse que le réseau coupe", cut=2),
        Reply(raw=b'data: {"id": "x", "choices": []}\n\ndata: [DONE]\n\n'),
    ],
    "réponse illisible": [Reply(raw=b"\xff\xfe\x00 rien de lisible"), Reply(raw=b"<html>oups</html>")],
    "accès refusé": [Reply(status=401), Reply(status=403)],
    "modèle introuvable": [Reply(status=404)],
    "en panne": [Reply(status=400)],
    "délai dépassé": [Reply("Trop tard", hang=1.6)],
    "réponse sans fin": [Reply("bla " * 11_000, pieces=4_000)],
}


@pytest.fixture(scope="module")
def server() -> Iterator[LLMServer]:
    with running() as model:
        yield model


@pytest.fixture
def settings(server: LLMServer) -> LanguageModel:
    return LanguageModel("openai", "essai", server.url, "secret-key", silence=1)


@pytest.fixture
def ollama(server: LLMServer) -> LanguageModel:
    return LanguageModel("ollama", "essai", server.url.removesuffix("/v1"), silence=1, context=4_096)


@pytest.mark.parametrize("provider", ["settings", "ollama"])
def test_streams_a_reply(provider: str, server: LLMServer, request: pytest.FixtureRequest) -> None:
    model = reached(request.getfixturevalue(provider))
    server.plays(Reply("Bonjour à toutes et à tous [1]."))
    pieces = list(model.stream(ASKED))
    assert "".join(pieces) == "Bonjour à toutes et à tous [1]."
    assert len(pieces) > 3
    sent = server.requests[0]["messages"]
    assert [(one["role"], one["content"]) for one in sent] == [("system", "Réponds."), ("user", "Bonjour ?")]


def test_says_how_much_ollama_may_read(server: LLMServer, ollama: LanguageModel) -> None:
    server.plays(Reply("Oui."))
    reached(ollama).complete(ASKED)
    assert server.requests[0]["options"]["num_ctx"] == 4_096


def test_leaves_out_what_a_model_thinks_aloud(server: LLMServer, settings: LanguageModel) -> None:
    server.plays(Reply("<think>Voyons… [1] ?</think>\n\nOui [2]."))
    assert reached(settings).complete(ASKED).strip() == "Oui [2]."


@pytest.mark.parametrize(
    ("reason", "reply"), [(reason, reply) for reason, replies in FAULTS.items() for reply in replies]
)
def test_names_each_fault(reason: str, reply: Reply, server: LLMServer, settings: LanguageModel) -> None:
    server.plays(reply)
    with pytest.raises(ModelFault) as fault:
        reached(settings).complete(ASKED)
    assert fault.value.reason == reason
    assert "secret-key" not in str(fault.value)
    assert len(server.requests) == 1


def test_tries_again_when_the_server_is_overloaded(server: LLMServer, settings: LanguageModel) -> None:
    server.plays(Reply(status=503), Reply("Me voilà."))
    began = time.monotonic()
    assert reached(settings).complete(ASKED) == "Me voilà."
    assert time.monotonic() - began >= BACK_OFF[0]
    server.plays(Reply(status=429, headers=(("retry-after", "1"),)))
    with pytest.raises(ModelFault, match="429"):
        reached(settings).complete(ASKED)
    assert len(server.requests) == 1 + len(BACK_OFF)


def test_says_at_once_that_nothing_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    began = time.monotonic()
    with pytest.raises(ModelFault, match="TISSERAND_LLM_URL") as fault:
        reached(LanguageModel("ollama", "absent", f"http://127.0.0.1:{port}")).complete(ASKED)
    assert fault.value.reason == "serveur injoignable"
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("provider", ["settings", "ollama"])
def test_closing_the_stream_ends_the_call(
    provider: str, server: LLMServer, request: pytest.FixtureRequest
) -> None:
    server.plays(Reply("bla " * 2_000, pieces=4, pace=0.01))
    server.broken = server.sent = 0
    stream = reached(request.getfixturevalue(provider)).stream(ASKED)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    deadline = time.monotonic() + 3
    while not server.broken and time.monotonic() < deadline:
        time.sleep(0.02)
    assert server.broken == 1
    assert server.sent < 200


def test_nothing_is_traced(
    server: LLMServer, settings: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LangSmith would send each question to its host, were it told to by the environment."""
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    with running() as tracer:
        monkeypatch.setenv("LANGSMITH_ENDPOINT", tracer.url)
        monkeypatch.setenv("LANGSMITH_GATEWAY", tracer.url)
        monkeypatch.setenv("LANGSMITH_API_KEY", "x")
        server.plays(Reply("Oui."))
        assert reached(settings).complete(ASKED) == "Oui."
        time.sleep(0.5)
        assert tracer.heard == 0
    assert os.environ["LANGSMITH_TRACING"] == "false"


def test_no_proxy_stands_before_a_local_model(
    server: LLMServer, settings: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        server.plays(Reply("Oui."))
        assert reached(settings).complete(ASKED) == "Oui."
        assert proxy.heard == 0


@pytest.mark.parametrize(
    ("model", "url", "local"),
    [
        ("ollama:mistral-small", "", True),
        ("ollama:gpt-oss:120b-cloud", "", False),  # Ollama hands those over to its own machines
        ("openai:albert-large", "http://localhost:8000/v1", True),
        ("openai:albert-large", "http://[::1]:8000/v1", True),
        ("openai:albert-large", "https://albert.example.fr/v1", False),
        ("openai:gpt", "http://127.0.0.1.example.com/v1", False),
        ("openai:gpt", "http://192.168.1.20:8000/v1", False),
        ("openai:gpt", "", False),
        ("mistralai:mistral-small-latest", "", False),
        ("anthropic:claude-sonnet", "", False),
    ],
)
def test_knows_which_models_stand_on_this_machine(
    model: str, url: str, local: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("", model), ("_URL", url), ("_KEY", "key")):
        monkeypatch.setenv(f"TISSERAND_LLM{name}", value)
    found = configured_model()
    assert found is not None
    assert (found.local, found.name) == (local, model)


def test_the_key_of_a_provider_goes_to_no_other_host(
    server: LLMServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "provider-key")
    server.plays(Reply("Oui."))
    reached(LanguageModel("openai", "essai", server.url)).complete(ASKED)
    assert "provider-key" not in str(server.headers)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"TISSERAND_LLM": "mistral-small"}, "ollama:mistral-small"),
        ({"TISSERAND_LLM": "llamafile:x"}, "fournisseur inconnu « llamafile »"),
        ({"TISSERAND_LLM": "openai:x", "OPENAI_API_KEY": ""}, "TISSERAND_LLM_KEY ou OPENAI_API_KEY"),
        ({"TISSERAND_LLM": "openai:x", "TISSERAND_LLM_URL": "albert.fr"}, "TISSERAND_LLM_URL"),
        ({"TISSERAND_LLM": "openai:x", "TISSERAND_LLM_KEY": "sk-é"}, "TISSERAND_LLM_KEY"),
        ({"TISSERAND_LLM": "ollama:x", "TISSERAND_LLM_TIMEOUT": "vite"}, "TISSERAND_LLM_TIMEOUT"),
        ({"TISSERAND_LLM": "ollama:x", "TISSERAND_LLM_CONTEXT": "0"}, "TISSERAND_LLM_CONTEXT"),
    ],
)
def test_a_bad_setting_is_named(
    variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(UsageError) as error:
        configured_model()
    assert expected in str(error.value)


def test_a_missing_extra_gives_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.llm.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'tisserand\[mistral\]'"):
        reached(LanguageModel("mistralai", "mistral-small-latest", key="key"))


def test_no_model_unless_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TISSERAND_LLM", raising=False)
    monkeypatch.setenv("TISSERAND_LLM_URL", "http://localhost:8000/v1")
    assert language_model() is None
    assert configured_model() is None


def test_every_setting_is_documented() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
    for setting in ("", "_URL", "_KEY", "_TIMEOUT", "_CONTEXT"):
        assert f"| `TISSERAND_LLM{setting}` |" in text
    assert all(f"`{provider}`" in text and one.extra in text for provider, one in PROVIDERS.items())
