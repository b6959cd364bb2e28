// What rooms keep in this browser (a document's offline copy), and erasing it when somebody signs out.
//
//   keeps("page-editor", () => forgetAllDocuments());

const erasers = new Map<string, () => Promise<void>>();

export function keeps(what: string, erase: () => Promise<void>): void {
  erasers.set(what, erase);
}

export async function eraseAll(): Promise<void> {
  await Promise.allSettled([...erasers.values()].map((erase) => erase()));
}
