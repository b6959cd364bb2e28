// What another browser says is believed in its shape alone.
//
//   safely(event.data, (said) => …);   // nothing happens for what is no object

const MOST = 2_000;

export function safely(data: unknown, then: (said: Record<string, unknown>) => void): void {
  if (typeof data !== "string" || data.length > MOST) return;
  let said: unknown;
  try {
    said = JSON.parse(data);
  } catch {
    return;
  }
  if (typeof said === "object" && said !== null && !Array.isArray(said)) then(said as Record<string, unknown>);
}
