"""Reads a record with other people's code: in-toto-attestation takes the Statement, and securesystemslib verifies a DSSE
envelope around it, and none around another one. Writes what accept.cjs needs beside the record.

    accept.py RECORD

Needs in-toto-attestation and securesystemslib[crypto].
"""

import base64
import json
import pathlib
import sys

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from google.protobuf.json_format import Parse
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey

KEY_ID = "of-the-test"
PAYLOAD_TYPE = "application/vnd.in-toto+json"

record = pathlib.Path(sys.argv[1])
payload = record.read_bytes()

statement = Statement.copy_from_pb(Parse(payload, statement_pb2.Statement()))
statement.validate()
print("in-toto-attestation: valid")

pae = b"DSSEv1 %d %s %d %s" % (len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode(), len(payload), payload)
key = ec.generate_private_key(ec.SECP256R1())
public = key.public_key()
encoded = {
    "payload": base64.b64encode(payload).decode(),
    "payloadType": PAYLOAD_TYPE,
    "signatures": [{"sig": base64.b64encode(key.sign(pae, ec.ECDSA(hashes.SHA256()))).decode(), "keyid": KEY_ID}],
}
pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
verifier = SSlibKey(KEY_ID, "ecdsa", "ecdsa-sha2-nistp256", {"public": pem})
assert sorted(Envelope.from_dict(json.loads(json.dumps(encoded))).verify([verifier], 1)) == [KEY_ID]
blocked = payload.replace(b'"verdict":"allowed"', b'"verdict":"blocked"')
assert blocked != payload
other = dict(encoded, payload=base64.b64encode(blocked).decode())
try:
    Envelope.from_dict(json.loads(json.dumps(other))).verify([verifier], 1)
    sys.exit("securesystemslib: verified another statement")
except VerificationError:
    print("securesystemslib: verified")

der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
bundle = {
    "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
    "verificationMaterial": {
        "publicKey": {"hint": KEY_ID},
        "tlogEntries": [],
        "timestampVerificationData": {"rfc3161Timestamps": []},
    },
    "dsseEnvelope": dict(encoded, signatures=[dict(encoded["signatures"][0], keyid="")]),
}
record.with_suffix(".bundle").write_text(json.dumps({"key": base64.b64encode(der).decode(), "bundle": bundle}))
