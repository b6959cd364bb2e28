// What this browser keeps of a conversation: the draft, and messages that are not acknowledged yet.
// Kept for one person, so that the next one at this computer never meets them; erased at sign-out.

export interface Unsent {
  client_id: string;
  text: string;
  please_answer: boolean;
}

const PREFIX = "conversation:";

export class Store {
  private readonly draftKey: string;
  private readonly unsentKey: string;

  constructor(person: string, relationship: string) {
    this.draftKey = `${PREFIX}draft:${person}:${relationship}`;
    this.unsentKey = `${PREFIX}unsent:${person}:${relationship}`;
  }

  get draft(): string {
    return localStorage.getItem(this.draftKey) ?? "";
  }

  set draft(text: string) {
    if (text) localStorage.setItem(this.draftKey, text);
    else localStorage.removeItem(this.draftKey);
  }

  /** Oldest first. Read anew each time: another tab of the same person may have sent some. */
  get unsent(): Unsent[] {
    try {
      return JSON.parse(localStorage.getItem(this.unsentKey) ?? "[]") as Unsent[];
    } catch {
      return [];
    }
  }

  keep(message: Unsent): void {
    localStorage.setItem(this.unsentKey, JSON.stringify([...this.unsent, message]));
  }

  done(clientId: string): void {
    const rest = this.unsent.filter((message) => message.client_id !== clientId);
    if (rest.length) localStorage.setItem(this.unsentKey, JSON.stringify(rest));
    else localStorage.removeItem(this.unsentKey);
  }
}

export async function forgetConversations(): Promise<void> {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}
