"""What stands in the archive of an account: a record of JSON a row, straight from the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import LiteralString

HEAD: LiteralString = """
select json_build_object('name', a.name, 'display_name', a.display_name, 'email', a.email, 'bio', a.bio,
  'role', a.role, 'kind', a.kind, 'shows_sensitive', a.shows_sensitive, 'preferences', a.preferences,
  'avatar', a.avatar_id, 'created_at', a.created_at)
from pentagram.accounts a where a.id = %(account)s
"""
_PROMPTS: LiteralString = """
select json_build_object('id', r.id, 'prompt', r.prompt, 'negative', r.negative_prompt, 'width', r.width,
  'height', r.height, 'engine', r.engine, 'model', r.model, 'options', r.options, 'sensitive', r.sensitive,
  'favourite', r.favourite, 'parent', r.parent_id, 'starts_from', case
    when r.upload_id is not null then 'starts/' || r.upload_id || '.webp'
    when s.account_id = r.account_id then 'pictures/' || s.id || '.webp' end,
  'created_at', r.created_at, 'creations', (
    select coalesce(json_agg(json_build_object('id', c.id, 'position', c.position, 'seed', c.seed,
      'state', c.state, 'failure', c.failure,
      'file', case when c.state = 'ready' then 'pictures/' || c.id || '.webp' end,
      'width', c.width, 'height', c.height, 'engine', c.engine, 'model', c.model, 'sensitive', c.sensitive,
      'rating', c.rating, 'paint_ms', c.paint_ms, 'created_at', c.created_at, 'ready_at', c.ready_at)
      order by c.position), '[]')
    from pentagram.creations c where c.request_id = r.id))::text
from pentagram.requests r left join pentagram.creations s on s.id = r.source_id
where r.account_id = %(account)s order by r.id
"""
_POSTS: LiteralString = """
select json_build_object('id', p.id, 'caption', p.caption, 'tags', p.tags, 'visibility', p.visibility,
  'shows_prompt', p.shows_prompt, 'takes_comments', p.takes_comments, 'sensitive', p.sensitive,
  'remix_of', p.remix_of, 'removed', p.removed_at is not null, 'created_at', p.created_at, 'edited_at', p.edited_at,
  'like_count', p.like_count, 'comment_count', p.comment_count, 'pictures', (
    select coalesce(json_agg(json_build_object('creation', pp.creation_id, 'alt', pp.alt) order by pp.position), '[]')
    from pentagram.post_pictures pp where pp.post_id = p.id),
  'edits', (
    select coalesce(json_agg(json_build_object('caption', e.caption, 'tags', e.tags, 'visibility', e.visibility,
      'edited_at', e.edited_at) order by e.id), '[]')
    from pentagram.post_edits e where e.post_id = p.id))::text
from pentagram.posts p where p.account_id = %(account)s and p.deleted_at is null order by p.id
"""
_COMMENTS: LiteralString = """
select json_build_object('id', k.id, 'post', k.post_id, 'author_of_post', a.name, 'answers', k.parent_id,
  'body', k.body, 'removed', k.removed_at is not null, 'created_at', k.created_at, 'edited_at', k.edited_at)::text
from pentagram.comments k join pentagram.posts p on p.id = k.post_id join pentagram.accounts a on a.id = p.account_id
where k.account_id = %(account)s and k.deleted_at is null order by k.id
"""
_LIKES: LiteralString = """
select json_build_object('post', l.post_id, 'author_of_post', a.name, 'created_at', l.created_at)::text
from pentagram.likes l join pentagram.posts p on p.id = l.post_id join pentagram.accounts a on a.id = p.account_id
where l.account_id = %(account)s order by l.created_at, l.post_id
"""
_COMMENT_LIKES: LiteralString = """
select json_build_object('comment', l.comment_id, 'post', k.post_id, 'created_at', l.created_at)::text
from pentagram.comment_likes l join pentagram.comments k on k.id = l.comment_id
where l.account_id = %(account)s order by l.created_at, l.comment_id
"""
_COLLECTIONS: LiteralString = """
select json_build_object('id', k.id, 'title', k.title, 'description', k.description, 'is_public', k.is_public,
  'is_default', k.is_default, 'created_at', k.created_at, 'posts', (
    select coalesce(json_agg(json_build_object('post', s.post_id, 'author', a.name) order by s.rank, s.post_id), '[]')
    from pentagram.collection_posts s join pentagram.posts p on p.id = s.post_id
    join pentagram.accounts a on a.id = p.account_id where s.collection_id = k.id))::text
from pentagram.collections k where k.account_id = %(account)s and k.deleted_at is null order by k.id
"""
_REPORTS: LiteralString = """
select json_build_object('id', r.id, 'account', a.name, 'post', r.post_id, 'comment', r.comment_id,
  'collection', r.collection_id, 'reason', r.reason, 'note', r.note, 'state', r.state, 'created_at', r.created_at)::text
from pentagram.reports r left join pentagram.accounts a on a.id = r.account_id
where r.reporter_id = %(account)s order by r.id
"""
_DECISIONS: LiteralString = """
select json_build_object('id', d.id, 'verdict', d.verdict, 'rule', d.rule, 'reason', d.reason, 'post', d.post_id,
  'comment', d.comment_id, 'collection', d.collection_id,
  'picture', d.creation_id, 'answers', d.answers, 'expires_at', d.expires_at,
  'created_at', d.created_at)::text
from pentagram.decisions d where d.account_id = %(account)s and d.verdict <> 'leave' order by d.id
"""
_APPEALS: LiteralString = """
select json_build_object('id', e.id, 'decision', e.decision_id, 'prompt', e.prompt, 'body', e.body, 'state', e.state,
  'answer', e.answer, 'created_at', e.created_at, 'decided_at', e.decided_at)::text
from pentagram.appeals e where e.account_id = %(account)s order by e.id
"""


_INTERESTS: LiteralString = """
select json_build_object('negative', i.negative, 'state', i.state, 'weight', i.weight, 'learned_from', i.sources,
  'touched_at', i.touched_at, 'created_at', i.created_at)::text
from pentagram.interests i where i.account_id = %(account)s order by i.created_at, i.id
"""


def _people(table: LiteralString, whose: LiteralString, who: LiteralString) -> LiteralString:
    return f"""select json_build_object('name', a.name, 'created_at', l.created_at)::text
    from {table} l join pentagram.accounts a on a.id = l.{who}
    where l.{whose} = %(account)s order by l.created_at, a.id"""


SECTIONS: Mapping[str, LiteralString] = {
    "prompts": _PROMPTS,
    "posts": _POSTS,
    "comments": _COMMENTS,
    "likes": _LIKES,
    "comment_likes": _COMMENT_LIKES,
    "collections": _COLLECTIONS,
    "follows": _people("pentagram.follows", "follower_id", "followed_id"),
    "followers": _people("pentagram.follows", "followed_id", "follower_id"),
    "mutes": _people("pentagram.mutes", "account_id", "muted_id"),
    "blocks": _people("pentagram.blocks", "account_id", "blocked_id"),
    "interests": _INTERESTS,
    "unwanted_makers": _people("pentagram.unwanted_makers", "account_id", "maker_id"),
    "reports": _REPORTS,
    "decisions": _DECISIONS,
    "appeals": _APPEALS,
}
