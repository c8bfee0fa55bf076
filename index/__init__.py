"""Finds passages: reads documents, cuts them into passages, searches them."""
