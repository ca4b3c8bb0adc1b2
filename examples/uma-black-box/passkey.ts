import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A passkey in software: WebAuthn §6 as far as a platform authenticator with user verification goes. */
export class SoftwarePasskey {
  readonly #id = randomBytes(16);
  readonly #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  #counter = 0;
  /** One that lives on several devices does not count its signatures. */
  synced = false;
  readonly #origin: string;
  readonly #rpId: string;

  /** Made at this origin; `rpId` where an app of another origin uses it. */
  constructor(origin: string, rpId = new URL(origin).hostname) {
    this.#origin = origin;
    this.#rpId = rpId;
  }

  /** RegistrationResponseJSON, attestation "none". */
  register(challenge: string) {
    const clientDataJSON = this.#clientData("webauthn.create", challenge);
    const credential = Buffer.concat([
      Buffer.alloc(16),
      Buffer.of(0, this.#id.length),
      this.#id,
      coseKey(this.#keys.publicKey),
    ]);
    const authData = Buffer.concat([this.#authenticatorData(0x45, 0), credential]);
    const attestationObject = cborMap([
      ["fmt", cborText("none")],
      ["attStmt", Buffer.of(0xa0)],
      ["authData", cborBytes(authData)],
    ]);
    return this.#credential({
      clientDataJSON: clientDataJSON.toString("base64url"),
      attestationObject: attestationObject.toString("base64url"),
    });
  }

  /** AuthenticationResponseJSON. `flags` defaults to user present and verified. */
  sign(
    challenge: string,
    { flags = 0x05, counter = this.synced ? 0 : ++this.#counter }: { flags?: number; counter?: number } = {},
  ) {
    const clientDataJSON = this.#clientData("webauthn.get", challenge);
    const authenticatorData = this.#authenticatorData(flags, counter);
    const signed = Buffer.concat([authenticatorData, createHash("sha256").update(clientDataJSON).digest()]);
    return this.#credential({
      clientDataJSON: clientDataJSON.toString("base64url"),
      authenticatorData: authenticatorData.toString("base64url"),
      signature: sign("sha256", signed, this.#keys.privateKey).toString("base64url"),
    });
  }

  #credential<R extends object>(response: R) {
    const id = this.#id.toString("base64url");
    return { id, rawId: id, type: "public-key" as const, response, clientExtensionResults: {} };
  }

  #clientData(type: string, challenge: string) {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.#origin, crossOrigin: false }));
  }

  #authenticatorData(flags: number, signCount: number) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(signCount);
    return Buffer.concat([createHash("sha256").update(this.#rpId).digest(), Buffer.of(flags), counter]);
  }
}

/** RFC 9052: an ES256 key as CBOR. */
function coseKey(key: KeyObject): Buffer {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  const coordinate = (label: number, value: string) =>
    Buffer.concat([Buffer.of(label), cborBytes(Buffer.from(value, "base64url"))]);
  return Buffer.concat([Buffer.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01), coordinate(0x21, x), coordinate(0x22, y)]);
}

const cborHead = (major: number, length: number) =>
  length < 24
    ? Buffer.of(major | length)
    : length < 256
      ? Buffer.of(major | 24, length)
      : Buffer.of(major | 25, length >> 8, length & 255);
const cborBytes = (bytes: Buffer) => Buffer.concat([cborHead(0x40, bytes.length), bytes]);
const cborText = (text: string) => Buffer.concat([cborHead(0x60, text.length), Buffer.from(text)]);
const cborMap = (entries: readonly (readonly [string, Buffer])[]) =>
  Buffer.concat([cborHead(0xa0, entries.length), ...entries.flatMap(([name, value]) => [cborText(name), value])]);
