"""I1, M12: whatever is typed into any box of any form or address, nobody meets a fault of ours.
What will not do is said in our own words at its box, in the reader's language, and what was typed
stands there again. Bytes that are no text, and too much of it, are refused on a page that says so.

The boxes are not listed anywhere: the proof watches what each address reads, so that a new form is
in it from its first day. The raw requests that no client library would send stand in
`test_raw_requests.py`.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from django.core.files.uploadedfile import SimpleUploadedFile

from enishi.web.forms import Form
from tests.data import hostile

from .boxes import MONEY, OF_ITS_OWN, Page, of_the_framework
from .policies import POLICIES
from .targets import Target, boxes_of, send, sent, sound, targets
from .targets import two_languages as two_languages  # fixtures
from .walking import built as built
from .walking import changed, rows, undone
from .walking import world as world

BUDGET = 100
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
BIG = (22, 23, 38)
VALUES = [
    (one.id, value)
    for one in hostile.TEXT + hostile.SCRIPT + hostile.NUMBER
    if one.id not in BIG
    for value in one.values
]
NO_TEXT = {10, 12, 13, 14}  # NUL, overlong and invalid UTF-8, Shift_JIS
MOST = [value for one in hostile.TEXT if one.id in BIG for value in one.values]
BOUNDS = (0, -1, 1, 2**31 - 1, 2**31, 2**63 - 1, 2**63, 10**30)
SECRET = re.compile(r"password|code|recovery")
MAY_ANSWER = {200, 204, 302, 303, 400, 403, 404, 405, 409, 413, 422, 429}


def faults(target: Target, names: set[str], data: dict[str, Any], answer: Any) -> Iterator[str]:
    """What is wrong with an answer to hostile values in the boxes of these names."""
    if answer.status_code not in MAY_ANSWER:
        yield f"is answered {answer.status_code}"
    # allauth's forms come back with 200.
    if answer.status_code not in (200, 422) or "html" not in answer.headers.get("Content-Type", ""):
        return
    text = answer.content.decode()
    page = Page(text)
    if answer.status_code == 200 and not page.errors:
        return
    yield from _bad_words(text, page.errors)
    if missing := {one for one in page.described if one not in page.ids}:
        yield f"describes boxes by what is not there: {missing}"
    if missing := {one for one in page.links if one not in page.ids}:
        yield f"links to what is not there: {missing}"
    for name in names:
        typed = data.get(name)
        if isinstance(typed, str) and not SECRET.search(name) and not page.keeps(name, typed):
            yield f"has lost what was typed into {name}"


def _bad_words(text: str, said: list[str]) -> Iterator[str]:
    if "notice--error" not in text and not said:
        yield "comes back without a word"
    for sentence in said:
        if sentence.strip() in FRAMEWORK:
            yield f"speaks as the framework: {sentence.strip()}"
        if 'lang="ja"' in text[:200] and not JAPANESE.search(sentence):
            yield f"speaks no Japanese: {sentence.strip()}"
        if 'lang="en"' in text[:200] and JAPANESE.search(sentence):
            yield f"speaks Japanese: {sentence.strip()}"


FRAMEWORK = of_the_framework()


def report(target: Target, what: str, found: Iterator[str]) -> list[str]:
    return [f"{target}: {what}: {one}" for one in found]


def test_every_box_of_every_form_answers_whatever_is_typed(two_languages, proof):
    """All boxes of a form at once, each with another value, until each has had every value."""
    chance, wrong, known = proof.random(), [], {}
    rounds = [
        (target, number)
        for target in targets(two_languages, "POST")
        for number in range(target.of.key == "b", len(VALUES), 2)
    ]

    for target, number in proof.sample(rounds, least=300):
        if str(target) not in known:
            known[str(target)] = boxes_of(target, "POST")
        names = known[str(target)]
        data = sound(target, set(names))
        chosen = set(names) - OF_ITS_OWN.get(target.pattern.name, {}).keys()
        for place, name in enumerate(sorted(chosen)):
            data[name] = VALUES[(number + place * 7) % len(VALUES)][1]
        if chance.random() < 0.05 and chosen:
            data[chance.choice(sorted(chosen))] = chance.choice(MOST)
        answer = send(target, data)
        wrong += report(target, f"values from {number}", faults(target, chosen, data, answer))

    assert not wrong, _shortened(wrong)


def test_one_bad_value_among_sound_ones_reaches_the_command_and_does_no_harm(two_languages, proof):
    """Beside faults in other boxes a value is never looked at closely, so here it stands alone."""
    wrong, cases = [], []
    for target in targets(two_languages, "POST"):
        names = boxes_of(target, "POST")
        cases += [
            (target, names, name, number, value) for name in names for number, value in VALUES
        ]

    for target, names, name, number, value in proof.sample(_some(proof, cases), least=300):
        data = sound(target, set(names)) | {name: value}
        answer = send(target, data)
        what = f"input {number} in {name}"
        wrong += report(target, what, faults(target, {name}, data, answer))
        if number in NO_TEXT and answer.status_code == 302 and name in TEXTUAL:
            wrong.append(f"{target}: {what}: bytes that are no text were taken")

    assert not wrong, _shortened(wrong)


TEXTUAL = {"text", "body", "message", "reason", "comment", "title", "content", "description"}
TEXTUAL |= {"private_note", "questions_back", "answer_1", "introduction", "about", "name"}
WHOLE = 4_000


def _some(proof: Any, cases: list[Any]) -> list[Any]:
    """All of them would be an hour: the covering test before has had every value in every box."""
    return proof.random().sample(cases, min(WHOLE, len(cases)))


def _shortened(wrong: list[str]) -> str:
    unique = sorted(set(wrong))
    return "\n".join([f"{len(unique)} faults", *unique[:60]])


def test_every_form_of_the_code_is_among_them(two_languages, monkeypatch):
    """A form that no address brings to this proof would be proved by nobody."""
    met, clean = set(), Form.full_clean

    def noted(self: Form) -> None:
        if self.is_bound:
            met.add(type(self))
        clean(self)

    monkeypatch.setattr(Form, "full_clean", noted)
    for target in (*targets(two_languages, "POST"), *targets(two_languages, "GET")):
        boxes_of(target, "POST" if "POST" in POLICIES[target.pattern.name].takes else "GET")

    known = {one for one in _kinds(Form) if not one.__subclasses__()}
    assert {one.__qualname__ for one in known - met} == UNMET


def _kinds(form: type[Form]) -> set[type[Form]]:
    return {form, *(kind for one in form.__subclasses__() for kind in _kinds(one))}


UNMET = {"GalleryForm", "RoleForm"}  # of the demo alone; only ever shown, its view reads the word


def test_every_box_for_money_is_exact_or_refused_at_its_bounds(two_languages, proof):
    """M12"""
    wrong, seen = [], set()
    cases = []
    for target in targets(two_languages, "POST"):
        names = boxes_of(target, "POST")
        money = [name for name in names if MONEY.search(name)]
        seen |= set(money)
        cases += [(target, names, name, bound) for name in money for bound in BOUNDS]

    for target, names, name, bound in proof.sample(cases, least=60):
        data = sound(target, set(names)) | {name: str(bound)}
        if name.startswith("budget"):  # a plan would stand for it
            data = {one: value for one, value in data.items() if "milestone" not in one}
        if name == "unit_price":
            data |= {"pricing": "per_unit", "unit": "piece", "quantity": "1"}
        answer = send(target, data)
        wrong += report(target, f"{bound} in {name}", faults(target, {name}, data, answer))
        if not 0 <= bound <= 100_000_000 and answer.status_code == 302:
            wrong.append(f"{target}: {bound} in {name} was taken")

    assert seen >= {"amount", "budget_max", "milestone_1_amount"}
    assert not wrong, _shortened(wrong)


def test_every_query_and_every_part_of_an_address_answers(two_languages, proof):
    """?page, ?after, ?q, ids and keys in the path: 200, a redirect, 400 or 404."""
    wrong, cases = [], []
    for target in targets(two_languages, "GET"):
        names = boxes_of(target, "GET")
        cases += [(target, "query", name, row) for name in {*names, "x"} for row in VALUES]
    for method in ("GET", "POST"):
        for target in targets(two_languages, method):
            known = target.of.things.get(target.thing, {})
            parts = [part for part in target.pattern.pattern.regex.groupindex if part in known]
            cases += [(target, method, part, row) for part in parts for row in PARTS]

    for target, kind, name, (number, value) in proof.sample(_some(proof, cases), least=400):
        with undone():
            if kind == "query":
                answer = target.actor.ask("GET", f"{target.path}?{urlencode({name: value})}")
            else:
                answer = target.actor.ask(kind, _changed(target, name, str(value)))
        if answer.status_code not in MAY_ANSWER | {503}:
            wrong.append(f"{target}: input {number} in {name}: {answer.status_code}")
        if kind == "query" and number in NO_TEXT and answer.status_code != 400:
            wrong.append(f"{target}: input {number} in ?{name}: {answer.status_code}, not 400")

    assert not wrong, _shortened(wrong)


PARTS = [(one.id, value) for one in hostile.NUMBER for value in one.values] + [
    (0, "\0"),
    (0, "a\0b"),
    (0, str(2**63 - 1)),
    (0, str(2**64)),
    (0, "1" * 25),
    (0, "00000000-0000-0000-0000-000000000000"),
]


def _changed(target: Target, part: str, value: str) -> str:
    known = str(target.of.things[target.thing][part])
    return target.path.replace(f"/{quote(known)}", f"/{quote(value, safe='')}", 1)


def test_files_that_did_not_arrive_do_not_cost_what_was_typed_beside_them(two_languages):
    """An empty file is refused; the words beside it stand again, and the files are asked for."""
    for target in targets(two_languages, "POST"):
        if target.pattern.name not in ("job_new", "delivery", "profile", "thread_entries"):
            continue
        names = boxes_of(target, "POST")
        data = sound(target, set(names)) | {"act": "open"}
        box = "image" if target.pattern.name == "profile" else "files"
        data[box] = SimpleUploadedFile("empty.txt", b"", "text/plain")

        with undone():
            answer = target.actor.ask("POST", target.path, data)

        if target.thing == "agreed" or (target.of.key == "b" and target.pattern.name == "job_new"):
            continue  # not funded: there is no form
        assert answer.status_code == 422, str(target)
        assert not list(faults(target, set(names) - {box}, data, answer)), str(target)


def test_a_form_sent_twice_is_done_once(two_languages, proof):
    """A double press, or a press again after a lost answer: no fault, and nothing more happens."""
    wrong = []
    for target in proof.sample(list(targets(two_languages, "POST")), least=30):
        data = sound(target, set(boxes_of(target, "POST")))
        with undone():
            first = sent(target, data)
            between = rows()
            second = sent(target, data)
            more = changed(between, rows())
        if first.status_code == 302 and more and target.pattern.name not in ADDS:
            wrong.append(f"{target}: did more the second time: {more}")
        if second.status_code not in MAY_ANSWER:
            wrong.append(f"{target}: answered {second.status_code} the second time")

    assert not wrong, _shortened(wrong)


# Each of these says or makes another one, as often as it is asked; the page asks once (once.js).
ADDS = {"job_new", "job_copies", "job_questions", "thread_entries", "office_looks"}
ADDS |= {"package_new", "package_edit", "experience_new", "qualification_new"}
ADDS |= {"languages", "weeks", "rates"}  # written whole, and so anew
ADDS |= {"experience_edit", "qualification_edit"}  # the same words again
ADDS |= {"profile", "mfa_generate_recovery_codes"}  # the same words again; codes anew, shown anew
