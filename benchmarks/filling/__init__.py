"""A market as large as one likes, by set-based SQL, with every trigger and constraint at work.

Rows come in the state in which their life begins and are moved by UPDATEs, one state at a time, as
the app's own role may. People, posts, applications, contracts, deliveries, what was said and rated,
and the ledger stand as the commands would have left them. Left out, since nothing that is measured
here reads it: journal, papers, letters, the provider's payments and payouts, the bytes of pictures.
The same size and seed at the same moment give the same market.
"""
