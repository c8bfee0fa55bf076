"""Language models: the seam behind which one stands, and the one file that talks to LangChain's.

None is called unless ``TISSERAND_LLM`` names it (``index.config.language_model``). LangChain's
``init_chat_model`` is the way to each of them; what it leaves open is closed here: time-outs (its
default is none), retries, streams that end in the middle without an error, tracing, and proxies or
gateways that the environment would put between this machine and a model that runs on it.
"""

from __future__ import annotations

import ipaddress
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal, Protocol
from urllib.parse import urlsplit

from index.config import LLM_VARIABLE, LanguageModel, language_model
from index.errors import ModelFault, UsageError
from index.faults import fault_of, late, wait_before

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

REPLY_TOKENS = 1_000  # at most, for one reply
BACK_OFF = (0.5, 1.5)  # seconds before the second and the third try
_LONGEST_REPLY = 40_000  # characters, what a model thinks aloud included
_WHOLE = 3  # a whole reply may take this many times the longest silence
_COMPLETE = frozenset({"stop", "end_turn", "stop_sequence", "eos"})
_TOO_LONG = frozenset({"length", "max_tokens", "model_length"})
_TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")


@dataclass(frozen=True, slots=True)
class Message:
    """What one side says to a model."""

    role: Literal["system", "user", "assistant"]
    content: str


class ChatModel(Protocol):
    """A language model that answers messages.

    ``name`` is that of the setting; ``place`` the host that reads what is sent; ``local`` says that
    it is this machine; ``context`` is how many tokens it reads and writes at most.
    """

    name: str
    place: str
    local: bool
    context: int

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield the reply piece by piece; closing the iterator ends the call.

        Raises ``ModelFault`` when there is no whole reply, also after pieces of it.
        """

    def complete(self, messages: Sequence[Message]) -> str:
        """Return the whole reply. Raises ``ModelFault`` when there is none."""


@dataclass(frozen=True, slots=True)
class _Provider:
    """How LangChain reaches a provider: its package, ours that brings it, its host, its key."""

    package: str
    extra: str
    url: str
    key: str = ""


PROVIDERS = {
    "ollama": _Provider("langchain_ollama", "llm", "http://127.0.0.1:11434"),
    "openai": _Provider("langchain_openai", "llm", "https://api.openai.com/v1", "OPENAI_API_KEY"),
    "anthropic": _Provider(
        "langchain_anthropic", "anthropic", "https://api.anthropic.com", "ANTHROPIC_API_KEY"
    ),
    "mistralai": _Provider("langchain_mistralai", "mistral", "https://api.mistral.ai/v1", "MISTRAL_API_KEY"),
}


def configured_model() -> ChatModel | None:
    """Return the model that the settings name, ``None`` when they name none; nothing is called yet.

    Raises ``UsageError`` naming the setting when it cannot be used, with the way out.
    """
    chosen = language_model()
    return reached(chosen) if chosen else None


def reached(settings: LanguageModel) -> ChatModel:
    """Return a model, not called yet. Raises ``UsageError`` as ``configured_model`` does."""
    return _RemoteModel(settings)


class _RemoteModel:
    """A model reached over HTTP through LangChain."""

    def __init__(self, settings: LanguageModel) -> None:
        provider = PROVIDERS.get(settings.provider)
        if provider is None:
            raise UsageError(
                f"{LLM_VARIABLE} : fournisseur inconnu « {settings.provider} » ;"
                f" choix possibles : {', '.join(PROVIDERS)} (openai pour tout serveur compatible,"
                f" avec {LLM_VARIABLE}_URL)"
            )
        url = settings.url or provider.url
        host = urlsplit(url).hostname
        if urlsplit(url).scheme not in ("http", "https") or not host:
            raise UsageError(f"{LLM_VARIABLE}_URL doit être une adresse http:// ou https://, pas « {url} »")
        self.name = f"{settings.provider}:{settings.name}"
        self.place = host
        self.local = _loopback(host) and not settings.name.endswith(("-cloud", ":cloud"))
        self.context = settings.context
        self._settings = settings
        self._chat = _chat(settings, provider, url, host)

    def complete(self, messages: Sequence[Message]) -> str:
        """Return the whole reply, as ``ChatModel.complete`` says."""
        return "".join(self.stream(messages))

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield the reply, as ``ChatModel.stream`` says; tried again only before its first word."""
        deadline = time.monotonic() + _WHOLE * self._settings.silence
        for pause in (*BACK_OFF, None):
            spoken = False
            try:
                for text in _without_thoughts(self._pieces(messages, deadline)):
                    spoken = True
                    yield text
                return
            except ModelFault:
                raise
            except Exception as error:  # each provider's client raises its own kinds
                wait = wait_before(error, pause)
                if spoken or wait is None or time.monotonic() + wait > deadline:
                    raise fault_of(error, self._settings, self.place) from error
                time.sleep(wait)

    def _pieces(self, messages: Sequence[Message], deadline: float) -> Iterator[str]:
        """Yield what the model sends; raise when it ends otherwise than of itself."""
        ended, length = "", 0
        turns = [(message.role, message.content) for message in messages]
        with closing(self._chat.stream(turns)) as chunks:  # type: ignore[type-var]
            for chunk in chunks:
                said = chunk.response_metadata
                for key in ("finish_reason", "done_reason", "stop_reason"):
                    ended = said.get(key) or ended
                length += len(chunk.text)
                if length > _LONGEST_REPLY:
                    raise ModelFault(f"{self.name} n’en finit pas de répondre", "réponse sans fin")
                if time.monotonic() > deadline:
                    raise late(self._settings, self.place)
                if chunk.text:
                    yield chunk.text
        if ended in _TOO_LONG:
            raise ModelFault(
                f"{self.name} s’est arrêté avant la fin de sa réponse ({ended}) ; essayez un"
                f" {LLM_VARIABLE}_CONTEXT plus grand, s’il le permet",
                "réponse coupée",
            )
        if ended not in _COMPLETE:
            raise ModelFault(
                f"{self.name} n’a pas fini sa réponse ({ended or 'flux coupé'})", "réponse coupée"
            )


