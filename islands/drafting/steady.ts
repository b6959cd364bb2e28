// Change a page without moving what somebody looks at or types in.
//
//   steady(() => list.append(row));

export function steady(change: () => void): void {
  const held = document.activeElement instanceof HTMLElement && document.activeElement !== document.body ? document.activeElement : null;
  const before = held?.getBoundingClientRect().top;
  change();
  if (held === null || before === undefined || !held.isConnected) return;
  const moved = held.getBoundingClientRect().top - before;
  if (moved) scrollBy({ top: moved, behavior: "instant" });
}
