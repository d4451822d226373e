"""The words by which comments speak of a theme, in both languages. Each is a pattern on text that
`themes.plain` has folded; how it is negated, `themes` knows. Pure.

`…` stands for a few letters of the same clause, so that a word counts only beside its topic.
"""

from dataclasses import dataclass

TONES = ("good", "bad")


@dataclass(frozen=True, slots=True)
class Words:
    """What praises and what blames, for one theme in one language."""

    good: tuple[str, ...]
    bad: tuple[str, ...]


_REPLIES = "(?:ご?返信|お?返事|ご?連絡|レスポンス|応答)"
_DATES = "(?:納期|期日|期限|締め?切り?|約束の日|納品)"
_RESULT = "(?:仕上が?り|出来上が?り|完成度|品質|クオリティ|成果物|できばえ|出来栄え)"
_MONEY = "(?:お?支払い?|仮払い|入金|検収)"
_EXPLAINED = "(?:ご?指示|ご?説明|資料|要件|ご?依頼内容|決まり|手引き?)"

JAPANESE: dict[str, Words] = {
    "replies": Words(
        good=(
            f"{_REPLIES}…(?:早|速|はや|迅速|すばや|素早|スムーズ|まめ|こまめ)",
            f"(?:すぐ|すばやく|迅速)に?…{_REPLIES}",
            f"{_REPLIES}…翌日",
            "(?:早めに|前もって|区切りごとに|こまめに)…(?:知らせ|連絡|教え|伝え)",
        ),
        bad=(
            f"{_REPLIES}…(?:遅|おそ|途絶え|滞|とどこお|返って来|返ってこ|少な)",
            f"{_REPLIES}…(?:数日|一週間以上|間)が?…(?:空|あ)[いくき]",
            f"{_REPLIES}…(?:一週間|待たされ|待つこと)",
        ),
    ),
    "dates": Words(
        good=(
            f"{_DATES}…(?:守[っら]|間に合|厳守|余裕)",
            f"{_DATES}…(?:より|よりも)…(?:早|前)",
            "(?:予定|期日|納期)(?:どお?り|通り)",
        ),
        bad=(
            f"{_DATES}…(?:遅れ|遅く|過ぎ|延び|延期|破[っら])",
            "(?:作業|納品|予定)が?…遅れ",
        ),
    ),
    "care": Words(
        good=("丁寧", "ていねい", "誠実", "親切", "細やか", "行き届", "気持ちよ[いくか]", "温か"),
        bad=("雑[なでだに]", "失礼", "無礼", "高圧的", "いい加減", "ぶっきらぼう", "横柄"),
    ),
    "clear": Words(
        good=(
            "(?:わか|分か|解)りやす",
            "明快",
            "明確",
            "はっきり",
            "具体的",
            "詳し[いくか]",
            "迷わず",
            f"{_EXPLAINED}…(?:具体的|的確|そろって|揃って)",
        ),
        bad=(
            "(?:わか|分か|解)りにく",
            "(?:わか|分か)りづら",
            f"{_EXPLAINED}…(?:あいまい|曖昧|不足|足り|断片)",
            f"{_EXPLAINED}…何度も…変わ",
        ),
    ),
    "result": Words(
        good=(
            f"{_RESULT}…(?:良|よ[くいか]|すばらし|素晴らし|満足|想像以上|希望どお?り|期待以上|高[いくか])",
            "(?:内容|お仕事)に…満足",
            "直すところが…(?:ほとんど)?(?:ない|ありません)",
            "申し分(?:の|が)?(?:ない|なく|ありません)",
        ),
        bad=(
            f"{_RESULT}…(?:悪|低|残念|不満|差が大き)",
            "(?:ミス|誤字|漏れ|抜け|間違い)が…(?:多|目立)",
            "(?:一部が|抜けたまま)…納品",
        ),
    ),
    "ideas": Words(
        good=(
            "ご?提案…(?:うれし|嬉し|良|よ[かく]|参考|的確|助か|あり?がた|いただ|くださ)",
            "指示に書いていない",
            "先回り",
            "工夫",
            "気(?:配り|遣い|づかい)",
        ),
        bad=("言われたこと…(?:だけ|しか)", "受け身"),
    ),
    "money": Words(
        good=(f"{_MONEY}…(?:早|速|すぐ|迅速|スムーズ|期日どお?り|当日|契約の日)",),
        bad=(f"{_MONEY}…(?:遅|滞|期日の直前|期日まで…行われず|日がかか)", "決まりによる検収"),
    ),
    "again": Words(
        good=(
            "また(?:ぜひ)?…(?:お願い|ご一緒|依頼|お仕事)",
            "次(?:回|も)…(?:お願い|ご一緒|依頼)",
            "今後と?も…(?:お願い|ご一緒|よろしく)",
        ),
        bad=(),
    ),
}

