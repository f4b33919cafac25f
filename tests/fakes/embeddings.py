"""Stand in for the embedding model where a test is about something else: words in common make texts near."""

from __future__ import annotations

import base64
import hashlib
import io
import math
from pathlib import Path

import numpy as np
from PIL import Image

from services.discovery.embeddings import DIMENSIONS, About
from services.errors import Unavailable

INNOCENT = (
    "(F*|--{nK-0NwuO@d4~6@&f+w&lmgl^CKV~`04Bl^aJVj81OL_`{@Y@<p>88Ci2zP$Oi`y`T_(49vSEqAP2_i_U7#rBJAke{PPGP_vGR#0s9"
    "~i=n>iY=pNMw0t@AL5e4`d9R}PI2;ct-);Z$?`~Ca-CL06=0M#J?0|NsuI1b_j+YIpU;^H#e9tP+S0}%l7@Ywt6`w;;O6czft6YT&9>;~Tx_"
    "zDvU7aalT#u4TE1S9qb{SE}v2M_`2`Th6sM(YCi6#e%L-Wl&85%>QE^#IBQ3cvIK6cy(R|K=km`cK;l7#AQ5N*C@C_!aN-{u(I)%-iq%0R8M"
    "jC*Ir$EASK`_1EVu?hOGF1{Lq;{rMUj1sTXg5&G8e=@lap-2eyp1r!Do*6Q^b|JEJ^0QC$g=JE9a^XuXVA`2Pd0RR&N3MB>S`T_Fx3G(j^00"
    "tus3Ni*Q`3eBq_#p1-@B07<_A36@4)z@MH!ANN1Q*2lA20I&"
)
"""The middle of what the bundled model makes of a few innocent texts, in eight bits a number."""
TUNED_INNOCENT = (
    "=sg4oFf}69E55$y6!qB^-rn@+z!U!?%{lHc3AWrR3pD#X8u$G-@tiX)D&!6J68!ewvAZBq1<WxF@F?jB6W)pX1pyHF?)}dQ^V9+B2Z;I0?jRKW_qXo"
    "s_cYA$6~p#Y;uBc!4d((<Di90v*Cfy68}t1vWC9R6zSs={D)<mRb@b!ps?gmP*Vz32-|^uH!9401tS2Y!(+)fg)Bq^h7S<#Q(&!N#7*aku4hI|_z1K"
    "JlKqTkjPYMy>C>zYv=nm<@L-ptI9S_GD!ZiB$*9a=j5!Uz%3C{Ha;{?eL7A6BM!y_o*7`XEcL@4SP*%!<F*B{dHr`y=P^dZ_ZH=*bK2Z0J3DX+vd90"
    "%y}1iB9eA?+&u-51Ot2;$y4{rmzV{Q3G27a9ZvnJE598Y(mB2jop*9TW%zGbsGSFy=1-_ABH4=p`@$tg{pO1`P-&)g9INDmU&L*VEdmq$l*?Ou6L=B"
    "R(LJ3LWwYF(Lvj2;1H$_8AHx"
)
"""The same of the model as the gate tunes it."""


def unread(texts: list[str]) -> list[list[float]]:
    """All texts mean the same innocent thing, so that the gate goes by their words."""
    halves = [np.frombuffer(base64.b85decode(half), dtype=np.int8).astype(float) for half in (INNOCENT, TUNED_INNOCENT)]
    vector = np.concatenate([half / np.linalg.norm(half) for half in halves]).tolist()
    return [vector for _ in texts]


class WordVectors:
    model = "words in common"
    is_awake, is_waking = True, False

    def about(self) -> About:
        return About(self.model, "1", DIMENSIONS)

    def of(self, texts: list[str]) -> list[list[float]]:
        return [_vector(text) for text in texts]

    def of_pictures(self, files: list[bytes]) -> list[list[float]]:
        raise Unavailable("It reads words alone.")

    def tuned(self, texts: list[str], changes: Path) -> list[list[float]]:
        raise Unavailable("It cannot be changed.")

    def warm(self) -> None:
        """Always ready."""

    def close(self) -> None:
        """Nothing is held."""


class ColourVectors(WordVectors):
    """Stands in for a model of CLIP's kind: pictures are near the colour that is most in them, and so is its name."""

    model = "colours"
    names = ("red", "green", "blue")

    def about(self) -> About:
        return About(self.model, "1", len(self.names))

    def of(self, texts: list[str]) -> list[list[float]]:
        return [_unit([float(name in text.split()) for name in self.names]) for text in texts]

    def of_pictures(self, files: list[bytes]) -> list[list[float]]:
        return [
            _unit(list(Image.open(io.BytesIO(file)).convert("RGB").resize((1, 1)).getpixel((0, 0)))) for file in files
        ]


def _vector(text: str) -> list[float]:
    vector = [0.0] * DIMENSIONS
    vector[0] = 1.0
    for word in text.lower().split():
        vector[int(hashlib.sha256(word.encode()).hexdigest(), 16) % DIMENSIONS] += 2.0
    return _unit(vector)


def _unit(vector: list[float]) -> list[float]:
    length = math.hypot(*vector) or 1.0
    return [number / length for number in vector]
