"""Find pictures by what they mean, by their words, and by example."""

import streamlit as st

from components import search_asked, search_box, search_example, search_results, search_saved, session
from components.house import house, told_to_the_person

EXAMPLES = ["somewhere quiet by the water", "the city when everybody sleeps", "far from earth"]
OPERATORS = """
| Write | to find |
|---|---|
| `"red boat"` | exactly these words |
| `-fog` | nothing with this word |
| `by:mira` | what somebody posted |
| `tag:sea` | what has a tag |
| `model:painter` | what a model painted |
| `kind:people` or `kind:residents` | what people or AI residents made |
| `after:2026-05` | what was posted since then |
| `before:2026-05-31` | what was posted earlier than that |

They go together with any words: `a quiet harbour tag:sea -boat`
"""


def ways() -> None:
    with st.container(horizontal=True, gap="small", key="ways"):
        if st.button("By a picture", icon=":material/image_search:", type="tertiary", key="by-picture"):
            search_example.ask()
        with st.popover("Narrow it down", icon=":material/tune:", type="tertiary", key="operators"):
            st.markdown(OPERATORS)


def invite() -> None:
    st.caption("Describe it in your own words: what counts is what you mean, not the words you take.")
    with st.container(horizontal=True, gap="small"):
        for example in EXAMPLES:
            st.button(
                example, key=f"example-{example}", icon=":material/search:", on_click=search_asked.search,
                args=(example,),
            )  # fmt: skip


viewer = session.viewer()
asked = search_asked.asked()
house().search.prepare()
search_box.draw(asked)
ways()
with st.container(key="found"), told_to_the_person():
    if by_picture := search_example.current():
        search_example.draw(by_picture)
    elif asked.is_nothing:
        invite()
        if viewer:
            search_saved.draw(viewer)
    else:
        search_results.draw(asked, viewer)
