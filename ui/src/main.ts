import { createApp } from "vue";
import "element-plus/es/components/base/style/css";
import "element-plus/es/components/checkbox/style/css";
import "element-plus/es/components/dialog/style/css";
import "element-plus/es/components/drawer/style/css";
import "element-plus/es/components/input/style/css";
import "element-plus/es/components/option/style/css";
import "element-plus/es/components/overlay/style/css";
import "element-plus/es/components/select/style/css";
import "element-plus/es/components/tooltip/style/css";
import "element-plus/theme-chalk/dark/css-vars.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/parts.css";
import App from "./App.vue";
import { guardComposition } from "./composables/composition";
import { useProblems } from "./composables/problems";
import { applySettings } from "./composables/settings";
import { i18n } from "./i18n";

async function start(): Promise<void> {
  if (import.meta.env.DEV && !("__TAURI_INTERNALS__" in window)) {
    const { mockDesktop } = await import("./dev/mock");
    mockDesktop();
  }
  applySettings();
  guardComposition();
  const app = createApp(App).use(i18n);
  // Nothing that was asked for fails silently. A slip in drawing is logged: nobody could act on it.
  const report = (error: unknown) => {
    console.error(error);
    if (!(error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError)) useProblems().report(error);
  };
  app.config.errorHandler = report;
  window.addEventListener("unhandledrejection", (event) => report(event.reason));
  app.mount("#app");
}

void start();
