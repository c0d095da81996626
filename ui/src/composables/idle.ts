// Saving what is being typed without waiting for Enter: a crash or a closed window loses at most this pause.
import { onScopeDispose } from "vue";
import { isComposing } from "./composition";

/** How long typing pauses before it is saved, in milliseconds. */
export const PAUSE = 800;

/** Calls `save` once typing has paused; `stop` when it was saved in another way. */
export function useIdle(save: () => void, pause = PAUSE): { touch: () => void; stop: () => void } {
  let timer: number | undefined;
  const stop = () => window.clearTimeout(timer);
  const touch = () => {
    stop();
    // A word that is still being composed is not yet written.
    timer = window.setTimeout(() => (isComposing() ? touch() : save()), pause);
  };
  onScopeDispose(stop, true);
  return { touch, stop };
}
