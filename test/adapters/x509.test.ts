import { exportJWK } from "jose";
import { expect, test } from "vitest";
import { openssl } from "../../adapters/openssl/x509.ts";
import { isValidAt } from "../../core/certificate.ts";
import { distinguishedName } from "../../protocol/distinguished-name.ts";
import { authority, issued, selfSigned } from "../support/certificates.ts";

const SERVER = "1.3.6.1.5.5.7.3.1";

const read = (text: string) => {
  const certificate = openssl.read(text);
  if (certificate === undefined) throw new Error("unreadable");
  return certificate;
};

test("RFC 8705 §2.1.2 every kind of name is read, whatever characters stand in it", async () => {
  const ca = await authority("CN=CA");
  const { der, pem } = await issued(ca, 'C=CA, O="Example, Inc. + Sons", CN=café \\"x\\" \\=', {
    names: [
      { type: "dns", value: "app.example" },
      { type: "url", value: "https://app.example/a,b" },
      { type: "email", value: "app@app.example" },
      { type: "ip", value: "192.0.2.7" },
      { type: "ip", value: "2001:db8::7" },
      { type: "dns", value: "x.example, DNS:victim.example" },
    ],
  });
  const { subject, names } = read(der);
  expect(subject).toEqual(distinguishedName('CN=café \\"x\\" \\=,O=Example\\, Inc. \\+ Sons,C=CA'));
  expect(names).toEqual({
    dns: ["app.example", "x.example, DNS:victim.example"],
    uri: ["https://app.example/a,b"],
    email: ["app@app.example"],
    ip: ["192.0.2.7", "2001:DB8:0:0:0:0:0:7"],
  });
  expect(read(pem)).toEqual(read(der));
  expect(openssl.read("bm8gY2VydGlmaWNhdGU=")).toBeUndefined();
});

test("RFC 8705 §3.1 x5t#S256 is the SHA-256 of the DER", async () => {
  const { der, certificate } = await selfSigned("CN=self");
  const digest = Buffer.from(await certificate.getThumbprint("SHA-256")).toString("base64url");
  expect(read(der).thumbprint).toBe(digest);
});

test("RFC 5280 §4.2.1.12 a certificate for servers is none for clients; a CA says that it is one", async () => {
  const ca = await authority("CN=CA");
  const server = await issued(ca, "CN=a", { purpose: SERVER });
  expect(read(server.der)).toMatchObject({ forClients: false, isAuthority: false });
  expect(read((await issued(ca, "CN=a")).der)).toMatchObject({ forClients: true });
  expect(read(ca.der)).toMatchObject({ isAuthority: true });
});

test("RFC 5280 §6.1 issued by the CA whose key signed it, not by one of the same name", async () => {
  const [ca, double] = [await authority("CN=CA"), await authority("CN=CA")];
  const { der } = await issued(ca, "CN=a");
  expect(openssl.isIssuedBy(read(der), read(ca.der))).toBe(true);
  expect(openssl.isIssuedBy(read(der), read(double.der))).toBe(false);
});

test("RFC 7517 §4.7 the key in a certificate", async () => {
  const [one, other] = [await selfSigned("CN=a"), await selfSigned("CN=a")];
  expect(openssl.holdsKey(read(one.der), await exportJWK(one.keys.publicKey))).toBe(true);
  expect(openssl.holdsKey(read(one.der), await exportJWK(other.keys.publicKey))).toBe(false);
});

test("RFC 5280 §4.1.2.5 its time", async () => {
  const soon = new Date(Date.now() + 60_000);
  const certificate = read(
    (await selfSigned("CN=a", { notBefore: soon, notAfter: new Date(Date.now() + 120_000) })).der,
  );
  const time = Math.floor(Date.now() / 1000);
  expect([0, 90, 130].map((later) => isValidAt(certificate, time + later))).toEqual([false, true, false]);
});
