"""The post page: what it tells of a picture, the conversation below it, and what its author can do."""

from __future__ import annotations

import base64
import uuid

import pytest

from components.draft import DRAFT, REMIX_OF, START
from services.community.comments import FIRST_REPLIES
from services.errors import NotFound
from tests.screens.conftest import as_read, button, given

MARKUP = "**bold** :red[red] :material/delete: :smile: <b>x</b> [x](javascript:alert(1)) ![i](https://x.org/i) $x^2$"


@pytest.fixture
def publish(house, mira, paint):
    """Posts pictures of mira's."""
    painted = paint(mira, "a red fox in the snow", count=3).creations

    def do(*, pictures=1, **told):
        chosen = [creation.id for creation in painted[:pictures]]
        return house.posts.publish(chosen, by=mira, token=uuid.uuid4().hex, **told)

    return do


@pytest.fixture
def say(house):
    return lambda post, body, by, parent=None: house.comments.write(
        post.id, body, by=by, token=uuid.uuid4().hex, parent_id=parent
    )


def see(visited, post):
    return visited.open("post", id=str(post.id))


def said(app):
    """The comments on the page, in their order."""
    return [typed(each["pieces"]) for each in given(app, "linked_text") if "by" in each]


def typed(pieces):
    return "".join(text for text, _ in pieces)


def field(app, label):
    [found] = [each for each in app.text_area if each.label == label]
    return found


def labels(app):
    return [as_read(each.label) for each in app.button]


def captions(app):
    return [as_read(each.value) for each in app.caption]


# Who likes it --------------------------------------------------------------------------------------------------------


def test_who_likes_it_is_listed_newest_first_each_to_follow(visit, house, mira, tom, person, publish):
    post = publish()
    tide = person("tide")
    house.db.execute("update pentagram.accounts set kind = 'resident' where id = %(id)s", id=tide.id)
    for fan in (mira, tom, tide):
        house.posts.like(post.id, by=fan)
    app = see(visit(tom), post)

    app.button(key=f"likers-{post.id}").click().run()

    listed = [link.value for link in app.page_link if link.value in ("**mira**", "**tom**", "**tide**")]
    assert listed[-3:] == ["**tide**", "**tom**", "**mira**"]
    assert any("AI" in each.value for each in app.markdown)
    offered = [each.key for each in app.button if str(each.key).startswith("follow-dialog-")]
    assert offered == ["follow-dialog-tide", "follow-dialog-mira"], "nobody is offered to follow themselves"

    app.button(key=f"likers-{post.id}").click()
    app.button(key="follow-dialog-tide").click().run()
    assert house.people.profile("tide", viewer=tom).follows


def test_a_post_that_nobody_likes_has_no_list_of_them(visit, publish):
    post = publish()

    assert see(visit(), post).button(key=f"likers-{post.id}").disabled


def test_the_likers_of_a_post_that_was_made_private_meanwhile_are_not_told(visit, house, mira, tom, publish):
    post = publish()
    house.posts.like(post.id, by=mira)
    tab = visit(tom)
    app = see(tab, post)
    house.db.execute("update pentagram.posts set visibility = 'private' where id = %(id)s", id=post.id)

    with pytest.raises(NotFound):
        house.people.likers(post.id, viewer=tom)
    app.button(key=f"likers-{post.id}").click().run()

    assert tab.sentences == ["There is no such post, or it is not for you to see."]


# The picture ---------------------------------------------------------------------------------------------------------


def test_the_prompt_can_be_copied_and_what_it_was_made_with_is_told(visit, publish):
    tab = visit()

    app = see(tab, publish())

    assert app.code[0].value == "a red fox in the snow"
    assert {"Size: 256 × 256", "Seed: 7"} <= set(tab.texts)
    assert any(text.startswith("Painted by: the built-in painter") for text in tab.texts)


def test_a_prompt_that_its_author_keeps_is_told_to_them_alone(visit, publish, mira, tom):
    post = publish(shows_prompt=False)

    app = see(visit(tom), post)
    assert app.code == []
    assert "mira keeps the prompt to themselves." in captions(app)

    assert see(visit(mira), post).code[0].value == "a red fox in the snow"


def test_the_files_of_pictures_whose_prompt_is_kept_tell_it_to_the_author_alone(visit, publish, mira, tom):
    post = publish(shows_prompt=False, pictures=2)

    def files(viewer):
        [drawn] = given(see(visit(viewer), post), "carousel")
        return [base64.b64decode(picture["src"].partition("base64,")[2]) for picture in drawn["pictures"]]

    assert [b"red fox" in file for file in files(tom)] == [False, False]
    assert [b"red fox" in file for file in files(mira)] == [True, True]


