"""Verification: whether a sentence says only what the passages it cites say."""

from assistant.verification.quotes import quoted_in
from assistant.verification.verdict import Reason, Verdict
from assistant.verification.verifying import is_borne_out, verify

__all__ = ["Reason", "Verdict", "is_borne_out", "quoted_in", "verify"]
