import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";

/** The window freezes Object.prototype; ECharts assigns a method named constructor to a plain object when it is loaded. */
const underFrozenPrototype = {
  name: "echarts-under-frozen-prototype",
  transform(code: string, id: string) {
    if (!/echarts\/lib\/core\/Scheduler\.js$/.test(id.split("?")[0] ?? id)) return null;
    const assigned = "target[name_1] = noop;";
    if (!code.includes(assigned)) throw new Error("ECharts changed: see whether it loads under a frozen Object.prototype");
    return { code: code.replace(assigned, "Object.defineProperty(target, name_1, { value: noop, writable: true, enumerable: true, configurable: true });"), map: null };
  },
};

export default defineConfig({
  plugins: [vue(), underFrozenPrototype],
  clearScreen: false,
  server: { port: 5173, strictPort: true, host: "127.0.0.1", fs: { allow: [".", "../docs"] } }, // the manual stands in docs
  build: {
    target: ["safari16", "chrome111"], // WebKitGTK 2.40 and WebView2
    chunkSizeWarningLimit: 1500, // one local window: nothing is fetched over a network
  },
  define: {
    __VUE_OPTIONS_API__: true, // Element Plus uses it in a few components
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.ts"],
    setupFiles: ["tests/setup.ts"],
    server: { deps: { inline: ["element-plus"] } },
    css: false,
    testTimeout: 60_000, // a busy machine is no fault
  },
});
