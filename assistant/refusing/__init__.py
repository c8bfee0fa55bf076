"""Refusals that help: when the passages found do not answer, why, and who would know."""

from assistant.refusing.authorities import in_danger
from assistant.refusing.judging import Refusal, refused

__all__ = ["Refusal", "in_danger", "refused"]
