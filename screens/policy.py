"""What may be made and posted here, as it is written for everybody."""

import streamlit as st

from services.settings import ROOT

with st.container(width=760):
    st.markdown((ROOT / "docs" / "policy.md").read_text("utf-8"))
    st.page_link("screens/transparency.py", label="What moderators decided, in numbers", icon=":material/monitoring:")
