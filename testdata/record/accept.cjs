// Verifies a Sigstore bundle around a record with @sigstore/verify, and refuses it around another one.
//
//     node accept.cjs BUNDLE
//
// BUNDLE is what accept.py wrote. Needs @sigstore/bundle, @sigstore/protobuf-specs and @sigstore/verify.

const fs = require("fs");
const { bundleFromJSON } = require("@sigstore/bundle");
const { PublicKeyDetails, TrustedRoot } = require("@sigstore/protobuf-specs");
const { Verifier, toSignedEntity, toTrustMaterial } = require("@sigstore/verify");

const { key, bundle } = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));

// A key alone, without a log and without a time.
const root = TrustedRoot.fromJSON({
  mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
  tlogs: [],
  certificateAuthorities: [],
  ctlogs: [],
  timestampAuthorities: [],
});
const keys = {
  [bundle.verificationMaterial.publicKey.hint]: {
    rawBytes: Buffer.from(key, "base64"),
    keyDetails: PublicKeyDetails.PKIX_ECDSA_P256_SHA_256,
    validFor: { start: new Date(0) },
  },
};
const thresholds = { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 };
const verifier = new Verifier(toTrustMaterial(root, keys), thresholds);

verifier.verify(toSignedEntity(bundleFromJSON(bundle)));
console.log("@sigstore/verify: verified");

const payload = Buffer.from(bundle.dsseEnvelope.payload, "base64").toString();
const blocked = payload.replace('"verdict":"allowed"', '"verdict":"blocked"');
if (blocked === payload) throw new Error("the record is not of an allowed run");
bundle.dsseEnvelope.payload = Buffer.from(blocked).toString("base64");
try {
  verifier.verify(toSignedEntity(bundleFromJSON(bundle)));
} catch (error) {
  process.exit(0);
}
throw new Error("@sigstore/verify: verified another statement");
