"""Training modules: from a theme, a timed plan, quotes, points of view and a quiz, each with its source."""

from assistant.modules.composing import build_module
from assistant.modules.module import Module, NotCovered
from assistant.modules.request import ModuleRequest, request_from

__all__ = ["Module", "ModuleRequest", "NotCovered", "build_module", "request_from"]
