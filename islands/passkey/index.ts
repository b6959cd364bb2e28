// A form that a passkey fills in: on submit the browser asks the device, puts the answer into the hidden field
// named "credential", and sends the form on. Hidden where the browser knows no passkeys. Usage:
//   <passkey-form mode="create" options="{…from the server…}">   adds one
//   <passkey-form mode="get" options="{…}">                      proves who it is
//   <passkey-form mode="login" ask="/account/2fa/webauthn/login/" hidden>   asks the server for options first
//     <form method="post"><input type="hidden" name="credential">…<button>…</form> <p class="error" hidden>…</p>
import { answerToJson, creationFrom, requestFrom } from "./credentials.ts";

class PasskeyForm extends HTMLElement {
  connectedCallback(): void {
    if (!("PublicKeyCredential" in window)) return;
    this.hidden = false;
    this.form?.addEventListener("submit", (event) => {
      if (this.field?.value) return;
      event.preventDefault();
      void this.ask();
    });
  }

  private get form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  private get field(): HTMLInputElement | null {
    return this.querySelector('input[name="credential"]');
  }

  private async ask(): Promise<void> {
    const says = this.querySelector<HTMLElement>(".error");
    if (says) says.hidden = true;
    try {
      const answer = await this.answer();
      if (!this.field) return;
      this.field.value = JSON.stringify(answer);
      this.form?.requestSubmit();
    } catch {
      if (says) says.hidden = false;
    }
  }

  private async answer(): Promise<unknown> {
    if (this.getAttribute("mode") === "create") {
      const options = JSON.parse(this.getAttribute("options") ?? "{}");
      return answerToJson(await navigator.credentials.create({ publicKey: creationFrom(options.publicKey) }));
    }
    const options = await this.requestOptions();
    return answerToJson(await navigator.credentials.get({ publicKey: requestFrom(options.publicKey) }));
  }

  private async requestOptions(): Promise<{ publicKey: PublicKeyCredentialRequestOptionsJSON }> {
    const ask = this.getAttribute("ask");
    if (!ask) return JSON.parse(this.getAttribute("options") ?? "{}");
    const response = await fetch(ask, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return (await response.json()).request_options;
  }
}

customElements.define("passkey-form", PasskeyForm);
