// What a preview shows: a PDF that is being made, read, shown, or why it cannot be shown.
import { onScopeDispose, ref, shallowRef } from "vue";
import { useI18n } from "vue-i18n";
import { problemOf } from "../api";
import type { Problem } from "../api";
import type { Pdf, Source } from "./pdf";

/** `foreign`: whether the file is somebody's, and not one that is made here. */
export function usePreview(foreign: () => boolean) {
  const { t } = useI18n();
  const pdf = shallowRef<Pdf | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const busy = ref(false);
  let newest = 0;

  function forget(): void {
    pdf.value?.close();
    pdf.value = null;
    problem.value = null;
  }
  /** What the library could not do, in words. */
  function refusal(error: unknown, place: string): Problem {
    const code = "preview";
    if (!foreign()) return { code, what: t("preview.failed"), place, todo: t("preview.failedTodo") };
    const isProtected = error instanceof Error && error.name === "PasswordException";
    if (isProtected) return { code, what: t("viewer.pdfProtected"), place: "", todo: t("viewer.pdfProtectedTodo") };
    return { code, what: t("viewer.pdfFailed"), place, todo: t("viewer.pdfFailedTodo") };
  }
  /** A page or a file that the library cannot draw. */
  function failed(error: unknown): void {
    const found = problemOf(error);
    forget();
    problem.value = found.code === "unexpected" ? refusal(error, found.place) : found;
  }
  /** Shows what `make` gives; what was asked for before is given up. */
  async function show(make: (() => Promise<Source>) | null): Promise<void> {
    const mine = ++newest;
    forget();
    busy.value = make !== null;
    if (!make) return;
    try {
      const [bytes, { openPdf }] = await Promise.all([make(), import("./pdf")]);
      if (mine !== newest) return;
      const opened = await openPdf(bytes, {
        pages: (pages) => {
          if (pdf.value && mine === newest) pdf.value = { ...pdf.value, pages };
        },
        failed: (error) => {
          if (mine === newest) failed(error);
        },
      });
      if (mine === newest) pdf.value = opened;
      else opened.close();
    } catch (error) {
      if (mine === newest) failed(error);
    } finally {
      if (mine === newest) busy.value = false;
    }
  }
  onScopeDispose(() => {
    newest += 1;
    forget();
  });
  return { pdf, problem, busy, show, failed };
}
