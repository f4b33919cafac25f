"""Which engines paint here, which one if nobody chooses, and why: decided from the settings alone, before anything
heavy is imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from services.errors import ConfigurationError, UserError
from services.platform.gpu import has_gpu
from services.settings import Settings
from services.studio.engines.apart import Apart, model_apart
from services.studio.engines.base import Engine
from services.studio.engines.modal import ModalEngine
from services.studio.engines.models import BY_ID, model_named
from services.studio.engines.painter import Painter
from services.studio.engines.painter.reading import Meaning

BY_SETTING = "the settings choose it."


@dataclass(frozen=True)
class Choice:
    engine: Engine
    why: str

    @property
    def sentence(self) -> str:
        """For everyone who paints: what does it, why, and what the licence keeps them from."""
        return " ".join(filter(None, [f"Painted by {self.engine.label}: {self.why}", self.engine.restricts]))


class Engines:
    """Those a person may choose among. The first one paints if they do not; each may step in for those before it."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self._choices = {choice.engine.name: choice for choice in choices}
        self.usual = choices[0].engine

    def __iter__(self) -> Iterator[Engine]:
        return (choice.engine for choice in self._choices.values())

    def named(self, name: str | None) -> Engine:
        """The one of that name, the usual one for None."""
        if name is None:
            return self.usual
        if name not in self._choices:
            raise UserError(f"Nothing called {name} paints here. Choose one of: {', '.join(self._choices)}.")
        return self._choices[name].engine

    @property
    def names(self) -> list[str]:
        return list(self._choices)

    def able(self, name: str, *, others: bool) -> list[Engine]:
        """Who may paint what was asked of this one, it first; the usual one if it paints here no more."""
        if name not in self._choices:
            return list(self) if others else []
        engine = self._choices[name].engine
        return [engine, *(self.after(engine) if others else [])]

    def choice(self, name: str) -> Choice:
        return self._choices[self.named(name).name]

    def after(self, engine: Engine) -> list[Engine]:
        """Who may step in for it, the better one first."""
        names = list(self._choices)
        return [self._choices[name].engine for name in names[names.index(engine.name) + 1 :]]

    @property
    def at_once(self) -> int:
        """How many pictures are worth painting at a time, by whichever engine."""
        return max(engine.at_once for engine in self)

    def close(self) -> None:
        for engine in self:
            engine.close()


def engines_for(settings: Settings, *, gpu: Callable[[], bool] = has_gpu, meaning: Meaning | None = None) -> Engines:
    """`auto` prefers Modal where its tokens are set, then the configured model where there is a GPU. The painter is
    always there; with `meaning` it understands words that it has no table of."""
    wanted = settings.engine
    found = []
    if wanted == "modal" or (wanted == "auto" and settings.modal_token_id):
        found.append(Choice(_modal(settings), BY_SETTING if wanted == "modal" else "its tokens are configured."))
    if wanted == "diffusers" or (wanted == "auto" and settings.picture_model and gpu()):
        found.append(Choice(_local(settings), BY_SETTING if wanted == "diffusers" else HERE))
    return Engines([*found, Choice(Painter(meaning), _why_the_painter(settings))])


HERE = "it is configured, and this machine has a GPU."


def _why_the_painter(settings: Settings) -> str:
    if settings.engine == "painter":
        return BY_SETTING
    if settings.engine == "auto" and not settings.modal_token_id:
        if settings.picture_model is None:
            return "no model is configured."
        return f"this machine has no GPU for {model_named(settings.picture_model).title}."
    return "it needs no model and costs nothing."


def _modal(settings: Settings) -> ModalEngine:
    if settings.modal_model not in BY_ID:
        raise ConfigurationError(
            f"PENTAGRAM_MODAL_MODEL is {settings.modal_model!r}, which is no model of ours: take one of "
            f"{', '.join(BY_ID)}, the one that modal_backend.py was deployed with."
        )
    secret = settings.modal_token_secret
    return ModalEngine(
        BY_ID[settings.modal_model],
        app_name=settings.modal_app,
        token_id=settings.modal_token_id,
        token_secret=secret.get_secret_value() if secret else None,
        deadline_s=settings.modal_deadline_s,
    )


def _local(settings: Settings) -> Apart:
    if settings.picture_model is None:
        raise ConfigurationError(
            "PENTAGRAM_ENGINE is diffusers but PENTAGRAM_MODEL is not set: "
            f"set it to one of {', '.join(BY_ID)}, or to a folder in the layout of diffusers."
        )
    return model_apart(settings.picture_model, settings.picture_model_revision)