def test_several_pictures_are_a_carousel_with_a_description_each(visit, publish):
    [drawn] = given(see(visit(), publish(pictures=3, alts=["the first", "", "the third"])), "carousel")

    alts = [picture["alt"] for picture in drawn["pictures"]]
    assert alts == ["the first", "“a red fox in the snow”, prompted by mira", "the third"]


def test_one_picture_is_an_image_with_its_description(visit, publish):
    app = see(visit(), publish(alts=["a fox, sitting"]))

    assert "a fox, sitting" in [image.proto.imgs[0].alt for image in app.image]
    assert given(app, "carousel") == []


def test_remix_takes_prompt_settings_and_picture_to_the_form_and_knows_where_from(visit, publish, tom):
    post = publish()
    app = see(visit(tom), post)

    button(app, "Remix").click().run()

    taken = app.session_state[DRAFT] if DRAFT in app.session_state else {"prompt": app.text_area(key="prompt").value}
    assert taken["prompt"] == "a red fox in the snow"
    assert app.session_state[START].source_id == post.creation_id
    assert app.session_state[REMIX_OF] == post.id


def test_the_tree_of_remixes_shows_what_the_viewer_may_see(visit, publish, house, tom):
    origin = publish()
    post = publish(remix_of=origin.id)
    public, private = publish(remix_of=post.id), publish(remix_of=post.id, visibility="private")

    app = see(visit(tom), post)

    relatives = [each["href"] for each in given(app, "linked_picture")][:2]
    assert relatives == [f"post?id={origin.id}", f"post?id={public.id}"]
    assert str(private.id) not in str(given(app, "linked_picture"))


def test_a_post_without_remixes_shows_no_tree(visit, publish):
    assert "Remixes" not in [each.value for each in see(visit(), publish()).subheader]


def test_more_from_the_same_person_leads_to_their_other_posts(visit, publish):
    other, post = publish(), publish()

    app = see(visit(), post)

    assert "More from mira" in [as_read(each.value) for each in app.subheader]
    assert f"post?id={other.id}" in [each["href"] for each in given(app, "linked_picture")]


def test_tags_lead_to_what_else_is_posted_under_them(visit, publish):
    links = see(visit(), publish(tags=["night_sky"])).page_link

    assert ("#night_sky", "name=night_sky") in [(as_read(each.value), each.proto.query_string) for each in links]


# Who may ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("visibility", ["private", "followers"])
def test_what_is_not_for_somebody_is_not_there_for_them(visit, publish, tom, visibility):
    tab = visit(tom)

    app = see(tab, publish(visibility=visibility))

    assert tab.sentences == ["There is no such post, or it is not for you to see."]
    assert not app.image


def test_somebody_blocked_finds_no_post(visit, publish, house, mira, tom):
    post = publish()
    house.people.block("tom", by=mira)
    tab = visit(tom)

    see(tab, post)

    assert tab.sentences == ["There is no such post, or it is not for you to see."]


def test_only_the_author_is_offered_to_change_and_delete(visit, publish, mira, tom):
    post = publish()

    assert see(visit(mira), post).menu_button(key=f"about-{post.id}").options == [
        "Edit", "Earlier versions", "Save to a collection", "Delete",
    ]  # fmt: skip
    assert see(visit(tom), post).menu_button(key=f"about-{post.id}").options == [
        "Save to a collection", "Not this post", "Mute this account", "Report",
    ]  # fmt: skip


def test_a_visitor_who_wants_to_change_something_is_led_to_sign_in(visit, publish):
    post = publish()
    for press in (f"like-{post.id}", f"save-{post.id}"):
        tab = visit()
        see(tab, post).button(key=press).click().run()
        assert "Sign in to" in tab.sentences[0]


def test_a_deleted_post_can_be_brought_back_from_the_next_screen(visit, publish, house, mira):
    post = publish()
    app = see(visit(mira), post)

    app.menu_button(key=f"about-{post.id}").click("Delete").run()
    assert house.feeds.page("fresh", viewer=None).items == []

    # AppTest stays on the page it was told, however the script moves on.
    app.switch_page("screens/feed.py")
    app.button(key="undo").click().run()
    assert [each.id for each in house.feeds.page("fresh", viewer=None).items] == [post.id]


