"""Believable bugs as patches, each with the test that turns red: the tests can fail."""
