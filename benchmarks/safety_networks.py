"""The networks of the safety classifier: some that see a text's vector as the model of language makes it, and one that
is learnt together with changes to the model's upper layers. What they say is averaged.

Each has units that see a vector and the concepts, and beside them the pieces of words as they are.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.nn.functional import cross_entropy, dropout

from services.discovery.minilm import LAYERS_BELOW, NARROW
from services.safety.learned import DIMENSIONS, PIECES

VECTOR = DIMENSIONS // 2
NETWORKS, UNITS = 3, 128
SCALES = (4.0, 2.0, 4.0)
"""Of the vector, the concepts and the pieces."""
TURNS, AT_ONCE, RATE, DECAY = 25, 256, 3e-3, 2e-2
LEFT_OUT, UNITS_LEFT_OUT, DOUBT = 0.1, 0.5, 0.05
TUNED_TURNS, TUNED_AT_ONCE, TUNED_RATE = 3, 48, 1e-3
NARROWNESS = 16
LIVELINESS = 2.0
"""By how much a change counts more than it learns."""
WARMING = 0.06
"""Of all steps, until the full rate."""
LONGEST_STEP = 1.0
READ_AT_ONCE = 128


@dataclass(frozen=True)
class Learnt:
    units: np.ndarray
    matrix: np.ndarray
    """As in `Weights`."""
    changes: Mapping[str, np.ndarray]


class Hidden:
    """What the model's lower layers make of texts, which stays as it is while the upper ones learn, and those."""

    def __init__(self, texts: Sequence[str], model: Any) -> None:
        self.layers_above: torch.nn.ModuleList = model[0].auto_model.encoder.layer[LAYERS_BELOW:]
        found = [np.empty((0, VECTOR), np.float16)] * len(texts)
        order = sorted(range(len(texts)), key=lambda at: (len(texts[at]), texts[at]))
        with torch.inference_mode():
            for some in _stretches(order, READ_AT_ONCE):
                hidden, there = below([texts[at] for at in some], model)
                for at, row, signs in zip(some, hidden, there, strict=True):
                    found[at] = row[signs.bool()].numpy().astype(np.float16)
        self._texts = found
        self.lengths = np.array([len(each) for each in found])

    def of(self, rows: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
        longest = max(self.lengths[rows])
        hidden, there = np.zeros((len(rows), longest, VECTOR), np.float32), np.zeros((len(rows), longest), np.float32)
        for place, row in enumerate(rows):
            hidden[place, : self.lengths[row]], there[place, : self.lengths[row]] = self._texts[row], 1
        return torch.from_numpy(hidden), torch.from_numpy(there)


def fit(hidden: Hidden, told: np.ndarray, wanted: np.ndarray, outcomes: int, rows: np.ndarray) -> Learnt:
    """Of `told` (vector as it is, concepts, pieces) and `hidden` the given rows are learnt."""
    networks = [_plain(told[rows], wanted[rows], outcomes, seed) for seed in range(NETWORKS)]
    tuned, changes = _tuned(hidden, told, wanted, outcomes, rows)
    parts = [(network, 0.5 / NETWORKS, False) for network in networks] + [(tuned, 0.5, True)]
    from_units = [matrix[:UNITS] * part for (_, matrix), part, _ in parts]
    from_pieces = np.sum([matrix[UNITS:] * part for (_, matrix), part, _ in parts], axis=0)
    units = [_seeing(seen, is_tuned) for (seen, _), _, is_tuned in parts]
    return Learnt(np.hstack(units), np.vstack([*from_units, from_pieces]), changes)


def _seeing(units: np.ndarray, is_tuned: bool) -> np.ndarray:
    """Of the two vectors one alone."""
    blind = np.zeros((VECTOR, units.shape[1]), units.dtype)
    return np.insert(units, 0 if is_tuned else VECTOR, blind, axis=0)


def below(texts: Sequence[str], model: Any) -> tuple[torch.Tensor, torch.Tensor]:
    """What the lower layers say of each sign of each text, and which signs are there."""
    bert = model[0].auto_model
    signs = model.tokenizer(
        list(texts), padding=True, truncation=True, max_length=model.max_seq_length, return_tensors="pt"
    )
    there = signs["attention_mask"]
    return through(bert.encoder.layer[:LAYERS_BELOW], bert.embeddings(signs["input_ids"]), there), there


def through(layers: Iterable[Any], hidden: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
    unseen = (1.0 - there[:, None, None, :].to(hidden.dtype)) * torch.finfo(hidden.dtype).min
    for layer in layers:
        hidden = layer(hidden, unseen)
    return hidden


def pooled(layers: torch.nn.ModuleList, hidden: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
    share = there[..., None].to(hidden.dtype)
    total = (through(layers, hidden, there) * share).sum(dim=1)
    return torch.nn.functional.normalize(total)


class Head(torch.nn.Module):
    """Units, and what follows from them and from pieces."""

    def __init__(self, dense: int, outcomes: int) -> None:
        super().__init__()
        self.units, self.out = torch.nn.Linear(dense, UNITS), torch.nn.Linear(UNITS, outcomes)
        self.pieces = torch.nn.Parameter(torch.zeros(PIECES, outcomes))

    def forward(self, dense: torch.Tensor, pieces: torch.Tensor) -> torch.Tensor:
        met = torch.relu(self.units(dropout(dense, LEFT_OUT)))
        scores: torch.Tensor = self.out(dropout(met, UNITS_LEFT_OUT)) + pieces @ self.pieces
        return scores

    def learnt(self, scale: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For inputs that are not scaled."""
        dense = len(scale) - PIECES
        first = torch.vstack([self.units.weight.T, self.units.bias]).detach().numpy()
        second = torch.vstack([self.out.weight.T, self.pieces, self.out.bias]).detach().numpy()
        first[:-1] *= scale[:dense, None]
        second[UNITS:-1] *= scale[dense:, None]
        return first, second


def _scale(told: np.ndarray) -> np.ndarray:
    return np.repeat(SCALES, [VECTOR, told.shape[1] - VECTOR - PIECES, PIECES]).astype(told.dtype)


def _plain(told: np.ndarray, wanted: np.ndarray, outcomes: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    torch.manual_seed(seed)
    scale = _scale(told)
    given, right = torch.from_numpy(told * scale), torch.from_numpy(wanted)
    dense = len(scale) - PIECES
    head = Head(dense, outcomes)
    steps = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=DECAY)
    for turn in range(TURNS):
        steps.param_groups[0]["lr"] = RATE * (1 - turn / TURNS)
        for some in torch.randperm(len(given)).split(AT_ONCE):
            steps.zero_grad()
            scores = head(given[some, :dense], given[some, dense:])
            cross_entropy(scores, right[some], label_smoothing=DOUBT).backward()
            steps.step()
    return head.learnt(scale)


class Changing(torch.nn.Module):
    """A weight that stays, and the product of two narrow ones that is added to it and learns."""

    def __init__(self, stays: torch.nn.Linear) -> None:
        super().__init__()
        self.stays = stays
        self.first = torch.nn.Parameter(torch.randn(stays.in_features, NARROWNESS) / stays.in_features**0.5)
        self.second = torch.nn.Parameter(torch.zeros(NARROWNESS, stays.out_features))

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        said: torch.Tensor = self.stays(given) + LIVELINESS * (given @ self.first @ self.second)
        return said


def _tuned(
    hidden: Hidden, told: np.ndarray, wanted: np.ndarray, outcomes: int, rows: np.ndarray
) -> tuple[tuple[np.ndarray, np.ndarray], dict[str, np.ndarray]]:
    torch.manual_seed(0)
    scale, chance = _scale(told), np.random.default_rng(0)
    dense = len(scale) - PIECES
    beside, right = torch.from_numpy(told[:, VECTOR:] * scale[VECTOR:]), torch.from_numpy(wanted)
    head, layers = Head(dense, outcomes), copy.deepcopy(hidden.layers_above)
    before = {name: parameter.detach().clone() for name, parameter in layers.named_parameters()}
    learning = _changing(layers)
    groups: list[dict[str, Any]] = [
        {"params": list(head.parameters()), "weight_decay": DECAY, "full": RATE},
        {"params": learning, "weight_decay": 0.0, "full": TUNED_RATE},
    ]
    steps = torch.optim.AdamW(groups)
    layers.train()
    batches = [some for _ in range(TUNED_TURNS) for some in _batches(hidden.lengths, rows, chance)]
    for number, some in enumerate(batches):
        done = number / len(batches)
        for group in steps.param_groups:
            group["lr"] = group["full"] * min(1.0, done / WARMING) * (1 - done)
        steps.zero_grad()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vector = pooled(layers, *hidden.of(some)) * SCALES[0]
            scores = head(torch.hstack([vector, beside[some, : dense - VECTOR]]), beside[some, dense - VECTOR :])
            wrong = cross_entropy(scores, right[some], label_smoothing=DOUBT)
        wrong.backward()
        torch.nn.utils.clip_grad_norm_(learning, LONGEST_STEP)
        steps.step()
    return head.learnt(scale), _changes(layers, before)


def _changing(layers: torch.nn.ModuleList) -> list[torch.nn.Parameter]:
    """Makes weights such as can change, and tells all that is learnt: offsets and norms are changed as they are."""
    for module in list(layers.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, torch.nn.Linear):
                setattr(module, name, Changing(child))
    for name, parameter in layers.named_parameters():
        parameter.requires_grad = not name.endswith("stays.weight")
    return [parameter for parameter in layers.parameters() if parameter.requires_grad]


def _changes(layers: torch.nn.ModuleList, before: Mapping[str, torch.Tensor]) -> dict[str, np.ndarray]:
    found: dict[str, torch.Tensor] = {}
    for name, parameter in layers.named_parameters():
        plain = name.replace(".stays.", ".")
        if name.endswith(".first"):
            found[name.removesuffix("first") + "weight" + NARROW[0]] = parameter
        elif name.endswith(".second"):
            found[name.removesuffix("second") + "weight" + NARROW[1]] = parameter * LIVELINESS
        elif parameter.requires_grad:
            found[plain] = parameter - before[plain]
    return {_in_the_model(name): change.detach().numpy().astype(np.float16) for name, change in found.items()}


def _in_the_model(name: str) -> str:
    number, _, rest = name.partition(".")
    return f"encoder.layer.{LAYERS_BELOW + int(number)}.{rest}"


def _batches(lengths: np.ndarray, rows: np.ndarray, chance: np.random.Generator) -> list[np.ndarray]:
    """All rows, those of like length together."""
    shuffled = chance.permutation(rows)
    order = np.argsort(lengths[shuffled] + 2 * chance.random(len(rows)), kind="stable")
    batches = list(_stretches(shuffled[order], TUNED_AT_ONCE))
    return [batches[at] for at in chance.permutation(len(batches))]


def _stretches(rows: Any, size: int) -> Iterator[Any]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
