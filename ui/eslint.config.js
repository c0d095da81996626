import js from "@eslint/js";
import vue from "eslint-plugin-vue";
import globals from "globals";
import ts from "typescript-eslint";

const desktopOnly = {
  patterns: [
    {
      group: ["@tauri-apps/*"],
      message: "Only bindings.ts, api.ts and desktop.ts speak to the desktop.",
    },
  ],
};

export default ts.config(
  { ignores: ["dist", "src/bindings.ts"] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...vue.configs["flat/recommended"],
  {
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser } },
    rules: {
      "no-restricted-imports": ["error", desktopOnly],
      "no-restricted-syntax": ["error", { selector: "CallExpression[callee.name='parseFloat']", message: "The window computes no mark." }],
      "vue/max-attributes-per-line": "off",
      "vue/singleline-html-element-content-newline": "off",
      "vue/html-self-closing": ["error", { html: { void: "always" } }],
      "vue/html-indent": "off",
      "vue/multiline-html-element-content-newline": "off",
      "no-irregular-whitespace": "off", // the ideographic space separates Chinese words in running text
      "vue/html-closing-bracket-newline": "off",
      "vue/first-attribute-linebreak": "off",
      "vue/multi-word-component-names": "off",
      "vue/no-v-html": "error",
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ["src/desktop.ts", "src/dev/**", "tests/**"], rules: { "no-restricted-imports": "off" } },
  { files: ["src/i18n/**", "src/dev/**", "tests/**"], rules: { "max-lines": "off" } },
);
