// Which browser this is, as far as it matters for finding its switch for camera and microphone.
//
//   browserOf(navigator.userAgent)   // "safari-iphone"

export type BrowserName = "chrome" | "chrome-phone" | "safari" | "safari-iphone" | "firefox" | "edge" | "other";

export function browserOf(agent: string, touches = 0): BrowserName {
  const iphone = /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touches > 1);
  if (iphone) return "safari-iphone"; // every browser there asks through the system's settings
  if (/Edg(A)?\//.test(agent)) return "edge";
  if (/Firefox\//.test(agent)) return "firefox";
  if (/Chrom(e|ium)\//.test(agent)) return /Android/.test(agent) ? "chrome-phone" : "chrome";
  return /Safari\//.test(agent) ? "safari" : "other";
}
