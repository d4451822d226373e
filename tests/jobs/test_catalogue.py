"""The catalogue is complete in both languages and has decided CO10 for every subcategory."""

from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest

from enishi.jobs.catalogue import read, templates

SUBCATEGORIES = [each for category in read.categories() for each in category.subcategories]

# Stage and sender of the letters B10 and AP1 need now.
LETTERS = {
    "application_general": ("proposal", "worker"),
    "application_beginner": ("proposal", "worker"),
    "deadline_change": ("funded", "worker"),
    "client_decline": ("proposal", "client"),
    "thanks_repeat": ("delivered", "worker"),
    "refuse_direct": ("any", "worker"),
    "nudge_acceptance": ("delivered", "worker"),
}


def test_the_catalogue_has_twelve_categories_sixty_subcategories_and_155_skills():
    assert len(read.categories()) == 12
    assert [len(category.subcategories) for category in read.categories()] == [5] * 12
    assert len(read.skills()) == 155


def test_ids_are_unique_and_lead_back_to_their_records():
    for known, one in (
        (read.categories(), read.category),
        (SUBCATEGORIES, read.subcategory),
        (read.skills(), read.skill),
        (read.units(), read.unit),
    ):
        assert [one(each.id) for each in known] == list(known)


def test_an_unknown_id_is_not_there():
    for one in (read.category, read.subcategory, read.skill, read.unit, read.withheld):
        with pytest.raises(KeyError):
            one("nowhere")


def test_everything_has_a_name_in_both_languages():
    for each in (*read.categories(), *SUBCATEGORIES, *read.skills(), *read.units()):
        assert each.name("ja")
        assert each.name("en").isascii()
    for category in read.categories():
        assert category.description("ja").endswith("。")
        assert category.description("en").endswith(".")


def test_a_unit_counts_in_english_and_not_in_japanese():
    page = read.unit("page")

    assert [page.name("en", count=n) for n in (1, 2)] == ["page", "pages"]
    assert [page.name("ja", count=n) for n in (1, 2)] == ["ページ", "ページ"]


def test_every_subcategory_has_a_known_unit_and_a_price_range_in_order():
    for each in SUBCATEGORIES:
        assert read.unit(each.unit_id)
        assert Decimal(0) < each.price_low <= each.price_typical <= each.price_high
        assert Decimal(0) < each.hours_least <= each.hours_most
        assert each.hours_per in {"unit", "contract"}


def test_withholding_is_decided_with_a_reason_for_every_subcategory():
    """CO10."""
    for each in SUBCATEGORIES:
        assert each.withholding in {"", "manuscript", "design", "translation", "lecture", "other"}
        assert each.withholding_reason
        assert read.withheld(each.id) is (each.withholding != "")


@pytest.mark.parametrize(
    ("subcategory_id", "is_withheld"),
    [
        ("c01-s1", True),  # manuscripts
        ("c01-s4", True),  # proofreading
        ("c02-s2", False),  # programming
        ("c04-s3", True),  # illustration
        ("c06-s1", True),  # narration
        ("c06-s2", False),  # transcription
        ("c07-s1", True),  # translation
        ("c08-s1", False),  # data entry
        ("c09-s1", False),  # administration
        ("c11-s5", False),  # setting examination questions
        ("c12-s2", True),  # lawyers
        ("c12-s5", True),  # teaching
    ],
)
def test_article_204_names_some_kinds_of_pay_and_not_others(subcategory_id, is_withheld):
    """CO10."""
    assert read.withheld(subcategory_id) is is_withheld


def test_every_skill_belongs_to_a_category():
    assert {skill.category_id for skill in read.skills()} == {each.id for each in read.categories()}


def test_records_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        read.skill("sk001").ja = "別の名前"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_letters_needed_for_a_hire_stand_in_both_languages(language):
    """AP1, CL10."""
    for letter_id, (stage, sender) in LETTERS.items():
        letter = templates.template(letter_id, language)

        assert (letter.stage, letter.sender) == (stage, sender)
        assert letter.name
        assert letter in templates.templates(stage, language, sender=sender)


def test_a_letter_for_any_stage_is_offered_at_every_stage():
    offered = {each.id for each in templates.templates("funded", "ja", sender="worker")}

    assert offered == {"deadline_change", "refuse_direct"}


def test_a_client_is_offered_only_letters_of_clients():
    assert [each.id for each in templates.templates("proposal", "en", sender="client")] == [
        "client_decline"
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("letter_id", LETTERS)
def test_known_facts_fill_a_letter_completely(letter_id, language):
    filled = templates.template(letter_id, language).filled(**dict.fromkeys(templates.FACTS, "花"))

    assert "{" not in filled
    assert "花" in filled


def test_a_name_with_braces_is_not_filled_again():
    filled = templates.template("refuse_direct", "ja").filled(
        client_name="{worker_name}", worker_name="蓮"
    )

    assert filled.startswith("{worker_name} 様\n")
