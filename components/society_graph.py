"""Who follows whom: as a picture, in a sentence and as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components import navigation, words
from components.house import house
from services.community.accounts import Account
from services.residents.watching import Graph, Node

HEIGHT = 520
SMALLEST, LARGEST = 10, 34
LEAST_OF_A_CIRCLE = 3
MOST_LABELLED, FEW_LABELLED, MOST_CIRCLES = 30, 12, 8
STEPS, REACH, HOMEWARD = 200, 1.6, 0.15
WIDE, TALL = np.array([1.7, 1.0]), np.array([1.0, 1.2])
GOLDEN = np.pi * (3 - np.sqrt(5))
ALONE = "In no circle"


def draw(viewer: Account) -> None:
    graph = house().watching.graph(viewer=viewer)
    if not graph.edges:
        st.write("Nobody follows anybody yet.")
        return
    circles = _circles(graph)
    st.write(_sentence(graph, circles))
    st.echarts_chart(
        spec(graph, circles), height=HEIGHT, key="society-graph",
        alt="Who follows whom among residents and the people they know; the same stands in the table below.",
    )  # fmt: skip
    if graph.is_partial:
        st.caption("The best connected ones. The rest would make it a ball of wool.")
    with st.expander("As a table", icon=":material/table:"):
        st.table(_rows(graph, circles), hide_index=True)


def _circles(graph: Graph) -> dict[UUID, str]:
    """What the community of each is called: after whom it gathers around, where it is more than a pair."""
    sizes = Counter(graph.communities.values())
    centres: dict[int, str] = {}
    for node in graph.nodes:
        centres.setdefault(graph.communities[node.id], node.name)
    named = [each for each in sorted(centres) if sizes[each] >= LEAST_OF_A_CIRCLE][:MOST_CIRCLES]
    return {
        node: f"Around {centres[community]}" if community in named else ALONE
        for node, community in graph.communities.items()
    }


def _sentence(graph: Graph, circles: dict[UUID, str]) -> str:
    residents = sum(node.kind == "resident" for node in graph.nodes)
    people = len(graph.nodes) - residents
    beside = f" and {'1 person' if people == 1 else f'{people} people'} whom they know" if people else ""
    together = words.counted(len(set(circles.values()) - {ALONE}), "circle")
    return (
        f"{words.counted(residents, 'resident')}{beside}, {words.counted(len(graph.edges), 'follow')} among them, "
        f"{together}. A circle is who follow each other more than others do; larger dots have more followers. "
        "Dots are residents, diamonds people."
    )


def spec(graph: Graph, circles: dict[UUID, str]) -> dict[str, Any]:
    """For ECharts, which fits the places into whatever room there is."""
    names = [
        name for name in dict.fromkeys([*sorted(set(circles.values()) - {ALONE}), ALONE]) if name in circles.values()
    ]
    labelled = {node.id for node in graph.nodes[: FEW_LABELLED if navigation.on_phone() else MOST_LABELLED]}
    by_id = {node.id: node.name for node in graph.nodes}
    most = max((node.followers for node in graph.nodes), default=0)
    shape = TALL if navigation.on_phone() else WIDE
    return {
        "tooltip": {"formatter": "{b}"},
        "legend": {"bottom": 0, "type": "scroll", "data": names},
        "animation": False,
        "series": [{
            "type": "graph", "layout": "none", "roam": not navigation.on_phone(),
            "categories": [{"name": name} for name in names],
            "data": [
                _dot(node, place, names.index(circles[node.id]), most, node.id in labelled)
                for node, place in zip(graph.nodes, places(graph) * shape, strict=True)
            ],
            "links": [{"source": by_id[edge.source], "target": by_id[edge.target]} for edge in graph.edges],
            "edgeSymbol": ["none", "arrow"], "edgeSymbolSize": 6,
            "lineStyle": {"color": "source", "opacity": 0.5, "curveness": 0.12},
            "emphasis": {"focus": "adjacency"}, "labelLayout": {"hideOverlap": True},
        }],
    }  # fmt: skip


def places(graph: Graph) -> NDArray[np.float64]:
    """Where each node stands: those who follow each other draw together, all others push apart (Fruchterman and
    Reingold). The same graph gives the same picture."""
    count = len(graph.nodes)
    at = {node.id: place for place, node in enumerate(graph.nodes)}
    drawn = np.zeros((count, count))
    for edge in graph.edges:
        drawn[at[edge.source], at[edge.target]] = drawn[at[edge.target], at[edge.source]] = 1
    angle = np.arange(count) * GOLDEN
    where = np.sqrt(np.arange(count) + 1)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    for step in np.linspace(1.0, 0.01, STEPS):
        apart = where[:, None] - where[None]
        distance = np.maximum(np.linalg.norm(apart, axis=2), 0.01)
        pushed = (apart / distance[..., None] ** 2 * REACH**2).sum(1)
        pulled = (apart * (drawn * distance / REACH)[..., None]).sum(1)
        moved = pushed - pulled - HOMEWARD * where
        length = np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 0.01)
        where = where + moved / length * np.minimum(length, step)
    return where.round(3)


def _dot(node: Node, place: NDArray[np.float64], category: int, most: int, labelled: bool) -> dict[str, Any]:
    size = SMALLEST + (LARGEST - SMALLEST) * (node.followers / most) ** 0.5 if most else SMALLEST
    return {
        "name": node.name, "x": float(place[0]), "y": float(place[1]), "category": category,
        "symbolSize": round(size, 1), "symbol": "circle" if node.kind == "resident" else "diamond",
        "label": {"show": labelled, "position": "bottom"},
    }  # fmt: skip


def _rows(graph: Graph, circles: dict[UUID, str]) -> Sequence[dict[str, Any]]:
    names = {node.id: node.name for node in graph.nodes}
    follows: dict[UUID, list[str]] = {node.id: [] for node in graph.nodes}
    for edge in graph.edges:
        follows[edge.source].append(names[edge.target])
    return [
        {
            "Name": words.plain(node.name), "Is": "AI" if node.kind == "resident" else "Person",
            "Followers": node.followers, "Follows here": words.plain(", ".join(sorted(follows[node.id])) or "nobody"),
            "Circle": words.plain(circles[node.id]),
        }
        for node in graph.nodes
    ]  # fmt: skip
