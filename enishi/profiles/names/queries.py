"""Names that the eye takes for one another. How a name looks is worked out by the database, in the
function that the migration `0004_name_looks` makes and indexes."""

from django.db.models import F, Func, QuerySet, TextField, Value

from enishi.accounts.models import Account
from enishi.kit.compiled import compiled


class Look(Func):
    """What a name looks like: a text that is the same for names of one look."""

    function = "name_look"
    output_field = TextField()


def is_taken_look(name: str) -> bool:
    """Whether a member has this name, or one that looks like it. Asked before somebody takes it."""
    return bool(_alike(name, 0))


def has_double(account_id: int, name: str) -> bool:
    """Whether another member has a name that looks like this person's."""
    return bool(_alike(name, account_id))


@compiled
def _alike(name: str, but: int) -> QuerySet[Account, int]:
    look = Look(Value(name))
    found = Account.objects.filter(is_active=True).exclude(pk=but).annotate(look=Look(F("name")))
    return found.filter(look=look).exclude(look="").values_list("pk", flat=True)[:1]