def _chat(settings: LanguageModel, provider: _Provider, url: str, host: str) -> BaseChatModel:
    """Return LangChain's client. Raises ``UsageError`` when its package or its key is missing."""
    if find_spec(provider.package) is None or find_spec("langchain") is None:
        raise UsageError(
            f"{LLM_VARIABLE}={settings.provider}:{settings.name} demande un complément :"
            f" pip install 'tisserand[{provider.extra}]'"
        )
    _keep_quiet(host)
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"base_url": url}
    if settings.provider == "ollama":
        options |= {
            "client_kwargs": {"timeout": settings.silence, "headers": _bearer(settings.key)},
            "num_ctx": settings.context,
            "num_predict": REPLY_TOKENS,
        }
    else:
        options |= {
            "api_key": _key(settings, provider),
            "timeout": settings.silence,
            "max_retries": 0,
            "max_tokens": REPLY_TOKENS,
        }
    if settings.provider == "openai":
        options |= {"stream_usage": False, "use_responses_api": False}
    if settings.url or settings.provider in ("ollama", "mistralai"):
        options["temperature"] = 0.0  # several of the newest remote models refuse any
    model: BaseChatModel = init_chat_model(settings.name, model_provider=settings.provider, **options)
    return model


def _key(settings: LanguageModel, provider: _Provider) -> str:
    """Return the key to send: a provider's own never goes to another address than its own."""
    own = "" if settings.url else os.environ.get(provider.key, "").strip()
    if not (settings.key or own or settings.url):
        raise UsageError(
            f"{LLM_VARIABLE}={settings.provider}:{settings.name} demande une clé ; mettez-la dans"
            f" {LLM_VARIABLE}_KEY ou {provider.key}"
        )
    key = settings.key or own or "aucune"
    if not key.isascii():
        raise UsageError(f"{LLM_VARIABLE}_KEY : une clé n’a ni accent ni guillemet courbe ; recopiez-la")
    return key


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"} if key else {}


def _keep_quiet(host: str) -> None:
    """Turn LangSmith's tracing off; let no proxy stand before a model of this machine."""
    from langsmith import utils

    for variable in _TRACING:
        os.environ[variable] = "false"
    utils.get_env_var.cache_clear()  # type: ignore[attr-defined]
    if _loopback(host):
        for variable in ("NO_PROXY", "no_proxy"):
            spared = os.environ.get(variable, "")
            os.environ[variable] = ",".join(dict.fromkeys([*filter(None, spared.split(",")), host]))


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _without_thoughts(pieces: Iterator[str]) -> Iterator[str]:
    """Yield a reply without the thoughts that some models write first, between ``<think>`` tags."""
    opening = ""
    for piece in pieces:
        opening += piece
        start = opening.lstrip()
        if start.startswith("<think>"):
            if "</think>" in start:
                yield start.partition("</think>")[2]
                yield from pieces
                return
        elif start and not "<think>".startswith(start):
            yield opening
            yield from pieces
            return
    if not opening.lstrip().startswith("<think>"):
        yield opening
