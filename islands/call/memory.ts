// What this tab remembers of a call, so that a reload comes back into it without asking anything.
//
//   remember(call, { joined: true, camera: false, microphone: true });
//   recall(call)?.joined

export interface Choices {
  joined: boolean;
  camera: boolean;
  microphone: boolean;
  /** Whether to see oneself; undecided means: while waiting, and no longer once somebody is there. */
  self?: boolean | undefined;
  cameraId?: string | undefined;
  microphoneId?: string | undefined;
}

const key = (call: string) => `call:${call}`;

export function remember(call: string, choices: Choices): void {
  try {
    sessionStorage.setItem(key(call), JSON.stringify(choices));
  } catch {
    // A browser that keeps nothing: then a reload shows the preview.
  }
}

export function recall(call: string): Choices | undefined {
  try {
    const kept = sessionStorage.getItem(key(call));
    return kept ? (JSON.parse(kept) as Choices) : undefined;
  } catch {
    return undefined;
  }
}

export function forget(call: string): void {
  try {
    sessionStorage.removeItem(key(call));
  } catch {
    // Nothing was kept.
  }
}
