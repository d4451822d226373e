"""Bare programs of WSGI, psycopg and Jinja2, nothing else: what the market is measured against."""
