"""What two ways of asking the database are compared by."""


def held(row, seen=()):
    """Everything that a row brought along, related rows included."""
    if not hasattr(row, "_state"):
        return type(row), row
    if row in seen:
        return row.pk
    own = {name: value for name, value in vars(row).items() if name != "_state"}
    beside = {name: held(one, (*seen, row)) for name, one in row._state.fields_cache.items()}
    return type(row), own, beside, row._state.db, row._state.adding
