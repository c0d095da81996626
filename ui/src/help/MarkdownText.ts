// Markdown drawn as elements of the page. No HTML is ever taken from the text.
import MarkdownIt from "markdown-it";
import { defineComponent, h } from "vue";
import type { PropType, VNode } from "vue";
import { pictureOf } from "./manual";

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
type Token = ReturnType<typeof markdown.parse>[number];
type Follow = (chapter: string) => void;

/** Only links between chapters are followed: nothing outside the program is opened from the manual. */
function link(href: string, children: (VNode | string)[], follow: Follow): VNode {
  const chapter = /^(?:\.\/)?([\w-]+)\.md$/.exec(href)?.[1];
  if (!chapter) return h("span", children);
  return h("button", { type: "button", class: "link manual__link", onClick: () => follow(chapter) }, children);
}

function leaf(token: Token, follow: Follow): VNode | string | null {
  switch (token.type) {
    case "text":
      return token.content;
    case "softbreak":
      return " ";
    case "hardbreak":
      return h("br");
    case "hr":
      return h("hr");
    case "code_inline":
      return h("code", token.content);
    case "fence":
    case "code_block":
      return h("pre", h("code", token.content));
    case "image": {
      const source = pictureOf(String(token.attrGet("src") ?? ""));
      return source ? h("figure", [h("img", { src: source, alt: token.content, loading: "lazy" }), h("figcaption", token.content)]) : null;
    }
    case "inline":
      return h("span", draw(token.children ?? [], follow));
    default:
      return null;
  }
}

/** Tokens open and close elements; what stands between belongs inside. */
function draw(tokens: Token[], follow: Follow): (VNode | string)[] {
  const stack: { token: Token | null; children: (VNode | string)[] }[] = [{ token: null, children: [] }];
  for (const token of tokens) {
    if (token.nesting === 1) stack.push({ token, children: [] });
    else if (token.nesting === -1) {
      const { token: opened, children } = stack.pop() ?? { token: null, children: [] };
      const above = stack.at(-1);
      if (!opened || !above) continue;
      const element = opened.tag === "a" ? link(String(opened.attrGet("href") ?? ""), children, follow) : opened.hidden ? h("span", children) : h(opened.tag, children);
      above.children.push(element);
    } else {
      const drawn = leaf(token, follow);
      if (drawn !== null) stack.at(-1)?.children.push(drawn);
    }
  }
  return stack[0]?.children ?? [];
}

export default defineComponent({
  props: { text: { type: String, required: true }, follow: { type: Function as PropType<Follow>, required: true } },
  setup: (props) => () => h("div", { class: "manual__text" }, draw(markdown.parse(props.text, {}), props.follow)),
});
