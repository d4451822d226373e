"""How much of each thing a profile holds. Pure; the database holds the same limits."""

PIECES_MOST = 30
IMAGES_MOST = 8  # of one piece
WAITING_IMAGES_MOST = 16  # of one person, uploaded in forms that came back
PIECE_SKILLS_MOST = 10
PIECE_TEXT_MOST = 3_000
ALT_MOST = 200
LINK_MOST = 500
TITLE_MOST = 120
YEARS = (1950, 2099)

PACKAGES_MOST = 20
DELIVERED_MOST = 3_000
OPTIONS_MOST = 5
OPTION_NAME_MOST = 80
DAYS_MOST = 365
ROUNDS_MOST = 20

EXPERIENCES_MOST = 20
QUALIFICATIONS_MOST = 20
EXPERIENCE_TEXT_MOST = 1_000
NUMBER_MOST = 60

LANGUAGES_MOST = 10
LEVELS = ("native", "business", "daily", "basic")
WEEKS = 12  # that the calendar shows
HOURS_OF_A_WEEK = (0, 100)
RATES_MOST = 8
RATE_MOST = 99_999_999  # yen for one unit
