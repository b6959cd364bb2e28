// The path below which this installation stands: "" or "/mentoring". Its own files know, since they lie below it.
//
//   fetch(`${prefix}/live/ticket`)

export const prefix = new URL(import.meta.url).pathname.split("/static/built/")[0] ?? "";
