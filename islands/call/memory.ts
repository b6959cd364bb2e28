// What is remembered of a call. In this tab: that one is in it, so that a reload comes back without asking anything.
// On this device: how the last call was entered, so that the next takes one press. Signing out forgets both.
//
//   remember(call, { joined: true, camera: false, microphone: true });
//   recall(call)?.joined
//   keepHabit({ camera: false, blur: true, … });  habit()?.speakerId

export interface Habit {
  camera: boolean;
  microphone: boolean;
  blur?: boolean | undefined;
  cameraId?: string | undefined;
  microphoneId?: string | undefined;
  speakerId?: string | undefined;
  /** A link into a call leads straight in, without the preview. */
  straight?: boolean | undefined;
}

export interface Choices extends Habit {
  joined: boolean;
  /** Whether to see oneself; undecided means: while waiting, and no longer once somebody is there. */
  self?: boolean | undefined;
  /** The number of the message before the first that was written in this call. */
  chatFrom?: number | undefined;
}

const HABIT = "call:habit";
const key = (call: string) => `call:${call}`;

export function remember(call: string, choices: Choices): void {
  write(() => sessionStorage, key(call), choices);
}

export function recall(call: string): Choices | undefined {
  return read<Choices>(() => sessionStorage, key(call));
}

export function keepHabit({ camera, microphone, blur, cameraId, microphoneId, speakerId, straight }: Habit): void {
  write(() => localStorage, HABIT, { camera, microphone, blur, cameraId, microphoneId, speakerId, straight });
}

export function habit(): Habit | undefined {
  return read<Habit>(() => localStorage, HABIT);
}

export function forget(call: string): void {
  try {
    sessionStorage.removeItem(key(call));
  } catch {
    // Nothing was kept.
  }
}

function write(where: () => Storage, name: string, value: object): void {
  try {
    where().setItem(name, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing: then the preview asks each time.
  }
}

function read<T>(where: () => Storage, name: string): T | undefined {
  try {
    const kept = where().getItem(name);
    return kept ? (JSON.parse(kept) as T) : undefined;
  } catch {
    return undefined;
  }
}
