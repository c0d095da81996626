// What the person does in assessments. It orders the start page and nothing else.
import { computed } from "vue";
import { ask, commands } from "../api";
import type { Role } from "../api";
import type { IconName } from "../components/AppIcon.vue";
import { useHome } from "./home";
import { useProblems } from "./problems";

export const ROLES: Role[] = ["unit", "expert", "office"];
export const ROLE_ICONS: Record<Role, IconName> = { unit: "edit", expert: "tick", office: "inbox" };

export function useRole() {
  const { home, load } = useHome();
  const problems = useProblems();
  return {
    /** What was answered; null until it was. */
    asked: computed(() => home.value?.role ?? null),
    /** What the page is ordered for. */
    role: computed<Role>(() => home.value?.role ?? "unit"),
    async choose(role: Role): Promise<void> {
      try {
        await ask(commands.setRole(role));
        await load();
      } catch (error) {
        problems.report(error);
      }
    },
  };
}
