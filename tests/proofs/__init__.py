"""The proofs of what Enishi promises (reliability, safety, access), run by bin/prove."""
