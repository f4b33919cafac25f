"""One case as a moderator sees it: what it is about, what is said against it, whose it is, and the decision."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from components import navigation, people, place, session, veiled, words
from components.house import house, say_next, told_to_the_person
from services.community.accounts import Account
from services.community.people import REASONS
from services.errors import NotFound
from services.safety.cases import Case, Context
from services.safety.decisions import offered
from services.safety.moderators import BREACHES
from services.safety.records import History
from services.safety.rulings import DAYS, LONGEST_SENTENCE, VERDICTS, Ruling
from services.safety.verdicts import Opinion

SEEN, PICKED = "moderation_seen", "moderation_picked"
"""In the tab's state: the cases whose pictures this moderator asked to see, and those that are picked."""
KINDS = {
    "post": "Post",
    "comment": "Comment",
    "account": "Account",
    "collection": "Collection",
    "appeal": "Appeal",
    "prompt": "Blocked prompt",
}
ICONS = {
    "leave": "check",
    "sensitive": "visibility_off",
    "warn": "warning",
    "remove": "delete",
    "strike": "gavel",
    "suspend": "person_off",
    "uphold": "undo",
    "turn_down": "block",
}
URGENCY = {3: ("At once", "red"), 2: ("Urgent", "orange"), 1: ("Soon", "blue"), 0: ("Can wait", "gray")}
OFTEN_MEANT = {"likeness": "real_persons"}
"""What a report calls otherwise than the policy."""
CHILD = (
    "Reported as showing a child sexually. Its pictures are shown to no moderator: decide by the words and by what is "
    "known of the account, and where you doubt, remove it; until then others see it. Where the law asks for it, report "
    "it to the authorities."
)
WITHOUT_A_RULE = {
    "other": "It breaks the rules of this place.",
    "copyright": "It is somebody else's work.",
}


def line(case: Case) -> None:
    """In the queue."""
    with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"case-{case.id}", wrap=False):
        st.checkbox(
            f"Pick: {headline(case)}", key=f"pick-{case.id}",
            value=case.id in picked(), on_change=_pick, args=(case.id,), label_visibility="collapsed",
        )  # fmt: skip
        with st.container(gap="xxsmall"):
            st.markdown(f"{urgency(case)} {headline(case, mark='**')}")
            st.text(words.first_line(case.text, 120) or "Without words")
            st.caption(f"{why(case)} · {words.ago(case.opened_at, house().clock.now())}")
        if st.button("Open", key=f"open-{case.id}", icon=":material/open_in_full:", type="tertiary"):
            place.go(f"moderation?case={case.id}")


def headline(case: Case, mark: str = "") -> str:
    """What it is and whose, as in "Post by mira"."""
    whose = "of" if case.kind == "account" else "by"
    return f"{mark}{KINDS[case.kind]}{mark} {whose} {words.plain_name(case.person)}"


def urgency(case: Case) -> str:
    label, colour = URGENCY[case.urgency]
    return f":{colour}-badge[{label}]"


def why(case: Case) -> str:
    if case.kind in ("appeal", "prompt"):
        return "asks for another look"
    reported = words.counted(case.reports, "report")
    return f"{reported}: {', '.join(REASONS[reason].sentence.lower() for reason in case.reasons)}"


def picked() -> set[UUID]:
    return st.session_state.setdefault(PICKED, set())


def _pick(case_id: UUID) -> None:
    (picked().add if st.session_state[f"pick-{case_id}"] else picked().discard)(case_id)


# A case --------------------------------------------------------------------------------------------------------------


def show(case_id: str, by: Account) -> None:
    try:
        context = house().moderation.queue.context(case_id, by=by)
    except NotFound as error:
        st.error(str(error), icon=":material/info:")
        back()
        return
    case = context.case
    st.title(headline(case), anchor=False)
    _ways(case, by)
    _verdicts(case)
    about, beside = st.columns([3, 2], gap="large")
    with about:
        _what(context)
    with beside:
        _against(context)
        history(house().moderation.records.history(case.person, by=by))


def _ways(case: Case, by: Account) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        back()
        if st.button("Next case", icon=":material/skip_next:", type="tertiary", shortcut=navigation.letter("J")):
            go_on(case, by)
        st.markdown(urgency(case), width="content")
        st.caption(why(case), width="content")


def back() -> None:
    # Not a link: one to the page on which it stands leaves the address as it is.
    if st.button("Back to the queue", icon=":material/arrow_back:", type="tertiary"):
        place.go("moderation")


