// The fields of a form by name, as their controls send them: text, "on" or "" for a tick, a list where several are chosen.
//
//   const fields = new TypedFields(form);
//   fields.read("minutes");  fields.write("minutes", "45");

export type Typed = string | string[];
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const NOT_OURS = new Set(["csrfmiddlewaretoken", "stamp", "window"]);

export class TypedFields {
  constructor(readonly form: HTMLFormElement) {}

  names(): string[] {
    const named = [...this.form.elements].filter((one) => isControl(one) && !NOT_OURS.has(one.name) && one.name);
    return [...new Set(named.map((one) => (one as Control).name))];
  }

  controls(name: string): Control[] {
    return [...this.form.elements].filter((one): one is Control => isControl(one) && one.name === name);
  }

  read(name: string): Typed {
    const controls = this.controls(name);
    const first = controls[0];
    if (first instanceof HTMLSelectElement && first.multiple) return [...first.selectedOptions].map((one) => one.value);
    if (!(first instanceof HTMLInputElement) || !["checkbox", "radio"].includes(first.type)) return first?.value ?? "";
    const on = controls.filter((one) => (one as HTMLInputElement).checked).map((one) => one.value);
    return first.type === "checkbox" && controls.length > 1 ? on : (on[0] ?? "");
  }

  write(name: string, value: Typed): void {
    for (const control of this.controls(name)) {
      if (control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type)) {
        control.checked = Array.isArray(value) ? value.includes(control.value) : value !== "" && value === control.value;
      } else if (control instanceof HTMLSelectElement && control.multiple) {
        for (const option of control.options) option.selected = value.includes(option.value);
      } else {
        control.value = String(value);
      }
    }
  }

  /** The field's frame on the page: label, control and notes. */
  frame(name: string): HTMLElement | null {
    return this.controls(name)[0]?.closest<HTMLElement>(".field") ?? null;
  }

  label(name: string): string {
    const frame = this.frame(name);
    const said = frame?.querySelector(frame.querySelector("legend") ? "legend" : "label");
    return said?.firstChild?.textContent?.trim() ?? "";
  }
}

function isControl(one: Element): one is Control {
  return one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement;
}

/** Equal for people: an absent field and an empty one, whatever the line ends. */
export function same(one: Typed | undefined, other: Typed | undefined): boolean {
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

function plain(value: Typed | undefined): Typed {
  return Array.isArray(value) ? value : (value ?? "").replaceAll("\r\n", "\n").trim();
}