def test_the_undo_of_a_deletion_goes_when_one_moves_on(visit, publish, mira):
    post = publish()
    app = see(visit(mira), post)
    app.menu_button(key=f"about-{post.id}").click("Delete").run()
    assert "Undo" in labels(app)

    app.switch_page("screens/search.py").run()
    app.switch_page("screens/generate.py").run()

    assert "Undo" not in labels(app)


def test_not_this_post_is_undone_at_the_bottom_of_its_page(visit, publish, house, tom):
    post = publish()
    app = see(visit(tom), post)

    app.menu_button(key=f"about-{post.id}").click("Not this post").run()
    assert house.feeds.page("fresh", viewer=tom).items == []

    app.button(key="undo").click().run()
    assert len(house.feeds.page("fresh", viewer=tom).items) == 1


def test_edit_opens_with_what_the_post_says_now(visit, publish, house, mira):
    post = publish(caption="Before", tags=["snow"])
    app = see(visit(mira), post)
    house.posts.edit(
        post.id, by=mira, caption="Now", tags=["sea"], visibility="unlisted", takes_comments=False, shows_prompt=True,
        seen=None,
    )  # fmt: skip

    app.menu_button(key=f"about-{post.id}").click("Edit").run()

    assert field(app, "Caption").value == "Now"
    assert app.multiselect(key="edit_tags").value == ["sea"]
    assert [each.value for each in app.toggle] == [False, True]


def test_whoever_may_not_show_it_to_others_yet_asks_for_a_look_while_editing(visit, publish, house, mira):
    post = publish(visibility="private")
    house.db.execute("update pentagram.creations set unchecked = true")
    app = see(visit(mira), post)
    app.menu_button(key=f"about-{post.id}").click("Edit").run()
    assert any("nothing here can look at uploads by itself" in each.value for each in app.caption)

    app.menu_button(key=f"about-{post.id}").click("Edit")
    app.button(key="ask-for-a-look").click().run()

    assert [each.creation_id for each in house.looks.waiting()] == [post.creation_id]
    assert any("A moderator will look at it" in each.value for each in app.caption)


def test_earlier_versions_are_shown_to_the_author(visit, publish, house, mira):
    post = publish(caption="Before", tags=["snow"])
    house.posts.edit(
        post.id, by=mira, caption="Now", tags=[], visibility="public", takes_comments=True, shows_prompt=True, seen=None
    )
    tab = visit(mira)
    app = see(tab, post)

    app.menu_button(key=f"about-{post.id}").click("Earlier versions").run()

    assert {"Before", "#snow"} <= set(tab.texts)


# Sharing -------------------------------------------------------------------------------------------------------------


def test_sharing_offers_the_link_other_places_and_a_code_with_words(visit, publish):
    post = publish()
    app = see(visit(), post)

    app.button(key="share").click().run()

    assert app.code[-1].value.endswith(f"/post?id={post.id}")
    places = {link.value: link.url for link in app.link_button}
    assert set(places) == {"WhatsApp", "Telegram", "X", "Mastodon", "E-mail"}
    assert all(str(post.id) in url for url in places.values())
    assert "QR code of the link" in [image.proto.imgs[0].alt for image in app.image]


def test_what_others_cannot_open_is_offered_to_no_other_place(visit, publish, mira):
    app = see(visit(mira), publish(visibility="private"))

    app.button(key="share").click().run()

    assert app.link_button == []
    assert any("Only you can open it." in each for each in captions(app))


def test_a_download_never_offers_a_prompt_that_its_author_keeps(visit, publish, mira, tom):
    post = publish(shows_prompt=False)
    for viewer, offered in ((tom, False), (mira, True)):
        app = see(visit(viewer), post)
        app.button(key="share").click().run()
        assert ("With the prompt inside" in [each.label for each in app.toggle]) is offered


# The conversation ----------------------------------------------------------------------------------------------------


def test_comments_come_newest_oldest_or_best_first(visit, publish, house, say, mira, tom):
    post = publish()
    first, *_ = [say(post, body, tom) for body in ("first", "second", "third")]
    house.comments.like(first.id, by=mira)
    app = see(visit(), post)
    assert said(app) == ["third", "second", "first"]

    [order] = [each for each in app.get("button_group") if "Best" in str(each.proto)] or [None]
    for wanted, bodies in (("Oldest", ["first", "second", "third"]), ("Best", ["first", "third", "second"])):
        order = app.segmented_control(key="comments_order")
        order.set_value(wanted).run()
        assert said(app) == bodies