def go_on(case: Case | None, by: Account) -> None:
    """To what waits next, or the empty queue."""
    following = house().moderation.queue.next(by=by, after=case)
    place.go(f"moderation?case={following.id}" if following else "moderation")


def _what(context: Context) -> None:
    if context.case.shows_child:
        st.error(CHILD, icon=":material/visibility_off:")
    if context.appealed and context.appealed.prompt:
        st.header("The prompt", anchor=False)
        st.code(context.appealed.prompt, language=None, wrap_lines=True)
        explain(context.appealed.prompt)
    if context.words is None:
        return
    _pictures(context)
    told = context.words
    title, description = ("Title", "Description") if told.is_board else ("Their display name", "Their bio")
    for label, text in {
        "Prompt": told.prompt, "Caption": told.caption, "Comment": told.body, "Under": told.answers,
        title: told.title, description: told.description,
    }.items():  # fmt: skip
        if text:
            with st.container(gap=None):
                st.caption(label)
                st.text(text)
    st.caption(_facts(context))
    _way_there(context)


def _facts(context: Context) -> str:
    told = context.words
    facts = [words.ago(told.created_at, house().clock.now()), told.visibility] if told else []
    flags = {"sensitive": "marked sensitive", "removed": "removed", "deleted": "deleted by its owner"}
    return " · ".join(fact for fact in [*facts, *(said for flag, said in flags.items() if getattr(told, flag))] if fact)


def _pictures(context: Context) -> None:
    case = context.case
    seen: set[UUID] = st.session_state.setdefault(SEEN, set())
    keys = [(picture.thumbnail_key, picture.alt) for picture in context.pictures]
    if context.words and context.words.avatar_key and not case.shows_child:
        keys.append((context.words.avatar_key, f"Profile picture of {case.person}"))
    if not keys:
        return
    with st.grid("auto", min_column_width=180):
        for key, alt in keys:
            veiled.show(key, alt, sharp=case.id in seen)
    label, icon, change = (
        ("Blur the pictures", "visibility_off", seen.discard)
        if case.id in seen
        else ("Show the pictures", "visibility", seen.add)
    )
    st.button(label, icon=f":material/{icon}:", shortcut=navigation.letter("V"), on_click=change, args=(case.id,))


def _way_there(context: Context) -> None:
    case, told = context.case, context.words
    post_id = case.post_id or (told.under_post if told else None)
    if post_id and not case.shows_child:
        st.page_link("screens/post.py", label="The post", icon=":material/image:", query_params={"id": str(post_id)})
    if case.collection_id:
        st.page_link(
            "screens/collection.py", label="The collection", icon=":material/collections_bookmark:",
            query_params={"id": str(case.collection_id)},
        )  # fmt: skip


def _against(context: Context) -> None:
    if context.appealed and context.appealed.decision_id:
        st.header("The decision", anchor=False)
        told = context.appealed
        st.markdown(f"{VERDICTS[told.verdict].label}: {BREACHES.get(told.category, told.category)}")
        st.text(told.reason)
        if told.before:
            st.caption(f"Decided about the deleted account: {words.plain(told.before)}")
        st.header("The appeal", anchor=False)
        st.text(context.case.text)
    elif context.reports:
        st.header("Reports", anchor=False)
    for report in context.reports:
        with st.container(border=True, gap="xxsmall"):
            st.markdown(f"**{REASONS[report.reason].sentence}**" + (" :gray-badge[The house]" * report.by_system))
            if report.note:
                st.text(report.note)
            st.caption(words.ago(report.created_at, house().clock.now()))


