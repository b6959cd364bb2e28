// Whether messages wait in this browser that no page has brought to the server (islands/conversation/store.ts).

export function somethingIsLeft(): boolean {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith("conversation:unsent:"));
  } catch {
    return false; // the browser keeps nothing for us
  }
}
