// What tests do on a page that stands in the document: find, read, wait, press, fill in.
import { flushPromises } from "@vue/test-utils";
import { expect, vi } from "vitest";

export const body = (id: string): HTMLElement | null => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);

export const text = (id: string): string => body(id)?.textContent?.replaceAll(/\s+/g, " ").trim() ?? "";

export const field = (id: string): HTMLInputElement => body(id) as HTMLInputElement;

/** Waits until what was asked for came and was drawn. */
export async function settle(pause = 5): Promise<void> {
  await flushPromises();
  await new Promise((resolve) => setTimeout(resolve, pause));
  await flushPromises();
}

/** Lets time pass while the clock is the test's. */
export async function pass(time: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(time);
  await flushPromises();
}

export async function click(id: string): Promise<void> {
  expect(body(id), id).not.toBeNull();
  body(id)?.click();
  await settle();
}

/** Types or chooses. */
export function put(id: string, value: string): void {
  field(id).value = value;
  field(id).dispatchEvent(new Event(field(id) instanceof HTMLSelectElement ? "change" : "input", { bubbles: true }));
}

export async function fill(id: string, value: string): Promise<void> {
  put(id, value);
  await settle();
}
