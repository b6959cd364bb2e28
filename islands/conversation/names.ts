// What people here are called, from the pane's own attributes.
//
//   <conversation-pane data-me="…" data-you="You" data-somebody="Somebody" data-name-0190…="Kiran">

export function nameOf(pane: HTMLElement, person: string): string {
  if (person === pane.dataset["me"]) return pane.dataset["you"] ?? "";
  return pane.getAttribute(`data-name-${person}`) ?? pane.dataset["somebody"] ?? "";
}
