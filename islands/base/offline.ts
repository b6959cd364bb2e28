// What a device keeps for a moment without a line: when the next meetings are (no names), from the last visit to Today.
// Signing out erases it with everything else that pages keep (Clear-Site-Data).
//
//   <body data-worker="/sw.js">                                      the page that shows when nothing can be reached
//   <section data-keep-meetings="Europe/Berlin">… <time datetime=…>  kept from here, with the zone to say them in
//   <section data-some-meetings hidden>… <ol data-kept-meetings>     shown here

interface Kept {
  zone: string; // IANA
  at: string[]; // instants, the soonest first
}

const NAME = "throughline-next-meetings";
const LONGEST = 2 * 60 * 60 * 1000; // milliseconds that a meeting stays in the list after its start

export function listenForTheLine(): void {
  const { worker } = document.body.dataset;
  if (worker && "serviceWorker" in navigator) void navigator.serviceWorker.register(worker).catch(() => undefined);
  const next = document.querySelector<HTMLElement>("[data-keep-meetings]");
  if (next) keep(next);
  const list = document.querySelector("[data-kept-meetings]");
  if (list) show(list);
}

function keep(section: HTMLElement): void {
  const at = [...section.querySelectorAll("time")].map((time) => new Date(time.dateTime).toISOString());
  const kept: Kept = { zone: section.dataset["keepMeetings"] ?? "UTC", at: [...new Set(at)].sort() };
  localStorage.setItem(NAME, JSON.stringify(kept));
}

function show(list: Element): void {
  addEventListener("online", () => location.reload());
  const { zone, at }: Kept = JSON.parse(localStorage.getItem(NAME) ?? '{ "zone": "UTC", "at": [] }');
  const { lang } = document.documentElement;
  const words = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { // the day first, as on every page of ours
    weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hour12: false, timeZone: zone,
  });
  const next = at.filter((instant) => Date.parse(instant) + LONGEST > Date.now());
  list.replaceChildren(...next.map((instant) => {
    const time = document.createElement("time");
    time.dateTime = instant;
    time.textContent = words.format(new Date(instant));
    const item = document.createElement("li");
    item.append(time);
    return item;
  }));
  document.querySelector<HTMLElement>("[data-some-meetings]")!.hidden = next.length === 0;
}
