"""Answers with passages: cited answers on the terminal and in chat."""
