"""A passkey made of software: what a browser and its device hand over, as they hand it over."""

import hashlib
import json
import os
import struct
from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


class Passkey:
    """One key pair of one account at one site."""

    def __init__(self, origin="http://localhost:8000", site="localhost", verifies=True):
        self.origin, self.site, self.verifies = origin, site, verifies
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.owner = ""

    def make(self, options) -> str:
        """The answer to creation options, as the form posts it."""
        asked = options["publicKey"]
        self.owner = asked["user"]["id"]
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        named = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        data = self._data(ATTESTED) + named
        made = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        answer = {"attestationObject": b64(made), "transports": ["internal"]}
        extensions = {"credProps": {"rk": True}}
        return self._handed("webauthn.create", asked["challenge"], answer, extensions)

    def give(self, options) -> str:
        """The answer to request options, as the form posts it."""
        challenge = options["publicKey"]["challenge"]
        data = self._data(0)
        said = hashlib.sha256(self._said("webauthn.get", challenge)).digest()
        signature = self.key.sign(data + said, ec.ECDSA(SHA256()))
        answer = {"authenticatorData": b64(data), "signature": b64(signature)}
        return self._handed("webauthn.get", challenge, answer | {"userHandle": self.owner}, {})

    def _data(self, more: int) -> bytes:
        flags = PRESENT | (VERIFIED if self.verifies else 0) | more
        return hashlib.sha256(self.site.encode()).digest() + struct.pack(">BI", flags, 0)

    def _said(self, kind, challenge) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _handed(self, kind, challenge, answer, extensions) -> str:
        return json.dumps(
            {
                "id": b64(self.id),
                "rawId": b64(self.id),
                "type": "public-key",
                "authenticatorAttachment": "platform",
                "clientExtensionResults": extensions,
                "response": {"clientDataJSON": b64(self._said(kind, challenge))} | answer,
            }
        )
