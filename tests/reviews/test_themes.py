"""SA5: what comments speak of, with their negations, in both languages."""

import pytest

from enishi.reviews import themes
from enishi.reviews.lexicon import ENGLISH, JAPANESE, THEMES

SAID = [
    ("返信がいつも早く、安心できました。", {("replies", "good")}),
    ("返信が遅かったです。", {("replies", "bad")}),
    ("返信は遅くないです。", {("replies", "good")}),
    ("返信が遅いということはありませんでした。", {("replies", "good")}),
    ("返信が遅い、ということはありませんでした。", {("replies", "good")}),
    ("お返事は早くありませんでした。", {("replies", "bad")}),
    ("ご連絡が一週間ほど途絶えました。", {("replies", "bad")}),
    ("待つあいだも、区切りごとに知らせてくださいました。", {("replies", "good")}),
    ("ご希望がはっきりしていました。", {("clear", "good")}),
    ("ご希望がはっきりしませんでした。", {("clear", "bad")}),
    ("丁寧な方でした。", {("care", "good")}),
    ("ていねいに直していただけました。", {("care", "good")}),
    ("丁寧ではない。", {("care", "bad")}),
    ("丁寧とは言えません。", {("care", "bad")}),
    ("あまり丁寧じゃなかったです。", {("care", "bad")}),
    ("丁寧かもしれない。", {("care", "good")}),
    ("納期を守っていただきました。", {("dates", "good")}),
    ("納期を守っていただけませんでした。", {("dates", "bad")}),
    ("納期に遅れずに納品してくださいました。", {("dates", "good")}),
    ("納期が二度延びました。", {("dates", "bad")}),
    ("説明がわかりやすかったです。", {("clear", "good")}),
    ("説明はわかりやすくなかったです。", {("clear", "bad")}),
    ("説明はわかりにくくありませんでした。", {("clear", "good")}),
    ("仕上がりは申し分ないです。", {("result", "good")}),
    ("直すところがほとんどありませんでした。", {("result", "good")}),
    ("仮払いの手続きが期日まで行われず、待ちました。", {("money", "bad")}),
    ("検収も早く、助かりました。", {("money", "good")}),
    ("仕上がりは良かったですが、返信が遅かったです。", {("result", "good"), ("replies", "bad")}),
    ("またお願いしたいです。", {("again", "good")}),
    ("Replies were quick.", {("replies", "good")}),
    ("Replies were never slow.", {("replies", "good")}),
    ("The replies weren't fast.", {("replies", "bad")}),
    ("Not only fast replies but great work.", {("replies", "good"), ("result", "good")}),
    ("The instructions were not clear.", {("clear", "bad")}),
    ("The instructions were unclear.", {("clear", "bad")}),
    ("She was never rude.", {("care", "good")}),
    ("The work was not good.", {("result", "bad")}),
    ("Delivered on time.", {("dates", "good")}),
    ("ﾃｲﾈｲではなく丁寧", {("care", "good")}),
]
LEFT_ALONE = [
    "「返信が遅い」と聞いていました。",
    "『丁寧』という言葉をいただきました。",
    "“Slow replies” is what somebody else wrote.",
    "返信が早いですね(笑)",
    "さすが丁寧ですねｗｗ",
    "Such quick replies /s",
    "もう少し返信が早いと助かります。",
    "もっと丁寧だと良いです。",
    "返信は早いですか？",
    "The replies could be quicker.",
    "It would be nice if replies were quick.",
    "ありがとうございました。",
    "早いものですね。",
    "",
]


@pytest.mark.parametrize(("comment", "heard"), SAID)
def test_a_comment_praises_or_blames_by_its_words(comment, heard):
    assert {(one.theme, one.tone) for one in themes.mentions(comment)} == heard


@pytest.mark.parametrize("comment", LEFT_ALONE)
def test_quotations_questions_wishes_and_jokes_say_nothing(comment):
    assert themes.mentions(comment) == frozenset()


def test_below_three_comments_nothing_is_claimed():
    two = [(1, "丁寧でした。"), (2, "丁寧ではない。")]

    assert themes.tallies(two) == []
    (tally,) = themes.tallies([*two, (3, "ていねいでした。")])
    assert (tally.theme, tally.good, tally.bad, tally.count) == ("care", (1, 3), (2,), 3)


def test_a_comment_counts_once_for_a_theme_however_often_it_says_it():
    (tally,) = themes.tallies([(n, "丁寧で、親切で、誠実でした。") for n in (1, 2, 3)])

    assert tally.good == (1, 2, 3)


def test_the_most_spoken_of_comes_first():
    comments = [(n, "丁寧でした。返信も早く、助かりました。") for n in (1, 2, 3)]
    comments += [(4, "返信が早い方でした。")]

    assert [one.theme for one in themes.tallies(comments)] == ["replies", "care"]


def test_every_theme_has_words_in_both_languages():
    assert tuple(JAPANESE) == tuple(ENGLISH) == THEMES
    for words in (*JAPANESE.values(), *ENGLISH.values()):
        assert words.good


def test_a_long_comment_is_read_in_no_time():
    """Patterns that backtrack without end would hold a page up."""
    for piece in ("返信がとても", "ないないない", "not ", "replies a b c ", "納期"):
        themes.mentions.__wrapped__((piece * 2_000)[:2_000])
