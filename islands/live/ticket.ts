// The ticket that lets the socket in: the page's own while it is young, else a fresh one.

import { prefix } from "./prefix.ts";

export class SignedOut extends Error {}

/** The page's ticket lives 60 s; we trust it for 45. */
const YOUNG = 45_000;
let ofPage: string | undefined = pageTicket()?.content;
/** Whom the page was made for; learned from the first fresh ticket where the page does not say. */
let person: string | undefined = pageTicket()?.dataset.person;

export function pageTicket(): HTMLMetaElement | null {
  return document.querySelector<HTMLMetaElement>("meta[name=live-ticket]");
}

/** Throws SignedOut when the session has ended or is somebody else's by now, TypeError when the line is down. */
export async function ticket(): Promise<string> {
  const young = ofPage;
  ofPage = undefined;
  if (young && performance.now() < YOUNG) return young;
  const fresh = await fetched();
  person ??= fresh.person;
  if (fresh.person !== person) throw new SignedOut();
  return fresh.ticket;
}

/** Who is signed in, asked by a page that does not say; undefined when nobody is, or the line is down. */
export async function whoIsHere(): Promise<string | undefined> {
  try {
    const fresh = await fetched();
    ofPage = fresh.ticket;
    return (person ??= fresh.person);
  } catch {
    return undefined;
  }
}

async function fetched(): Promise<{ ticket: string; person: string }> {
  const answer = await fetch(`${prefix}/live/ticket`, { cache: "no-store", signal: AbortSignal.timeout(10_000) });
  if (answer.status === 403) throw new SignedOut();
  if (!answer.ok) throw new TypeError(`no ticket: ${answer.status}`);
  return (await answer.json()) as { ticket: string; person: string };
}
