// A condition: whether it is present, who decided that, and what it does.
import { computed } from "vue";
import type { ComputedRef } from "vue";
import { useI18n } from "vue-i18n";
import type { SymbolName } from "../components/StateSymbol.vue";
import type { LimitView } from "../api";
import type { Sheet } from "./sheet";

export function useLimit(sheet: Sheet, limit: () => LimitView, above: () => { code: string; max: string | null }) {
  const { t } = useI18n();
  const code = computed(() => limit().code);
  const state = computed(() => sheet.limits.value.get(code.value));
  const recorded = computed(() => state.value?.present ?? null);
  const pending = computed(() => sheet.pendingLimits.has(code.value));
  const present = computed(() => (pending.value ? (sheet.pendingLimits.get(code.value) ?? null) : recorded.value));
  const refusal = computed(() => sheet.refusals.get(code.value));
  const symbol: ComputedRef<SymbolName> = computed(() => {
    if (refusal.value) return "warning";
    if (recorded.value === null) return "unscored";
    if (!recorded.value) return "veto-open";
    return limit().effect === "cap" ? "deducted" : "veto";
  });
  const stateText = computed(() => {
    if (recorded.value === null) return t("limit.undecided");
    return recorded.value ? t("limit.present") : t("limit.absent");
  });
  const effect = computed(() => {
    const { effect: kind, cap, conclusion } = limit();
    const { code: at, max } = above();
    if (kind === "cap") return t("limit.cap", { code: at, cap: cap ?? "" });
    if (kind === "veto") return t("limit.veto", { conclusion: conclusion ?? "" });
    return max === null ? t("limit.zeroAll", { code: at }) : t("limit.zero", { code: at, max });
  });
  const options = computed(() => [
    { value: false as boolean | null, label: t("limit.absent"), testid: `limit-${code.value}-absent` },
    { value: true as boolean | null, label: t("limit.present"), testid: `limit-${code.value}-present`, veto: true },
  ]);
  /** Figures have decided it: the assessor does not. */
  const measured = computed(() => state.value?.measured === true);
  function decide(value: boolean | null): void {
    if (!sheet.readOnly.value && value !== present.value) void sheet.setLimit(code.value, value);
  }
  return { recorded, pending, present, refusal, symbol, stateText, effect, options, measured, decide };
}
