"""For admins: how other ways of choosing For you would have done, whose posts are shown, and the house's share."""

import streamlit as st

from components import experiments, session
from components.house import house, told_to_the_person
from services.discovery.recommendations.experiments import SPANS
from services.safety.moderators import check_administers

with told_to_the_person(), st.container(width=1100):
    viewer = session.require("experiment")
    check_administers(viewer)
    st.title("Experiments", anchor=False)
    days = st.segmented_control(
        "Look back", SPANS, default=28, format_func=lambda days: f"{days} days", key="looked_back", required=True
    )
    report = house().experiments.report(days, by=viewer)
    experiments.say_what_was_read(report)
    experiments.ways(report)
    experiments.knob(report, viewer)
    experiments.makers(report)
