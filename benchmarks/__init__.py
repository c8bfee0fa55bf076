"""Compares retrieval with LangChain's defaults; no part of the product."""
