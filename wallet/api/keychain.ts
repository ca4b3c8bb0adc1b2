import { newProofKey, type ProofKey } from "./proof.ts";

const STORE = "keychain";

/** What Navigator keeps on the device: its proof key and the session's token, in IndexedDB because only there a CryptoKey stays non-extractable. */
export interface Keychain {
  readonly key: ProofKey;
  readonly token: string | undefined;
  keep(token: string | undefined): Promise<void>;
}

export async function openKeychain(): Promise<Keychain> {
  const database = await opened();
  const key = (await read<ProofKey>(database, "key")) ?? (await newProofKey());
  await write(database, "key", key);
  let token = await read<string>(database, "token");
  return {
    key,
    get token() {
      return token;
    },
    async keep(next) {
      token = next;
      await write(database, "token", next);
    },
  };
}

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open("navigator", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return settled(request);
}

const read = <T>(database: IDBDatabase, name: string): Promise<T | undefined> =>
  settled<T | undefined>(database.transaction(STORE).objectStore(STORE).get(name));

const write = (database: IDBDatabase, name: string, value: unknown) =>
  settled(database.transaction(STORE, "readwrite").objectStore(STORE).put(value, name));

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
