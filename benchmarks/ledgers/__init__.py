"""Three ledgers that do the same: ours, a bare one of SQL functions, and django-hordak. Each client
is a process that takes orders line by line, `{"hot": …, "seconds": …}`, and answers how many
transfers a second it has committed."""
