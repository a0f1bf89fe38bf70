"""The keys with which the local Teams signs, the documents that publish them, and tokens that are right or wrong."""

import base64
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import Any, Literal

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Json = dict[str, Any]
Token = Literal[
    "valid", "missing", "not_bearer", "empty", "garbage", "three_parts", "wrong_issuer", "wrong_audience",
    "wrong_service_url", "no_service_url_claim", "expired", "no_expiry", "not_yet", "alg_none", "hs256", "unknown_key",
    "unendorsed_key", "no_endorsements", "truncated", "tampered", "emulator_issuer",
]  # fmt: skip

ISSUER = "https://api.botframework.com"
EMULATOR_ISSUER = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"
ENDORSED = ("msteams", "webchat", "directline")
LIVES = 3600  # seconds
LONG_AGO = 1800  # seconds: more than any clock may be off


@cache
def _private(number: int) -> RSAPrivateKey:
    """Made once per process: it takes a tenth of a second."""
    return generate_private_key(65537, 2048)


@dataclass(frozen=True)
class Key:
    """A pair of keys. kid and x5t are the same, as with Microsoft's."""

    number: int
    endorsements: tuple[str, ...] = ENDORSED

    @property
    def kid(self) -> str:
        """Its name in the header of a token."""
        return hashlib.sha1(f"lokaal-{self.number}".encode(), usedforsecurity=False).hexdigest()[:27]

    @property
    def public_pem(self) -> bytes:
        """What anybody can have."""
        return _private(self.number).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def published(self) -> Json:
        """As it stands in the list of keys."""
        numbers = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_private(self.number).public_key()))
        shown = {"kty": "RSA", "use": "sig", "kid": self.kid, "x5t": self.kid, "n": numbers["n"], "e": numbers["e"]}
        return {**shown, "endorsements": list(self.endorsements)}

    def sign(self, claims: Json) -> str:
        """A token."""
        return jwt.encode(claims, _private(self.number), "RS256", headers={"kid": self.kid, "x5t": self.kid})


@dataclass
class Keys:
    """The keys that are published. The numbers begin again for each server, so a test makes few new ones."""

    numbers: "count[int]" = field(default_factory=lambda: count(1))
    published: list[Key] = field(default_factory=list)
    ahead: float = 0.0  # seconds by which the clock of whoever signs is off
    current: Key = field(init=False)

    def __post_init__(self) -> None:
        self.current = self.add()

    def add(self, endorsements: tuple[str, ...] = ENDORSED) -> Key:
        """Publish one more."""
        self.published.append(Key(next(self.numbers), endorsements))
        return self.published[-1]

    def rotate(self) -> None:
        """Sign with a new key from now on; the old one is published no more."""
        self.published.remove(self.current)
        self.current = self.add()

    def endorsed(self, endorsements: tuple[str, ...]) -> Key:
        """A published key with these endorsements only."""
        same = (key for key in self.published if key.endorsements == endorsements)
        return next(same, None) or self.add(endorsements)

    def document(self) -> Json:
        """What jwks_uri answers."""
        return {"keys": [key.published() for key in self.published]}


def authorization(keys: Keys, kind: Token, audience: str, service_url: str) -> str | None:
    """The Authorization header of a delivery; None when there is to be none."""
    no_token: dict[str, str | None] = {
        "missing": None, "not_bearer": "Basic bG9iYnk6bG9iYnk=", "empty": "Bearer", "garbage": "Bearer abc",
        "three_parts": "Bearer a.b.c",
    }  # fmt: skip
    if kind in no_token:
        return no_token[kind]
    return f"Bearer {_token(keys, kind, _claims(kind, audience, service_url, int(time.time() + keys.ahead)))}"


def _claims(kind: Token, audience: str, service_url: str, now: int) -> Json:
    claims: Json = {"serviceurl": service_url, "nbf": now - 300, "exp": now + LIVES, "iss": ISSUER, "aud": audience}
    match kind:
        case "wrong_issuer":
            claims["iss"] = "https://api.botframework.example"
        case "emulator_issuer":
            claims |= {"iss": EMULATOR_ISSUER, "appid": audience, "ver": "1.0"}
        case "wrong_audience":
            claims["aud"] = "00000000-0000-0000-0000-00000000dead"
        case "wrong_service_url":
            claims["serviceurl"] = "https://smba.example.net/emea/"
        case "no_service_url_claim":
            del claims["serviceurl"]
        case "expired":
            claims |= {"nbf": now - LONG_AGO - LIVES, "exp": now - LONG_AGO}
        case "no_expiry":
            del claims["exp"]
        case "not_yet":
            claims |= {"nbf": now + LONG_AGO, "exp": now + LONG_AGO + LIVES}
    return claims


def _token(keys: Keys, kind: Token, claims: Json) -> str:
    header, payload, signature = _key(keys, kind).sign(claims).split(".")
    made = {"typ": "JWT", "kid": keys.current.kid}
    match kind:
        case "alg_none":
            return f"{_unsigned(made | {'alg': 'none'}, claims)}."
        case "hs256":
            text = _unsigned(made | {"alg": "HS256"}, claims)
            digest = hmac.new(keys.current.public_pem, text.encode(), hashlib.sha256).digest()
            return f"{text}.{_base64(digest)}"
        case "truncated":
            signature = signature[:-14]  # what is left is base64 still
        case "tampered":
            payload = _base64(json.dumps(claims | {"exp": claims["exp"] + 1}).encode())
    return f"{header}.{payload}.{signature}"


def _key(keys: Keys, kind: Token) -> Key:
    match kind:
        case "unknown_key":
            return Key(0)
        case "unendorsed_key":
            return keys.endorsed(("webchat",))
        case "no_endorsements":
            return keys.endorsed(())
    return keys.current


def _unsigned(header: Json, claims: Json) -> str:
    return ".".join(_base64(json.dumps(part).encode()) for part in (header, claims))


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
