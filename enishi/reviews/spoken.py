"""What a comment speaks of is heard once, when it is written, and kept beside it (SA5). Another
lexicon hears anew: what was kept under an earlier one is as good as not there."""

from collections.abc import Iterable

from django.db import connection

from enishi.kit.prepared import rows

from . import themes
from .models import Review, Spoken

KEEP = f"""
    insert into {Spoken._meta.db_table} as kept (review_id, lexicon, themes)
    select review_id, %(lexicon)s, string_to_array(themes, ',')
      from unnest(%(reviews)s::bigint[], %(themes)s::text[]) heard (review_id, themes)
        on conflict (review_id) do update
       set lexicon = excluded.lexicon, themes = excluded.themes
"""
UNHEARD = f"""
    select id, comment from {Review._meta.db_table} review
     where subject_id = any(%(accounts)s) and published_at is not null
       and not exists (select from {Spoken._meta.db_table} kept
                        where kept.review_id = review.id and lexicon = %(lexicon)s)
"""


def keep(comments: Iterable[tuple[int, str]]) -> None:
    """What these comments speak of, by the ids of their reviews."""
    heard = {number: ",".join(themes.tones(comment)) for number, comment in comments}
    if not heard:
        return
    with connection.cursor() as cursor:
        values = {"reviews": list(heard), "themes": list(heard.values())}
        cursor.execute(KEEP, values | {"lexicon": themes.LEXICON})


def catch_up(account_ids: Iterable[int]) -> None:
    """Published comments about these people that were written before, or under another lexicon."""
    keep(rows(UNHEARD, {"accounts": list(account_ids), "lexicon": themes.LEXICON}))
