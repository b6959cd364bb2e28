// <kept-form data-kept="Kept." data-waiting="Not connected…"><form method="post">…</form></kept-form>
//
// Keeps a form as it is typed, right or wrong, by sending it quietly to its own address. Without JavaScript the
// form's button does.

const PAUSE = 800;
const AGAIN = 4_000;

class KeptForm extends HTMLElement {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly state = document.createElement("p");
  private under_way = false;
  private touched = false;

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form) return;
    this.state.className = "typed-state soft small";
    form.append(this.state);
    form.addEventListener("input", () => this.soon(PAUSE));
    form.addEventListener("change", () => this.soon(0));
    form.addEventListener("submit", () => clearTimeout(this.timer));
    addEventListener("online", () => this.touched && this.soon(0));
    // Also what is on its way: leaving the page may cut it off, and keeping the same twice is keeping it once.
    addEventListener("pagehide", () => (this.touched || this.under_way) && navigator.sendBeacon(form.action, new FormData(form)));
  }

  private soon(wait: number): void {
    this.touched = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), wait);
  }

  private async send(): Promise<void> {
    const form = this.querySelector("form");
    if (!form) return;
    if (this.under_way) return this.soon(PAUSE);
    this.under_way = true;
    this.touched = false;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" }, redirect: "manual" });
      if (!answer.ok) throw new Error(`answered ${answer.status}`);
      this.state.removeAttribute("role");
      this.state.textContent = this.dataset.kept ?? "";
    } catch {
      this.state.setAttribute("role", "status");
      this.state.textContent = this.dataset.waiting ?? "";
      this.soon(AGAIN);
    } finally {
      this.under_way = false;
    }
  }
}

customElements.define("kept-form", KeptForm);
