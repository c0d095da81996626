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
import { applySettings } from "./composables/settings";
import { i18n } from "./i18n";

async function start(): Promise<void> {
  if (import.meta.env.DEV && !("__TAURI_INTERNALS__" in window)) {
    const { mockDesktop } = await import("./dev/mock");
    mockDesktop();
  }
  applySettings();
  createApp(App).use(i18n).mount("#app");
}

void start();
