// Plays a voice note with a drawing of its loudness instead of the browser's own bar.
//
//   <voice-note data-seconds="12" data-bars="3,40,…" data-play="Play" data-pause="Pause" data-fails="…"><audio controls src="…"></audio></voice-note>

const SVG = "http://www.w3.org/2000/svg";

export class VoiceNote extends HTMLElement {
  connectedCallback(): void {
    const audio = this.querySelector("audio");
    if (!audio || this.querySelector("button")) return;
    const { play = "", pause = "", fails = "" } = this.dataset;
    const seconds = Number(this.dataset["seconds"]) || 0;
    const bars = (this.dataset["bars"] ?? "").split(",").filter(Boolean).map(Number);
    if (!bars.length || !seconds) return; // a sound that nobody recorded here: the browser's own bar
    audio.removeAttribute("controls");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "play";
    const drawing = drawn(bars);
    const time = document.createElement("span");
    time.className = "soft small";
    const show = () => {
      const done = audio.currentTime / seconds;
      for (const [at, bar] of [...drawing.children].entries()) bar.classList.toggle("done", at / bars.length < done);
      const left = audio.currentTime > 0 ? audio.currentTime : seconds;
      time.textContent = `${Math.floor(left / 60)}:${String(Math.floor(left % 60)).padStart(2, "0")}`;
      button.ariaLabel = `${audio.paused ? play : pause}, ${seconds} s`;
      button.classList.toggle("plays", !audio.paused);
    };
    for (const event of ["play", "pause", "timeupdate", "ended"]) audio.addEventListener(event, show);
    audio.addEventListener("ended", () => (audio.currentTime = 0));
    audio.addEventListener("error", () => (time.textContent = fails));
    button.addEventListener("click", () => void (audio.paused ? audio.play().catch(() => (time.textContent = fails)) : audio.pause()));
    this.prepend(button, drawing, time);
    show();
  }
}

function drawn(bars: number[]): SVGElement {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", `0 0 ${bars.length * 4} 32`);
  drawing.setAttribute("preserveAspectRatio", "none");
  drawing.setAttribute("aria-hidden", "true");
  for (const [at, loud] of bars.entries()) {
    const tall = Math.max(2, (loud / 100) * 32);
    const bar = document.createElementNS(SVG, "rect");
    const place = { x: at * 4, y: (32 - tall) / 2, width: 2.4, height: tall, rx: 1 };
    for (const [name, value] of Object.entries(place)) bar.setAttribute(name, String(value));
    drawing.append(bar);
  }
  return drawing;
}

customElements.define("voice-note", VoiceNote);
