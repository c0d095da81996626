// This workspace's key for encrypted packages, and whom packages can be encrypted to.
import { shallowRef } from "vue";
import { ask, commands } from "../api";
import type { KeysView } from "../api";

const keys = shallowRef<KeysView>({ own: null, made: "", older: 0, recipients: [] });

export function useRecipients() {
  async function load(): Promise<void> {
    keys.value = await ask(commands.keys());
  }
  async function make(): Promise<void> {
    keys.value = await ask(commands.makeKey());
  }
  async function add(name: string, key: string): Promise<void> {
    keys.value = await ask(commands.addRecipient(name, key));
  }
  async function remove(key: string): Promise<void> {
    keys.value = await ask(commands.removeRecipient(key));
  }
  return { keys, load, make, add, remove };
}
