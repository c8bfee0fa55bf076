"""The chat in the browser: the only room that imports Gradio."""

from assistant.chat.serving import build_app, serve

__all__ = ["build_app", "serve"]
