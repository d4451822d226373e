"""What the documents say is what the code says: words, variables, layers, links, lengths."""

import ast
import configparser
import re
import tomllib

import pytest
from django.utils import translation

from enishi.contracts.lifecycle import CHANGE, CONTRACT, MILESTONE
from enishi.jobs.lifecycle import JOB
from enishi.kit.constraints import TriggerConstraint
from enishi.office.lifecycle import ACT, DIFFERENCE, FINDING
from enishi.organisations.lifecycle import MEMBERSHIP
from enishi.payments.lifecycle import BATCH, CHARGEBACK, HOLDER, PAYMENT, PAYOUT, REFUND
from enishi.profiles.lifecycle import PACKAGE
from enishi.proposals.lifecycle import PROPOSAL
from enishi.ranks.lifecycle import STANDING
from enishi.safety.lifecycle import REPORT
from enishi.verification.lifecycle import CODE as PHONE_CODE
from enishi.verification.lifecycle import PICTURE, VERIFICATION
from enishi.web.states import WORDS
from tests.docs.documents import LINK, PAGES, ROOT, anchors, plain, table, text

CODE = ROOT / "enishi"
CYCLES = (
    *(JOB, PROPOSAL, CONTRACT, MILESTONE, CHANGE),
    *(PAYMENT, REFUND, PAYOUT, CHARGEBACK, BATCH, HOLDER, ACT, DIFFERENCE, FINDING),
    *(REPORT, STANDING, MEMBERSHIP),
    *(VERIFICATION, PICTURE, PHONE_CODE),
    PACKAGE,
)
GLOSSARY = "docs/glossary.md"
VARIABLE = re.compile(r"ENISHI_[A-Z_]*[A-Z]|DATABASE_URL")
NOUNS = (
    *("People", "Work that is wanted", "Applying", "The deal", "Money", "Time"),
    "Telling and trust",
)


def names(pages):
    return [page.relative_to(ROOT).as_posix() for page in pages]


@pytest.mark.parametrize("page", names(PAGES))
def test_relative_links_lead_somewhere(page):
    broken = []
    for link in LINK.findall(text(ROOT / page)):
        if re.match(r"[a-z]+:", link):
            continue
        place, _, anchor = link.partition("#")
        target = (ROOT / page).parent / place if place else ROOT / page
        if not target.exists() or (anchor and anchor not in anchors(text(target))):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        *(("README.md", 120), ("STYLE.md", 120), ("CONTRIBUTING.md", 80)),
        *(("docs/architecture.md", 140), ("SECURITY.md", 60)),
    ],
)
def test_a_document_is_no_longer_than_it_should_be(page, lines):
    assert len(text(ROOT / page).splitlines()) <= lines


DECISIONS = sorted((ROOT / "docs" / "decisions").glob("0*.md"))


@pytest.mark.parametrize("page", names(DECISIONS))
def test_a_decision_is_one_page_with_four_parts(page):
    source = text(ROOT / page)

    assert re.findall(r"^## (.+)$", source, re.MULTILINE) == [
        *("Context", "Decision", "Consequences", "Alternatives")
    ]
    assert len(source.splitlines()) <= 60


def test_decisions_are_numbered_without_a_gap_and_listed():
    numbers = [int(page.name[:4]) for page in DECISIONS]
    listed = LINK.findall(text(ROOT / "docs/decisions/README.md"))

    assert numbers == list(range(1, len(DECISIONS) + 1))
    assert listed == [page.name for page in DECISIONS]


def read_by_the_code() -> set[str]:
    """Every name of a variable that stands as a string of its own in our code."""
    found = set()
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(text(path))):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and VARIABLE.fullmatch(value):
                found.add(value)
    return found


def test_every_variable_of_the_environment_stands_in_the_table_and_none_besides():
    told = [plain(row[0]) for row in table("docs/operating.md", "Environment")]

    assert len(told) == len(set(told))
    assert set(told) == read_by_the_code()


def test_variables_named_anywhere_in_the_documents_exist():
    named = {name for page in PAGES for name in VARIABLE.findall(text(page))}

    assert named <= read_by_the_code()


def test_every_state_has_its_words():
    told = {(row[0], plain(row[1])) for row in table(GLOSSARY, "States")}

    assert told == {(cycle.name, state) for cycle in CYCLES for state in cycle.states}


def test_states_are_called_in_the_glossary_as_on_the_pages():
    told = {(row[0], plain(row[1])): row[2] for row in table(GLOSSARY, "States")}

    with translation.override("ja"):
        shown = {
            (cycle.name, state): str(WORDS[cycle.name][state].text)
            for cycle in CYCLES
            for state in cycle.states
            if cycle.name in WORDS
        }
    assert {key: told[key] for key in shown} == shown


def test_every_verb_has_its_words():
    told = {
        (cycle, plain(row[0])) for row in table(GLOSSARY, "Verbs") for cycle in row[2].split(", ")
    }

    assert told >= {(cycle.name, verb) for cycle in CYCLES for verb in cycle.all_verbs}


def test_every_package_has_its_words():
    packages = {path.parent.name for path in CODE.glob("*/__init__.py")}

    assert {plain(row[0]) for row in table(GLOSSARY, "Packages")} == packages


def test_every_word_stands_once_and_in_both_languages():
    words = [row[0] for heading in NOUNS for row in table(GLOSSARY, heading)]
    rows = [row for heading in NOUNS for row in table(GLOSSARY, heading)]

    assert sorted(words) == sorted(set(words))
    assert [row for row in rows if len(row) != 3 or not all(row)] == []
    assert [row for row in rows if not re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", row[1])] == []


def test_the_layers_of_the_architecture_are_those_that_are_checked():
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter")
    checked = config["importlinter:contract:layers"]["layers"].split("\n")
    drawn = text(ROOT / "docs/architecture.md").split("```text\n", 1)[1].split("```", 1)[0]

    def bare(lines):
        return [sorted(re.findall(r"[a-z]+", line)) for line in lines if line.strip()]

    assert bare(drawn.splitlines()) == bare(checked)


def test_names_in_brackets_have_no_code_yet_and_all_others_have():
    drawn = text(ROOT / "docs/architecture.md").split("```text\n", 1)[1].split("```", 1)[0]
    absent = re.findall(r"\[(\w+)\]", drawn)
    present = set(re.findall(r"[a-z]+", drawn)) - set(absent)

    assert [name for name in absent if (CODE / name).exists()] == []
    assert {path.parent.name for path in CODE.glob("*/__init__.py")} | {"wiring"} == present


def test_every_kind_of_trigger_is_explained():
    told = {plain(row[0]) for row in table("docs/architecture.md", "What the triggers do")}

    assert told == {kind.__name__ for kind in TriggerConstraint.__subclasses__()}


def test_every_dependency_has_its_reason():
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    named = {re.match(r"[\w.-]+", one).group() for one in wanted}
    page = text(ROOT / "docs/decisions/0012-dependencies.md")
    rows = re.findall(r"^\| ([\w-]+) \| .+ \|$", page, re.MULTILINE)

    assert set(rows) - {"Package", "---"} == named
