"""Which writer helps here, decided from the settings alone."""

from __future__ import annotations

from services.errors import ConfigurationError
from services.platform.exchange import is_address
from services.settings import Settings
from services.writers.base import Writer
from services.writers.chat import DEADLINE_SECONDS, ChatWriter
from services.writers.grammar import GrammarWriter


def writer_for(settings: Settings, *, deadline_s: float = DEADLINE_SECONDS) -> Writer:
    """The configured model, else the built-in writer. Nothing is asked of the server yet. Where nobody waits at a page,
    give it a longer deadline."""
    url, model = settings.text_url, settings.text_model
    if url is None and model is None:
        return GrammarWriter()
    if url is None:
        raise ConfigurationError(
            "PENTAGRAM_TEXT_MODEL is set but PENTAGRAM_TEXT_URL is not: add the server's address, as in "
            "http://127.0.0.1:11434/v1 for Ollama, or remove PENTAGRAM_TEXT_MODEL for the built-in writer."
        )
    if model is None:
        raise ConfigurationError(
            "PENTAGRAM_TEXT_URL is set but PENTAGRAM_TEXT_MODEL is not: add the name under which that server has the "
            "model, as in llama3.1:8b, or remove PENTAGRAM_TEXT_URL for the built-in writer."
        )
    if not is_address(url):
        raise ConfigurationError(
            "PENTAGRAM_TEXT_URL must be an http:// or https:// address, as in http://127.0.0.1:11434/v1."
        )
    key = settings.text_key.get_secret_value() if settings.text_key else None
    if key is not None and not (key.isascii() and key.isprintable()):
        raise ConfigurationError("PENTAGRAM_TEXT_KEY has a character that no key has: copy it again.")
    return ChatWriter(url, model, key, deadline_s=deadline_s)
