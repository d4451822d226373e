"""Names as banks write them, and whether the holder of an account is its owner."""

import pytest

from enishi.payments import kana, policy


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ﾐｽﾞﾉ  ﾚﾝ", "ミズノ レン"),
        ("みずの　れん", "ミズノ レン"),
        ("カワイ ジュン", "カワイ ジユン"),
        ("ハットリ", "ハツトリ"),
        ("カ）エニシ", "カ)エニシ"),
        ("株式会社", "株式会社"),  # refused as it is: banks have no such signs
        ("Yamada・Taro", "YAMADA.TARO"),
        ("ヱビス ヲ", "エビス オ"),
        ("フク−ヤ", "フク-ヤ"),
    ],
)
def test_a_name_is_written_as_banks_write_it(typed, written):
    assert kana.as_banks_write(typed) == written


@pytest.mark.parametrize(
    ("name", "half"),
    [
        ("ミズノ レン", "ﾐｽﾞﾉ ﾚﾝ"),
        ("パーソンズ", "ﾊﾟ-ｿﾝｽﾞ"),
        ("ヴィラ", "ｳﾞｲﾗ"),
        ("カ)エニシ", "ｶ)ｴﾆｼ"),
        ("ジユン", "ｼﾞﾕﾝ"),
    ],
)
def test_in_half_width_a_sound_mark_is_a_sign_and_a_long_vowel_a_hyphen(name, half):
    assert kana.half_width(name) == half


def test_every_sign_that_a_holder_may_have_is_one_byte_on_the_file():
    wide = "".join(chr(code) for code in range(ord("ァ"), ord("ヶ") + 1)) + "ー ().,-/AZ09"
    assert policy.is_holder(wide[:40])
    assert policy.is_holder(wide[40:80])
    assert policy.is_holder(wide[80:])

    half = kana.half_width(wide)

    assert len(half.encode("cp932")) == len(half)


@pytest.mark.parametrize(
    ("holder", "name"),
    [
        ("ミズノ レン", "ミズノ レン"),
        ("ミズノレン", "ミズノ レン"),
        ("ﾐｽﾞﾉ ﾚﾝ", "みずの れん"),
        ("カワイ ジユン", "カワイ ジュン"),
        ("オーノ サトコ", "オ-ノ サトコ"),
        ("レンシヨボウ ミズノ レン", "ミズノ レン"),  # a shop, and its owner behind it
        ("ミズノ レン デザインシツ", "ミズノ レン"),
        ("ミズノレン デザインシツ", "ミズノ レン"),
        ("カ)エニシ", "カブシキガイシャ エニシ"),
        ("カ)エニシ", "カブシキ ガイシャ エニシ"),
        ("エニシ(カ", "エニシ カブシキガイシャ"),
        ("エニシ(カ)", "エニシ(カ"),
        ("ド)エニシ", "ゴウドウガイシャエニシ"),
    ],
)
def test_these_are_one_name(holder, name):
    assert kana.agrees(holder, name)


@pytest.mark.parametrize(
    ("holder", "name"),
    [
        ("ミズノ レン", "ミズノ レナ"),
        ("ミズノ", "ミズノ レン"),
        ("レンシヨボウ", "ミズノ レン"),
        ("カ)ミズノレン", "ミズノ レン"),  # a company is not its owner
        ("カ) ミズノ レン", "ミズノ レン"),
        ("カ)エニシ", "ド)エニシ"),
        ("カ)エニシ", "エニシ(カ"),
        ("オオミズノレン", "ミズノ レン"),
        ("", ""),
        ("-", "-"),
    ],
)
def test_these_are_two(holder, name):
    assert not kana.agrees(holder, name)
