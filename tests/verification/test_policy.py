"""What a Japanese mobile number is, and how it is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.verification import policy

WRITTEN = [
    "09012345678",
    "090-1234-5678",
    "090 1234 5678",
    "(090) 1234-5678",
    "０９０−１２３４−５６７８",
    "０９０ー１２３４ー５６７８",
    "090‐1234–5678",
    "+81 90-1234-5678",
    "+81(0)90 1234 5678",
    "＋８１９０１２３４５６７８",
]


@pytest.mark.parametrize("typed", WRITTEN)
def test_a_mobile_number_is_understood_however_it_is_written(typed):
    assert policy.phone(typed) == "+819012345678"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "090-1234-567",
        "090-1234-56789",
        "03-1234-5678",
        "050-1234-5678",
        "+1 202 555 0123",
        "819012345678",
        "090+12345678",
        "my phone: 090-1234-5678",
        "９０-1234-5678",
        "++819012345678",
        "٠٩٠١٢٣٤٥٦٧٨",
    ],
)
def test_what_is_no_mobile_number_is_none(typed):
    assert policy.phone(typed) == ""


@given(st.text(max_size=30))
def test_whatever_is_typed_gives_a_number_in_e164_or_nothing(typed):
    found = policy.phone(typed)
    assert found == "" or (found.startswith("+81") and found[1:].isdigit() and len(found) == 13)


def test_its_owner_knows_it_again_and_nobody_else_can_call_it():
    assert policy.masked("+819012345678") == "090-****-5678"


def test_a_code_is_read_in_any_width_with_a_space_in_it():
    assert policy.plain_code(" １２３ 456 ") == "123456"


def test_what_must_never_be_sent_is_named_among_the_papers():
    assert set(policy.NEVER_SENT) <= set(policy.PAPERS["identity"])
    assert "number_card_front" not in policy.NEVER_SENT