def test_what_one_says_stands_on_top_at_once_and_a_press_too_many_says_it_once(visit, publish, house, say, tom):
    post = publish()
    say(post, "before", tom)
    app = see(visit(tom), post)

    field(app, "Say something").set_value("Lovely, @mira")
    button(app, "Comment").click().run()

    assert said(app) == ["Lovely, @mira", "before"]
    assert "2 comments" in [each.value for each in app.subheader]
    assert field(app, "Say something").value == ""
    assert house.posts.get(post.id, viewer=None).comment_count == 2


def test_a_comment_that_cannot_be_is_a_sentence_and_stays_in_its_field(visit, publish, house, tom):
    post = publish()
    tab = visit(tom)
    app = see(tab, post)
    field(app, "Say something").set_value("gore, entrails")

    button(app, "Comment").click().run()

    assert len(tab.sentences) == 1
    assert field(app, "Say something").value == "gore, entrails"
    assert house.posts.get(post.id, viewer=None).comment_count == 0


def test_an_answer_hangs_under_its_comment_and_can_be_given_up(visit, publish, say, mira, tom):
    post = publish()
    comment = say(post, "Which seed?", tom)
    app = see(visit(mira), post)

    app.button(key=f"answer-{comment.id}").click().run()
    button(app, "Cancel").click().run()
    assert [each.label for each in app.text_area] == ["Say something"]

    app.button(key=f"answer-{comment.id}").click().run()
    field(app, "Your answer").set_value("7")
    [send] = [each for each in app.form_submit_button if each.label == "Answer"]
    send.click().run()
    assert said(app) == ["Which seed?", "7"]


def test_answers_beyond_a_few_are_folded_until_one_asks(visit, publish, say, mira, tom):
    post = publish()
    comment = say(post, "Which seed?", tom)
    answers = [f"answer {number}" for number in range(FIRST_REPLIES + 2)]
    for body in answers:
        say(post, body, mira, comment.id)
    app = see(visit(), post)
    assert said(app) == ["Which seed?", *answers[:FIRST_REPLIES]]

    button(app, "Show 2 more answers").click().run()

    assert said(app) == ["Which seed?", *answers]


def test_ones_own_comment_is_edited_in_place_and_marked(visit, publish, say, tom):
    post = publish()
    comment = say(post, "Lovly", tom)
    app = see(visit(tom), post)

    app.menu_button(key=f"about-comment-{comment.id}").click("Edit").run()
    field(app, "Your comment").set_value("Lovely")
    button(app, "Save").click().run()

    assert said(app) == ["Lovely"]
    assert "edited" in given(app, "linked_text")[0]["by"]["when"]


def test_a_comment_that_was_edited_elsewhere_meanwhile_is_told_and_kept_as_typed(visit, publish, house, say, tom):
    post = publish()
    comment = say(post, "Lovly", tom)
    tab = visit(tom)
    app = see(tab, post)
    app.menu_button(key=f"about-comment-{comment.id}").click("Edit").run()
    house.comments.edit(comment.id, "Lovely!", by=tom, seen=None)

    field(app, "Your comment").set_value("Lively")
    button(app, "Save").click().run()

    assert "changed in another tab" in tab.sentences[0]
    assert field(app, "Your comment").value == "Lively"
    assert house.comments.threads(post.id, viewer=None).items[0].comment.body == "Lovely!"


def test_a_comment_is_deleted_and_brought_back_where_it_stood(visit, publish, house, say, mira, tom):
    post = publish()
    for body, by in (("first", mira), ("second", tom), ("third", mira)):
        say(post, body, by)
    app = see(visit(tom), post)
    comment = house.comments.threads(post.id, viewer=None).items[1].comment

    app.menu_button(key=f"about-comment-{comment.id}").click("Delete").run()
    assert said(app) == ["third", "first"]
    assert "2 comments" in [each.value for each in app.subheader]
    assert house.posts.get(post.id, viewer=None).comment_count == 2

    app.button(key=f"undo-comment-{comment.id}").click().run()
    assert said(app) == ["third", "second", "first"]
    assert house.posts.get(post.id, viewer=None).comment_count == 3


