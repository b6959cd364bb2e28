// Updates that the server has not stored yet, kept in this browser: nothing more, and nothing longer.
//
//   const keys = await kept.of(document);    // left by an earlier page: their updates, to be sent again
//   const key = await kept.add(document, update);
//   await kept.drop([key]);                  // once acknowledged

import { keeps } from "../live/kept.ts";

const NAME = "throughline-unsaved";
const STORE = "updates";

interface Row {
  document: string;
  update: Uint8Array<ArrayBuffer>;
}

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  return (opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore(STORE, { autoIncrement: true }).createIndex("document", "document");
    request.onsuccess = () => {
      request.result.onversionchange = () => {
        request.result.close();
        opened = undefined;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error("no database"));
  }));
}

async function within<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T> | undefined): Promise<T | undefined> {
  const transaction = (await database()).transaction(STORE, mode, { durability: "strict" });
  const request = ask(transaction.objectStore(STORE));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("not kept"));
  });
}

export function add(document: string, update: Uint8Array): Promise<IDBValidKey | undefined> {
  const row: Row = { document, update: new Uint8Array(update) };
  return within("readwrite", (store) => store.add(row));
}

export async function of(document: string): Promise<{ keys: IDBValidKey[]; updates: Uint8Array[] }> {
  const keys = await within("readonly", (store) => store.index("document").getAllKeys(document));
  const rows = await within("readonly", (store) => store.index("document").getAll(document) as IDBRequest<Row[]>);
  return { keys: keys ?? [], updates: (rows ?? []).map((row) => row.update) };
}

export async function drop(keys: IDBValidKey[]): Promise<void> {
  if (!keys.length) return;
  await within("readwrite", (store) => {
    for (const key of keys) store.delete(key);
    return undefined;
  });
}

export async function forget(document: string): Promise<void> {
  await drop((await of(document)).keys);
}

keeps("documents", async () => {
  const request = indexedDB.deleteDatabase(NAME);
  await new Promise((resolve) => (request.onsuccess = request.onerror = request.onblocked = resolve));
});
