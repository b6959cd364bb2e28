// Reads a drawn chart point by point, in a line below it: whichever lies nearest to the pointer or finger, or by keys.
//
//   <chart-points>
//     <svg> <circle …><title>22 pages, 16 Nov 2026, you</title></circle> … <line data-here hidden/> </svg>
//     <input type="range" min="0" max="…" hidden>   each arrow key is a point; it says the same words aloud
//     <p data-read hidden>…</p>
//   </chart-points>
//
// All words are the server's. Without scripts the drawing, its sentence and its table say everything.

class ChartPoints extends HTMLElement {
  connectedCallback(): void {
    const drawing = this.querySelector("svg");
    const keys = this.querySelector("input");
    const line = this.querySelector<HTMLElement>("[data-read]");
    if (!drawing || !keys || !line) return;
    const points = [...drawing.querySelectorAll("circle")];
    const texts = points.map((point) => point.querySelector("title")?.textContent ?? "");
    const here = drawing.querySelector("[data-here]");

    const read = (number: number): void => {
      const point = points[number];
      if (!point) return;
      for (const other of points) other.classList.toggle("now", other === point);
      for (const end of ["x1", "x2"]) here?.setAttribute(end, point.getAttribute("cx") ?? "0");
      here?.removeAttribute("hidden");
      keys.value = String(number);
      keys.ariaValueText = line.textContent = texts[number] ?? "";
    };
    const follow = (event: PointerEvent): void => read(nearest(points, event.clientX, event.clientY));

    keys.ariaValueText = texts.at(-1) ?? "";
    keys.hidden = line.hidden = false;
    keys.addEventListener("input", () => read(keys.valueAsNumber));
    keys.addEventListener("focus", () => read(keys.valueAsNumber));
    drawing.addEventListener("pointermove", follow);
    drawing.addEventListener("pointerdown", follow);
  }
}

/** By its day above all; among those of one day, by its height. Where the drawing is mirrored, so are the boxes. */
function nearest(points: Element[], x: number, y: number): number {
  const away = points.map((point) => {
    const box = point.getBoundingClientRect();
    return Math.hypot(8 * (box.x + box.width / 2 - x), box.y + box.height / 2 - y);
  });
  return away.indexOf(Math.min(...away));
}

customElements.define("chart-points", ChartPoints);
