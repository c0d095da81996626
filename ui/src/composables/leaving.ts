// What is still being typed is saved before the window closes.
import { onScopeDispose } from "vue";
import { onClose } from "../desktop";

type Job = () => Promise<void>;
const jobs = new Set<Job>();
/** How long the window waits for what is being saved, in milliseconds: a fault must not keep it open for good. */
const PATIENCE = 3000;

/** `job` saves what is being typed; it is asked to when the window closes, while the calling component lives. */
export function useLeaving(job: Job): void {
  jobs.add(job);
  onScopeDispose(() => jobs.delete(job));
}

/** Saves everything. A field that has the focus sends what it holds when it loses it. */
export async function saveAll(): Promise<void> {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  const late = new Promise((resolve) => window.setTimeout(resolve, PATIENCE));
  await Promise.race([Promise.allSettled([...jobs].map((job) => job())), late]);
}

/** Saves when the window closes, while the calling component lives. */
export function useClosing(): void {
  onScopeDispose(onClose(saveAll));
}
