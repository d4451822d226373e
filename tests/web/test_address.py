"""JO5: the recruiter's address, in part for all, in full for the chosen."""

import pytest
from django.urls import reverse

from enishi.profiles import commands as profiles
from tests import make

pytestmark = pytest.mark.django_db


def test_the_full_address_is_read_by_the_applicant_only_after_its_release(client):
    """JO5: the post shows prefecture and city; the rest is for whom the client chooses."""
    proposal = make.proposal()
    facts = {"recruiter_name": "Hana", "prefecture": "13", "city": "Taito"}
    profiles.present_client(
        by=proposal.client,
        at=make.NOON,
        kind="sole_trader",
        payer_kind="individual",
        address="1-2-3 Asakusa",
        address_shown="city",
        **facts,
    )
    page = reverse("proposal", args=[proposal.pk])
    client.force_login(proposal.worker)
    before = client.get(page).content.decode()

    client.force_login(proposal.client)
    client.post(reverse("proposal_address", args=[proposal.pk]))
    client.force_login(proposal.worker)
    after = client.get(page).content.decode()

    assert "1-2-3 Asakusa" not in before
    assert "1-2-3 Asakusa" in after