_R = "(?:repl(?:y|ies|ied)|respon(?:se|ses|ded|sive|d)|answer(?:s|ed)?|communicat(?:ion|or|ed))"
_D = "(?:deadline|deadlines|schedule|delivery|date|dates)"
_W = "(?:work|result|results|quality|delivery|output)"
_P = "(?:payment|payments|escrow|acceptance|inspection|funding)"
_I = "(?:instruction|instructions|brief|explanation|explanations|requirements)"

ENGLISH: dict[str, Words] = {
    "replies": Words(
        good=(
            rf"\b{_R}…\b(?:quick|quickly|fast|prompt|promptly)\b",
            rf"\b(?:quick|fast|prompt)…\b{_R}\b",
            r"\bresponsive\b",
        ),
        bad=(rf"\b{_R}…\b(?:slow|slowly|late|days)\b", rf"\bslow…\b{_R}\b", r"\bunresponsive\b"),
    ),
    "dates": Words(
        good=(r"\bon time\b", rf"\b(?:met|kept)…\b{_D}\b", r"\bahead of (?:schedule|time)\b"),
        bad=(
            rf"\b(?:missed|broke)…\b{_D}\b",
            rf"\b{_D}…\b(?:late|slipped|delayed)\b",
            r"\bdelivered late\b",
        ),
    ),
    "care": Words(
        good=(r"\b(?:polite|careful|thorough|kind|courteous|attentive|diligent)\b",),
        bad=(r"\b(?:rude|careless|sloppy|impolite|dismissive)\b",),
    ),
    "clear": Words(
        good=(r"\bclear(?:ly)?\b", r"\beasy to (?:understand|follow)\b"),
        bad=(r"\b(?:unclear|vague|confusing|hard to understand)\b", rf"\b{_I}…\bkept changing\b"),
    ),
    "result": Words(
        good=(
            rf"\b(?:excellent|great|good|high|superb)…\b{_W}\b",
            rf"\b{_W}…\b(?:excellent|great|good|superb|flawless)\b",
        ),
        bad=(
            rf"\b(?:poor|bad|low)…\b{_W}\b",
            rf"\b{_W}…\b(?:poor|bad|disappointing)\b",
            r"\b(?:many|several) (?:errors|mistakes|typos)\b",
        ),
    ),
    "ideas": Words(
        good=(
            r"\b(?:helpful|good|great|useful) (?:ideas|suggestions|proposals)\b",
            r"\bproactive\b",
        ),
        bad=(r"\bno (?:initiative|ideas)\b",),
    ),
    "money": Words(
        good=(
            rf"\b{_P}…\b(?:fast|quick|prompt|promptly|immediate)\b",
            r"\bpaid (?:promptly|quickly|at once)\b",
        ),
        bad=(rf"\b{_P}…\b(?:late|slow|delayed)\b", r"\bpaid late\b"),
    ),
    "again": Words(
        good=(r"\b(?:work|order|hire)(?:ing)?…\bagain\b", r"\bwould recommend\b"),
        bad=(),
    ),
}

THEMES = tuple(JAPANESE)
