# How a name looks: letters that cannot be told apart by eye become one. Names of one look are found
# by an index over the names themselves, so that nothing has to be kept in step with them. Another
# table of letters is another migration, which builds the index anew.

from django.db import migrations

# What the letters on the right are taken for, once NFKD has brought widths and accents to one:
# digits and Latin, Greek, Cyrillic; then kana and the signs they are taken for.
LIKE = {
    "i": "IlіΙІ1|ӏıι",
    "o": "OоΟОοσ0〇○",
    "a": "АΑаα",
    "b": "ВΒЬьβ",
    "c": "СсϹϲ",
    "d": "ԁ",
    "e": "ЕΕе",
    "g": "ԍɡ",
    "h": "НΗһ",
    "j": "Јј",
    "k": "КΚкκ",
    "m": "МΜм",
    "n": "Νп",
    "p": "РΡрρ",
    "s": "Ѕѕ",
    "t": "ТΤтτ",
    "u": "υ",
    "v": "νѵѴ",
    "w": "ԝѡω",
    "x": "ХΧхχ",
    "y": "УΥуүγ",
    "z": "Ζ",
    "へ": "ヘ",
    "り": "リ",
    "力": "カ",
    "二": "ニ",
    "口": "ロ",
    "工": "エ",
    "八": "ハ",
    "夕": "タ",
    "卜": "ト",
    "千": "チ",
    "才": "オ",
    "三": "ミ",
    "一": "ー―‐‑‒–—−-─",
}
GONE = " ._·・'’`´\"()、。"  # what the eye skips
FROM = "".join(LIKE.values()) + GONE
TO = "".join(one * len(like) for one, like in LIKE.items())
HIDDEN = r"[\u0300-\u036f\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]"  # accents, joiners, variants

FUNCTION = f"""
    CREATE OR REPLACE FUNCTION name_look(name text) RETURNS text
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT replace(replace(lower(translate(
                   regexp_replace(normalize(name, NFKD), '{HIDDEN}', '', 'g'),
                   '{FROM.replace("'", "''")}', '{TO}')), 'rn', 'm'), 'vv', 'w') $$
"""
INDEX = """
    CREATE INDEX CONCURRENTLY IF NOT EXISTS account_name_look
        ON accounts_account (name_look(name)) WHERE is_active
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("profiles", "0003_what_a_profile_shows"), ("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION name_look(text)"),
        migrations.RunSQL(INDEX, "DROP INDEX CONCURRENTLY account_name_look"),
    ]
