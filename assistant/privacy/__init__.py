"""Identifying details of persons in a text, and a wording without them.

Names, numbers, addresses and dates of birth are pointed out before a question is kept or sent. The
names that a question of the field may hold (authors, organisations, laws, places) are no details.
"""

from assistant.privacy.detail import Detail, Kind
from assistant.privacy.detecting import details
from assistant.privacy.rewording import reworded

__all__ = ["Detail", "Kind", "details", "reworded"]
