// Fields that show what is recorded and send what was typed when they are left.
import type { ObjectDirective } from "vue";

const typing = new WeakSet<HTMLInputElement>();

/** What is being typed outlives the answer to another change: a plain `:value` would be put back by any redraw. */
export const vKept: ObjectDirective<HTMLInputElement, string> = {
  created(field, { value }) {
    field.value = value;
    field.addEventListener("input", () => typing.add(field));
    field.addEventListener("change", () => typing.delete(field));
    field.addEventListener("keydown", ({ key }) => { if (key === "Escape") typing.delete(field); });
  },
  updated(field, { value }) {
    if (!typing.has(field) && field.value !== value) field.value = value;
  },
};

/** Takes over what is kept now: in fields that nobody changed, and in those that still show what was sent, which may be kept
 * in another spelling. What is being typed stays. */
export function takeOver<T extends Record<string, unknown>>(typed: T, now: T, before: T, sent: T | null): void {
  for (const key of Object.keys(now) as (keyof T)[]) {
    if (typed[key] === before[key] || typed[key] === sent?.[key]) typed[key] = now[key];
  }
}