def history(told: History) -> None:
    """How the account fared so far."""
    now = house().clock.now()
    st.header("The account", anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        people.link(told.name, told.kind, demo=False)
        if told.role != "member":
            st.badge(told.role.capitalize(), color="blue")
        if told.suspended_until:
            st.badge(f"Suspended {told.until}", icon=":material/person_off:", color="red")
    carried = f"{words.counted(told.carried, 'decision')} carried over from an account that was deleted"
    with st.container(gap="xxsmall"):
        for fact in (
            f"Joined {words.ago(told.created_at, now)}",
            f"{words.counted(told.strikes, 'strike')} in force",
            carried if told.carried else "",
            f"Reports about them: {told.upheld} upheld, {told.dismissed} dismissed",
            f"Appeals of theirs that were upheld: {told.appeals_upheld}",
            f"Reports they sent: {told.reports_sent}, {told.reports_sent_upheld} upheld",
        ):
            if fact:
                st.text(fact)
    asked = st.query_params.get("case") and st.button(
        "All decisions about them", icon=":material/history:", type="tertiary"
    )
    if asked:
        place.go(f"moderation?moderating=Log&of={told.name}")


def explain(text: str) -> None:
    """What each layer of the gate says to a text."""
    told = house().gate.explain(text)
    st.markdown(f"The gate: **{told.verdict.decision}**. {words.plain(told.verdict.reason)}")
    st.markdown("\n".join(f"- {opinion.layer}: {_said(opinion)}" for opinion in told.by_layer))


def _said(opinion: Opinion) -> str:
    if not opinion.category:
        return "nothing against it"
    about = f" ({words.plain(', '.join(opinion.because))})" if opinion.because else ""
    note = f" · {words.plain(opinion.note)}" if opinion.note else ""
    return f"**{opinion.decision}**, {opinion.category.replace('_', ' ')}{about}{note}"


# The decision ---------------------------------------------------------------------------------------------------------


def _verdicts(case: Case) -> None:
    if case.decided_at is not None:
        st.info("This was decided already.", icon=":material/check:")
        return
    with st.container(horizontal=True, gap="small", key="verdicts"):
        for verdict in offered(case):
            if st.button(
                VERDICTS[verdict].label, key=f"verdict-{verdict}", icon=f":material/{ICONS[verdict]}:",
                shortcut=navigation.letter(navigation.VERDICT_KEYS[verdict]),
            ):  # fmt: skip
                ask([case], verdict)


def ask(cases: Sequence[Case], verdict: str) -> None:
    st.dialog(VERDICTS[verdict].label, icon=f":material/{ICONS[verdict]}:")(_ask)(cases, verdict)


def _ask(cases: Sequence[Case], verdict: str) -> None:
    with told_to_the_person():
        if len(cases) > 1:
            st.caption(f"For {words.counted(len(cases), 'case')}.")
        with st.form("ruling", border=False):
            ruling = form(verdict, _usual(cases), thanks=True, remembers=any(case.post_id for case in cases))
            if navigation.send("Decide", "gavel"):
                _decide(cases, ruling)


def form(verdict: str, usual: str, *, thanks: bool, remembers: bool) -> Ruling:
    """What a moderator fills in, with the rule that it usually breaks. `remembers`: there are pictures to keep out."""
    if verdict == "leave":
        st.write("It stays as it is." + " Whoever reported it is thanked." * thanks)
        return Ruling(verdict)
    category, days, never_again = "", 7, False
    about_appeal = verdict in ("uphold", "turn_down")
    if not about_appeal:
        category = st.selectbox("Rule", list(BREACHES), list(BREACHES).index(usual), BREACHES.__getitem__)
    sentence = st.text_area(
        "Why, to the person", max_chars=LONGEST_SENTENCE, height=90,
        placeholder="" if about_appeal else "Left empty, it says which rule it breaks.",
    )  # fmt: skip
    if not about_appeal and not sentence.strip():
        sentence = _which_rule(category)
    if verdict == "suspend":
        days = st.selectbox("For how long", list(DAYS), index=1, format_func=DAYS.__getitem__)
    if VERDICTS[verdict].removes and remembers:
        never_again = st.toggle("Never again", help="Its pictures cannot be made, brought along or posted again.")
    return Ruling(verdict, category, sentence, days, never_again)


def _usual(cases: Sequence[Case]) -> str:
    """What most reports say, as the policy calls it."""
    reasons = [reason for case in cases for reason in case.reasons[:1]]
    usual = max(reasons, key=reasons.count, default="other")
    return OFTEN_MEANT.get(usual, usual)


def _which_rule(category: str) -> str:
    return WITHOUT_A_RULE.get(category, f"It breaks our rule on {BREACHES[category].lower()}.")


def _decide(cases: Sequence[Case], ruling: Ruling) -> None:
    by = session.require("decide this")
    if len(cases) > 1:
        left = house().moderation.decisions.decide_all([case.id for case in cases], ruling, by=by)
        picked().clear()
        st.session_state[PICKED] = set()
        done = f"{words.counted(len(cases) - len(left), 'case')} decided."
        say_next(" ".join([done, *dict.fromkeys(left)]), "gavel")
        place.go("moderation")
    house().moderation.decisions.decide(cases[0].id, ruling, by=by)
    picked().discard(cases[0].id)
    say_next(f"Decided: {VERDICTS[ruling.verdict].label.lower()}.", "gavel")
    go_on(cases[0], by)
