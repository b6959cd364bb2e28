// Tells the server which time zone this device is in. Usage:
//   <input type="hidden" name="zone" data-zone>                       filled in silently (signing up)
//   <select name="zone" data-zone-hint="hint">…<p id="hint" hidden data-words="This device says {zone}.">
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const input of document.querySelectorAll<HTMLInputElement>("input[data-zone]")) {
  if (!input.value) input.value = zone;
}

for (const select of document.querySelectorAll<HTMLSelectElement>("select[data-zone-hint]")) {
  const hint = document.getElementById(select.dataset.zoneHint ?? "");
  if (!hint || !zone || select.value === zone) continue;
  hint.textContent = (hint.dataset.words ?? "{zone}").replace("{zone}", zone);
  hint.hidden = false;
}
