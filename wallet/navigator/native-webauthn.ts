import { base64URLStringToBuffer, bufferToBase64URLString } from "@simplewebauthn/browser";

/** The system's own passkeys, as a native plugin offers them: WebAuthn's JSON both ways (WebAuthn L3 §5.1.8, §5.1.9). */
export interface NativePasskeys {
  readonly create: (options: object) => Promise<NativeCredential>;
  readonly get: (options: object) => Promise<NativeCredential>;
}

/** What it answers, binary members in base64url. */
export interface NativeCredential {
  readonly id: string;
  readonly response: Readonly<Record<string, string | null | undefined | readonly string[] | number>>;
}

/**
 * `navigator.credentials` and `PublicKeyCredential` of a page that is not at the Wallet's host: a web view opens files, which WebAuthn
 * gives no RP id (§5.1.3 step 8), so the ceremony is the system's, which knows this app and its host (Associated Domains, Digital Asset Links).
 *
 * @param rpId the Wallet's host, for a ceremony that names none
 */
export function webauthnOver(native: NativePasskeys, rpId: string) {
  const credentials = {
    async create({ publicKey }: CredentialCreationOptions): Promise<object> {
      const options = written(publicKey) as { readonly rp: object };
      return credential(await native.create({ ...options, rp: { id: rpId, ...options.rp } }).catch(thrownBy("create")));
    },
    async get({ publicKey }: CredentialRequestOptions): Promise<object> {
      return credential(await native.get({ rpId, ...(written(publicKey) as object) }).catch(thrownBy("get")));
    },
  };
  return { credentials, PublicKeyCredential: SystemCredential };
}

/** What a page may ask of the class before it begins. The system's sheet offers every passkey: there is none to pick in a field. */
const SystemCredential = Object.assign(() => undefined, {
  isConditionalMediationAvailable: async () => false,
  isUserVerifyingPlatformAuthenticatorAvailable: async () => true,
});

/** Options as JSON: what is binary in base64url. */
function written(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return bufferToBase64URLString(value);
  if (ArrayBuffer.isView(value)) return bufferToBase64URLString(bytesOf(value));
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, written(member)]));
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;

const BINARY = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

/** A credential as a page expects it (§5.1). */
function credential({ id, response }: NativeCredential): object {
  const members = Object.entries(response).filter(
    ([name, value]) => BINARY.includes(name) && typeof value === "string",
  );
  return {
    id,
    rawId: base64URLStringToBuffer(id),
    type: "public-key",
    authenticatorAttachment: null,
    response: {
      ...Object.fromEntries(members.map(([name, value]) => [name, base64URLStringToBuffer(String(value))])),
      getTransports: () => (Array.isArray(response["transports"]) ? response["transports"] : []),
    },
    getClientExtensionResults: () => ({}),
  };
}

/** What the plugin calls it, by WebAuthn's exception names. It has one code for input it does not understand and for a passkey that is there already: our input it understands. */
const NAMES: Readonly<Record<string, string>> = {
  CANCELLED: "NotAllowedError",
  NO_CREDENTIAL: "NotAllowedError",
  INTERRUPTED: "NotAllowedError",
  TIMEOUT: "NotAllowedError",
  UNSUPPORTED_ERROR: "NotSupportedError",
  PROVIDER_CONFIG_ERROR: "NotSupportedError",
  NO_ACTIVITY: "NotSupportedError",
};

const thrownBy = (ceremony: "create" | "get") => (error: unknown) => {
  const { code = "", message = "" } = error as { readonly code?: string; readonly message?: string };
  const exists = ceremony === "create" && (code === "INVALID_INPUT" || message.includes("InvalidStateError"));
  throw new DOMException(message, exists ? "InvalidStateError" : (NAMES[code] ?? "UnknownError"));
};