def test_who_may_do_what_about_a_comment(visit, publish, say, person, mira, tom):
    post = publish()
    comment = say(post, "Lovely", tom)
    offered = {
        who.name: see(visit(who), post).menu_button(key=f"about-comment-{comment.id}").options
        for who in (tom, mira, person("lea"))
    }

    assert offered == {"tom": ["Edit", "Delete"], "mira": ["Delete", "Report"], "lea": ["Report"]}


def test_a_deleted_comment_with_answers_leaves_its_place(visit, publish, house, say, mira, tom):
    post = publish()
    comment = say(post, "Too dark", tom)
    say(post, "Dusk is", mira, comment.id)
    house.comments.delete(comment.id, by=tom)

    app = see(visit(), post)

    assert said(app) == ["Dusk is"]
    assert "This comment was deleted." in captions(app)


def test_a_comment_is_liked_and_unliked_in_place(visit, publish, house, say, mira, tom):
    post = publish()
    comment = say(post, "Lovely", tom)
    app = see(visit(mira), post)

    app.button(key=f"like-comment-{comment.id}").click().run()
    assert "1 like" in app.button(key=f"like-comment-{comment.id}").label
    assert house.comments.threads(post.id, viewer=mira).items[0].comment.liked

    app.button(key=f"like-comment-{comment.id}").click().run()
    assert "0 likes" in app.button(key=f"like-comment-{comment.id}").label


def test_a_like_of_a_comment_that_is_gone_is_said(visit, publish, house, say, mira, tom):
    post = publish()
    comment = say(post, "Lovely", tom)
    app = see(visit(mira), post)
    house.comments.delete(comment.id, by=tom)

    app.button(key=f"like-comment-{comment.id}").click().run()

    assert any("There is no such comment" in as_read(each.value) for each in app.toast)


def test_where_comments_are_off_nobody_writes_and_what_was_said_stays(visit, publish, house, say, mira, tom):
    post = publish()
    comment = say(post, "Lovely", tom)
    house.posts.edit(
        post.id, by=mira, caption="", tags=[], visibility="public", takes_comments=False, shows_prompt=True, seen=None
    )

    app = see(visit(tom), post)

    assert "Comments are turned off." in captions(app)
    assert said(app) == ["Lovely"]
    assert f"answer-{comment.id}" not in [each.key for each in app.button]


def test_a_visitor_reads_comments_and_is_asked_to_sign_in_to_write(visit, publish, say, tom):
    post = publish()
    say(post, "Lovely", tom)
    tab = visit()
    app = see(tab, post)
    assert said(app) == ["Lovely"]

    button(app, "Sign in to comment").click().run()

    assert "Sign in to comment." in tab.sentences[0]


def test_more_comments_come_by_a_press_and_none_twice(visit, publish, house, say, tom):
    post = publish()
    for number in range(14):
        say(post, f"number {number}", tom)
    app = see(visit(tom), post)
    assert len(said(app)) == 10
    say(post, "written meanwhile", tom)

    button(app, "More comments").click().run()

    assert said(app) == [f"number {number}" for number in reversed(range(14))]
    assert "More comments" not in labels(app)


# As it was typed -----------------------------------------------------------------------------------------------------


def test_mentions_and_tags_in_text_are_links_and_nothing_else_is(visit, publish, say, tom):
    post = publish(caption="@tom. mail@tom.de #night_sky @no #1 https://x.org/#a")

    [caption] = [each for each in given(see(visit(), post), "linked_text") if "by" not in each]

    assert typed(caption["pieces"]) == "@tom. mail@tom.de #night_sky @no #1 https://x.org/#a"
    assert [piece for piece in caption["pieces"] if piece[1]] == [
        ["@tom", "person?name=tom"], ["#night_sky", "tag?name=night_sky"], ["#1", "tag?name=1"],
    ]  # fmt: skip


def test_markup_shows_as_it_was_typed_wherever_people_type(visit, publish, house, say, mira, tom):
    house.accounts.change_profile(mira, name="mira", display_name=MARKUP[:60], email="", bio="")
    post = publish(caption=MARKUP, alts=[MARKUP])
    say(post, MARKUP, tom)
    say(post, f"{MARKUP} @mira", tom)
    tab = visit()

    app = see(tab, post)

    assert MARKUP in tab.texts
    assert said(app) == [f"{MARKUP} @mira", MARKUP]
    assert "bold" not in app.get("page_link")[0].value
    loud = [each.value for kind in (app.markdown, app.caption, app.subheader, app.title) for each in kind]
    assert not [each for each in loud if "**bold**" in each or ":red[" in each]
