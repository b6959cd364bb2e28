// A button by which a browser lets us show news on its device. Usage:
//   <push-switch data-key="/reach/key/" data-add="/reach/devices/" data-on="…" data-refused="…" data-none="…" hidden>
//     <input type="hidden" name="csrfmiddlewaretoken"> <button type="button">…</button> <p role="status"></p>
//   </push-switch>

class PushSwitch extends HTMLElement {
  connectedCallback(): void {
    this.hidden = false;
    if (!("serviceWorker" in navigator) || !("PushManager" in window)) {
      this.say("none");
      if (this.button) this.button.hidden = true;
      return;
    }
    this.button?.addEventListener("click", () => void this.ask());
  }

  private get button(): HTMLButtonElement | null {
    return this.querySelector("button");
  }

  private say(which: "on" | "refused" | "none"): void {
    const place = this.querySelector("[role=status]");
    if (place) place.textContent = this.dataset[which] ?? "";
  }

  private async ask(): Promise<void> {
    if (this.button) this.button.disabled = true;
    try {
      await this.add(await this.subscription());
      this.say("on");
    } catch {
      this.say("refused");
    } finally {
      if (this.button) this.button.disabled = false;
    }
  }

  private async subscription(): Promise<PushSubscription> {
    if ((await Notification.requestPermission()) !== "granted") throw new Error("not allowed");
    const { key } = (await (await fetch(this.dataset["key"] ?? "")).json()) as { key: string };
    const worker = await navigator.serviceWorker.ready;
    return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  }

  private async add(subscription: PushSubscription): Promise<void> {
    const { endpoint, keys } = subscription.toJSON();
    const token = this.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
    const body = new URLSearchParams({ endpoint: endpoint ?? "", p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "" });
    const answer = await fetch(this.dataset["add"] ?? "", { method: "POST", body, headers: { "X-CSRFToken": token } });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  }
}

customElements.define("push-switch", PushSwitch);
