"""What a search found: how many, why each, how to narrow it down, and what to do where there is nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import get_args
from uuid import UUID

import streamlit as st

from components import draft, lists, post_card, search_asked, search_map, search_saved, session, words
from components.house import house
from components.search_asked import Asked, View
from components.search_box import AGAIN
from services.community.accounts import Account
from services.discovery.query import Query, shown
from services.discovery.search import MOST, MOST_AT_ONCE, NEAR, Count, Facets, Found, Results, Sort
from services.errors import UserError
from services.pages import Page

KEPT = "search_kept"
SORTED: dict[Sort, str] = {"relevance": "Best match", "new": "Newest", "liked": "Most liked"}
VIEWS: dict[View, str] = {"grid": ":material/grid_view: Grid", "map": ":material/bubble_chart: Map"}
FACETS: dict[str, tuple[str, Callable[[Facets], tuple[Count, ...]]]] = {
    "kind": ("Made by", lambda facets: facets.kinds),
    "model": ("Painted by", lambda facets: facets.models),
    "tag": ("Tags", lambda facets: facets.tags),
}
"""By the operator that each of them writes into the query."""
KINDS = {"people": "People", "residents": "Residents"}
OTHERS = "others"
MOST_OF_A_FACET = 8
MOST_BEFORE = 30
"""How much of a long text stands before the first word that matches."""
ON_THE_MAP = 96


@dataclass(frozen=True)
class Kept:
    """What is on the page. It stays as it is until something else is asked for: what is done to one post moves none of
    the others."""

    asked: Asked
    viewer_id: UUID | None
    most: int
    results: Results


def draw(asked: Asked, viewer: Account | None) -> None:
    try:
        results = _found(asked, viewer)
    except UserError as error:
        # Most often it is only half typed: no reason for alarm.
        st.info(words.plain(str(error)), icon=":material/info:")
        return
    if asked.like:
        _like_what(asked, viewer)
    _explain(asked, results)
    if results.posts or list(shown(results.query)):
        _head(asked, results, viewer)
        _facets(results)
    if not results.posts:
        _nothing(asked, results)
    elif asked.view == "map":
        search_map.draw(results.posts)
    else:
        grid(results)
        _show_more(results)


def grid(results: Results) -> None:
    posts = lists.of_posts(Page([*results.posts], None)).items
    post_card.grid(posts, {found.id: why(found, results.query) for found in results.posts})


# What is found -------------------------------------------------------------------------------------------------------


def _found(asked: Asked, viewer: Account | None) -> Results:
    before: Kept | None = st.session_state.get(KEPT)
    viewer_id = viewer.id if viewer else None
    same = before is not None and (before.asked, before.viewer_id) == (replace(asked, view="grid"), viewer_id)
    most = before.most if before and same else MOST
    if asked.view == "map":
        most = max(most, ON_THE_MAP)
    again = st.session_state.pop(AGAIN, False) or st.session_state["entered"]
    if before is None or not same or again or most > before.most:
        with st.spinner("Looking for what you mean"):
            before = Kept(replace(asked, view="grid"), viewer_id, most, _look(asked, viewer, most))
        st.session_state[KEPT] = before
    return before.results


def _look(asked: Asked, viewer: Account | None, most: int) -> Results:
    if not asked.like:
        return house().search.find(asked.query, viewer=viewer, limit=most, sort=asked.sort)
    house().posts.get(asked.like, viewer=viewer)
    posts = house().search.like(asked.like, viewer=viewer, limit=most)
    return Results(Query(""), posts, len(posts), Facets(), {}, {}, ())


def _show_more(results: Results) -> None:
    if len(results.posts) < min(results.count, MOST_AT_ONCE):
        st.button("Show more", icon=":material/expand_more:", width="stretch", on_click=_want_more)


def _want_more() -> None:
    kept: Kept = st.session_state[KEPT]
    viewer = session.viewer()
    most = min(kept.most + MOST, MOST_AT_ONCE)
    st.session_state[KEPT] = replace(kept, most=most, results=_look(kept.asked, viewer, most))


def _like_what(asked: Asked, viewer: Account | None) -> None:
    post = house().posts.get(asked.like, viewer=viewer)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(width=72):
            post_card.face(post, post_card.addresses([post]), "like")
        st.markdown(f"**Like this picture** of {words.plain_name(post.author)}", width="content")
        st.button(
            "Clear", key="unlike", icon=":material/close:", type="tertiary", on_click=search_asked.start_over,
            help="Search for something else",
        )  # fmt: skip


# Above the pictures --------------------------------------------------------------------------------------------------


def _explain(asked: Asked, results: Results) -> None:
    """What was read in another way than it was typed."""
    for typed, read in results.corrections.items():
        if (literally := _literally(asked.query, typed)) == asked.query:
            continue
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"instead-of-{typed}"):
            st.markdown(f"Showing results for **{words.plain(read)}**.", width="content")
            st.button(
                f"Search for {words.plain(typed)} instead", key=f"literally-{typed}", type="tertiary",
                on_click=search_asked.search, args=(literally,),
            )  # fmt: skip
    if results.translations:
        read_as = ", ".join(f"“{words.plain(a)}” as “{words.plain(b)}”" for a, b in results.translations.items())
        st.caption(f"Read {read_as}.")


def _literally(query: str, typed: str) -> str:
    """The query with a word in quotes, in which nothing is corrected."""
    whole = re.compile(rf'(?<![\w"]){re.escape(typed)}(?![\w"])', re.IGNORECASE)
    return whole.sub(lambda found: f'"{found.group()}"', query)


def _head(asked: Asked, results: Results, viewer: Account | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{words.counted(results.count, 'picture')}**", width="content")
        if not asked.like:
            search_saved.star(results.query.typed, viewer)
        st.space("stretch")
        if not asked.like:
            st.session_state["search-sort"] = asked.sort
            st.selectbox(
                "Sort", list(SORTED), format_func=lambda sort: SORTED[sort], key="search-sort", width=140,
                label_visibility="collapsed", on_change=_sort,
            )  # fmt: skip
        st.session_state["search-view"] = asked.view
        st.segmented_control(
            "Show as", list(VIEWS), format_func=lambda view: VIEWS[view], key="search-view", required=True,
            label_visibility="collapsed", on_change=_view,
        )  # fmt: skip


def _sort() -> None:
    chosen = st.session_state["search-sort"]
    if chosen in get_args(Sort):
        search_asked.sort_by(chosen)


def _view() -> None:
    chosen = st.session_state["search-view"]
    if chosen in get_args(View):
        search_asked.look_as(chosen)


def _facets(results: Results) -> None:
    conditions = list(shown(results.query))
    with st.container(horizontal=True, gap="small", key="facets"):
        for name, (label, counts_of) in FACETS.items():
            counts = {count.value: count.posts for count in counts_of(results.facets)}
            _facet(name, label, counts, [value for other, value in conditions if other == name])
        _conditions([each for each in conditions if each[0] not in FACETS])


def _facet(name: str, label: str, counts: dict[str, int], chosen: list[str]) -> None:
    """Nothing is chosen where all are alike."""
    offered = list(dict.fromkeys([*chosen, *counts]))[: max(MOST_OF_A_FACET, len(chosen))]
    if len(offered) < 2 and not chosen:
        return
    key = f"search-{name}"
    st.session_state[key] = chosen
    st.pills(
        label, offered, selection_mode="multi", key=key, on_change=_choose, args=(name, chosen),
        format_func=lambda value: _counted(name, value, counts.get(value)), label_visibility="collapsed",
    )  # fmt: skip


def _counted(name: str, value: str, count: int | None) -> str:
    called = {"kind": KINDS.get(value, value), "tag": f"#{value}"}.get(name, value)
    return words.plain(called) if count is None else f"{words.plain(called)} :small[{count:,}]"


def _choose(name: str, before: Sequence[str]) -> None:
    now = st.session_state[f"search-{name}"]
    added = [value for value in now if value not in before]
    for value in before:
        # Of people and residents only one can be meant.
        if value not in now or (name == "kind" and added):
            search_asked.widen(name, value)
    for value in added:
        search_asked.narrow(name, value)


def _conditions(conditions: list[tuple[str, str]]) -> None:
    """The other ones that were typed: taken away by a press."""
    if not conditions:
        return
    key = f"search-{OTHERS}"
    st.session_state[key] = conditions
    st.pills(
        "Only", conditions, selection_mode="multi", key=key, on_change=_take_away, args=(conditions,),
        format_func=lambda condition: words.plain(": ".join(condition)), label_visibility="collapsed",
    )  # fmt: skip


def _take_away(before: Sequence[tuple[str, str]]) -> None:
    now = {tuple(condition) for condition in st.session_state[f"search-{OTHERS}"]}
    for name, value in before:
        if (name, value) not in now:
            search_asked.widen(name, value)


# Why it is among them ------------------------------------------------------------------------------------------------


def why(found: Found, query: Query) -> str:
    """In Markdown: the words of a post, with those marked that match, or that it is what is meant."""
    said = found.prompt or found.caption or "A picture without words"
    texts = [found.prompt or "", found.caption, " ".join(f"#{tag}" for tag in found.tags)]
    matching = next((text for text in texts if _marks_in(text, found.marks)), None)
    if matching == said:
        return _marked(matching, found.marks)
    beginning = words.plain(words.first_line(said))
    if matching:
        return f"{beginning}\n\n:small[{_marked(matching, found.marks)}]"
    if query.text or not query.has_conditions:
        is_near = found.similarity is not None and found.similarity >= NEAR
        return f"{beginning}\n\n:small[:material/join_inner: {'Similar in meaning' if is_near else 'Further away'}]"
    return beginning


def _marks_in(text: str, marks: Iterable[str]) -> list[re.Match[str]]:
    wanted = set(marks)
    return [word for word in re.finditer(r"[^\W_]+", text) if word.group() in wanted]


def _marked(text: str, marks: Sequence[str]) -> str:
    line = _around(" ".join(text.split()), marks)
    begun, pieces = 0, []
    for word in _marks_in(line, marks):
        pieces += [words.plain_piece(line[begun : word.start()]), f":primary[**{words.plain(word.group())}**]"]
        begun = word.end()
    return "".join([*pieces, words.plain_piece(line[begun:])])


def _around(line: str, marks: Sequence[str]) -> str:
    """The beginning of a line, or where it is long what stands round the first word that matches."""
    if line == (short := words.first_line(line)):
        return line
    found = _marks_in(line, marks)
    if not found or found[0].end() < len(short):
        return short
    begin = line.find(" ", found[0].start() - MOST_BEFORE) + 1
    return f"…{words.first_line(line[min(begin, found[0].start()) :])}"


# Nothing found -------------------------------------------------------------------------------------------------------


def _nothing(asked: Asked, results: Results) -> None:
    if asked.like:
        st.write("Nothing like it has been posted yet. A picture posted just now is read within seconds: look again.")
        return
    query = results.query
    st.subheader("Nothing like that has been posted yet", anchor=False)
    if results.topics:
        st.write("The nearest there is:")
        with st.container(horizontal=True, gap="small"):
            for topic in results.topics:
                st.button(
                    f"#{words.plain(topic)}", key=f"topic-{topic}", on_click=search_asked.search, args=(f"tag:{topic}",)
                )  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        if query.text and (query.without or list(shown(query))):
            st.button(
                f"Search for “{words.plain(words.first_line(query.text, 40))}” alone", key="without-conditions",
                icon=":material/filter_alt_off:", on_click=search_asked.search, args=(query.text,),
            )  # fmt: skip
        if query.text and st.button("Paint it", icon=":material/brush:", type="primary"):
            draft.from_words(query.text)
