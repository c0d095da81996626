// Calls go out one after the other, in the order in which they were made: fast typing never reorders.
import { computed, ref } from "vue";

export function useQueue() {
  const waiting = ref(0);
  let last: Promise<unknown> = Promise.resolve();

  /**
   * Runs `job` after every job before it has ended, whether that one succeeded or not. When there is none it begins at
   * once, before the page draws what the key changed: the program works meanwhile.
   */
  function enqueue<T>(job: () => Promise<T>): Promise<T> {
    waiting.value += 1;
    const run = (waiting.value === 1 ? job() : last.then(job, job)).finally(() => {
      waiting.value -= 1;
    });
    last = run.catch(() => undefined);
    return run;
  }
  return { enqueue, busy: computed(() => waiting.value > 0) };
}
