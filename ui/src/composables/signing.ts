// What is known of each identity when somebody is to sign: whether its passphrase is remembered, and what was drawn.
import { shallowRef } from "vue";
import { ask, commands } from "../api";
import type { DrawnSignature, SigningState } from "../api";

const states = shallowRef<SigningState[]>([]);

export function useSigning() {
  async function load(): Promise<void> {
    states.value = await ask(commands.signing());
  }
  async function forget(): Promise<void> {
    await ask(commands.forgetPassphrases());
    await load();
  }
  async function keepDrawing(fingerprint: string, drawn: DrawnSignature | null): Promise<void> {
    states.value = await ask(commands.keepDrawing(fingerprint, drawn));
  }
  const stateOf = (fingerprint: string) => states.value.find((state) => state.fingerprint === fingerprint);
  const isOpen = (fingerprint: string) => stateOf(fingerprint)?.open ?? false;
  return { states, load, forget, keepDrawing, stateOf, isOpen };
}
