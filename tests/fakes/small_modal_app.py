"""A small app for the stand-in of Modal's cloud: `Images` answers in the way that the prompt asks for."""

import asyncio
import io
import os

import modal

app = modal.App("pentagram")


class OnlyHereError(Exception):
    """Of a type that exists nowhere but in the container."""


ERRORS = {"ValueError": ValueError, "TimeoutError": TimeoutError, "OSError": OSError, "OnlyHere": OnlyHereError}


def picture(order: dict) -> dict:
    from PIL import Image

    file = io.BytesIO()
    colour = (order["seed"] % 256, len(order["image"] or b"") % 256, 0)
    Image.new("RGB", (order["width"], order["height"]), colour).save(file, "webp", lossless=True)
    return {"file": file.getvalue(), "model": "small", "gpu": "NVIDIA L4", "gpu_seconds": 0.25}


@app.cls(timeout=60)
@modal.concurrent(max_inputs=20)
class Images:
    @modal.method()
    async def paint(self, order: dict) -> dict:
        """`sleep 2` paints after two seconds, `raise ValueError` raises, `die` ends the container; the others answer
        with what they are called, and any other prompt with a picture."""
        what, _, told = order["prompt"].partition(" ")
        if what == "die":
            os._exit(1)
        if what == "raise":
            raise ERRORS[told]("in the container")
        if what == "sleep":
            await asyncio.sleep(float(told))
        answers = {
            "sentence": {"failure": ["sentence", told]},
            "unavailable": {"failure": ["unavailable", told]},
            "configuration": {"failure": ["configuration", told]},
            "duplicate": {"duplicate_of": told},
            "garbage": {"file": b"no picture"},
        }
        return answers.get(what) or picture(order)


@app.function()
def healthcheck() -> dict:
    return {"ok": True}
