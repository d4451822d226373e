"""How numbers, days and spans are written. Pure: the language, ja or en, is given."""

from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from enishi.kit.days import TOKYO, day_of, is_business_day

Day = date | datetime
WEEKDAYS_JA = "月火水木金土日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UNITS_JA = {"day": "日", "hour": "時間", "minute": "分"}
DAY, HOUR, MINUTE = 86_400, 3600, 60
KILO = 1024


def grouped(amount: int) -> str:
    """12345 as 12,345; a minus is the typographic one, which never breaks from its number."""
    return f"{amount:,}".replace("-", "−")


def yen(amount: int, language: str) -> str:
    if language == "ja":
        return f"{grouped(amount)}円"
    return f"−¥{-amount:,}" if amount < 0 else f"¥{amount:,}"


def percent(share: float, digits: int = 0) -> str:
    """0.899 is 89 %: rounding up would claim what is not reached."""
    exact = Decimal(repr(round(float(share) * 100, 6)))
    return f"{exact.quantize(Decimal(10) ** -digits, ROUND_FLOOR)}%"


def mean(value: Fraction) -> str:
    """4.796… is 4.79, for the same reason."""
    hundredths = value.numerator * 100 // value.denominator
    return f"{hundredths // 100}.{hundredths % 100:02}"


def size(count: int) -> str:
    """The size of a file in words: 38 KB."""
    value, unit = float(count), "B"
    for unit in ("B", "KB", "MB", "GB"):
        if value < KILO or unit == "GB":
            break
        value /= KILO
    return f"{value:.0f} {unit}" if value >= 10 or unit == "B" else f"{value:.1f} {unit}"


def _weekday(day: date, language: str) -> str:
    holiday = day.weekday() < 5 and not is_business_day(day)
    if language == "ja":
        return f"({WEEKDAYS_JA[day.weekday()]}{'・祝' if holiday else ''})"
    return WEEKDAYS_EN[day.weekday()]


def _day(value: Day) -> date:
    return day_of(value) if isinstance(value, datetime) else value


def year_month(value: Day, language: str) -> str:
    """2026年11月 or November 2026, short."""
    day = _day(value)
    return (
        f"{day.year}年{day.month}月"
        if language == "ja"
        else f"{MONTHS_EN[day.month - 1]} {day.year}"
    )


def md(value: Day, language: str) -> str:
    """11月22日(日) or Sun 22 Nov."""
    day = _day(value)
    weekday = _weekday(day, language)
    if language == "ja":
        return f"{day.month}月{day.day}日{weekday}"
    return f"{weekday} {day.day} {MONTHS_EN[day.month - 1]}"


def ymd(value: Day, language: str) -> str:
    """2026年11月22日(日) or Sun 22 Nov 2026."""
    year = _day(value).year
    return f"{year}年{md(value, language)}" if language == "ja" else f"{md(value, language)} {year}"


def hm(value: datetime) -> str:
    local = value.astimezone(TOKYO)
    return f"{local.hour}:{local.minute:02}"


def _with_hour(day: str, hour: str, language: str) -> str:
    return f"{day} {hour}" if language == "ja" else f"{day}, {hour}"


def md_hm(value: datetime, language: str) -> str:
    return _with_hour(md(value, language), hm(value), language)


def ymd_hm(value: datetime, language: str) -> str:
    return _with_hour(ymd(value, language), hm(value), language)


def _deadline(value: datetime) -> tuple[date, str]:
    """Midnight in Tokyo belongs to the day that ends then: people read 24:00."""
    local = value.astimezone(TOKYO)
    if local.hour == local.minute == local.second == 0:
        return local.date() - timedelta(days=1), "24:00"
    return local.date(), hm(value)


def due(value: datetime, language: str) -> str:
    day, hour = _deadline(value)
    return _with_hour(ymd(day, language), hour, language)


def due_md(value: datetime, language: str) -> str:
    day, hour = _deadline(value)
    return _with_hour(md(day, language), hour, language)


def _parts(gap: timedelta) -> list[tuple[int, str]]:
    """The one or two parts of a span that a reader needs: the nearer, the finer."""
    days, rest = divmod(int(gap.total_seconds()), DAY)
    hours, minutes = rest // HOUR, rest % HOUR // MINUTE
    if days >= 2:
        parts = [(days, "day")]
    elif days:
        parts = [(days, "day"), (hours, "hour")]
    elif hours >= 2:
        parts = [(hours, "hour")]
    else:
        parts = [(hours, "hour"), (minutes, "minute")]
    return [part for part in parts if part[0]]


def _words(parts: list[tuple[int, str]], language: str) -> str:
    if language == "ja":
        return "".join(f"{number}{UNITS_JA[unit]}" for number, unit in parts)
    return " ".join(f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts)


def left(due_at: datetime, now: datetime, language: str) -> str:
    """あと1日3時間 or 1 day 3 hours left."""
    if due_at <= now:
        return "期日を過ぎました" if language == "ja" else "past due"
    words = _words(_parts(due_at - now), language)
    if not words:
        return "あと1分以内" if language == "ja" else "less than a minute left"
    return f"あと{words}" if language == "ja" else f"{words} left"


def ago(at: datetime, now: datetime, language: str) -> str:
    """3時間前 or 3 hours ago; from a week on, the day itself."""
    gap = now - at
    if gap >= timedelta(days=7):
        return md(at, language) if _day(at).year == _day(now).year else ymd(at, language)
    words = _words(_parts(gap)[:1], language) if gap >= timedelta(minutes=1) else ""
    if not words:
        return "たった今" if language == "ja" else "just now"
    return f"{words}前" if language == "ja" else f"{words} ago"


def span(length: timedelta | float, language: str) -> str:
    """A measured span, as in a median: 40分, 6時間, 1.8日."""
    seconds = length.total_seconds() if isinstance(length, timedelta) else float(length)
    if seconds >= DAY:
        number, unit = f"{seconds / DAY:.1f}".removesuffix(".0"), "day"
    elif seconds >= HOUR:
        number, unit = str(round(seconds / HOUR)), "hour"
    else:
        number, unit = str(max(round(seconds / MINUTE), 1)), "minute"
    if language == "ja":
        return f"{number}{UNITS_JA[unit]}"
    return f"{number} {unit}{'' if number == '1' else 's'}"
