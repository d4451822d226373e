"""What opens files of strangers. Only the child of `files/child.py` runs it: nothing here may
import Django, the database or anything else of ours."""
