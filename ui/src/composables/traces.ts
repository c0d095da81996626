// Which steps of a trace belong to which rule, and which lines of a text its rules repeat. Only texts are compared here.
import type { LimitView, PartView, Step } from "../api";

/** The sentences that a rule's steps carry. */
function sentences(part: PartView): string[] {
  return part.kind === "band" ? [part.sentence, ...part.bands.map((band) => band.sentence)] : [part.sentence];
}

/** The steps of each part, in the order of the parts. The first step of marks taken from the full ones is no part's. */
export function stepsByPart(parts: PartView[], fromFull: boolean, trace: Step[]): Step[][] {
  let at = fromFull && typeof trace[0]?.amount === "string" ? 1 : 0;
  return parts.map((part) => {
    const own = new Set(sentences(part));
    const found: Step[] = [];
    for (let step = trace[at]; step && own.has(step.sentence); step = trace[at]) {
      found.push(step);
      at += 1;
    }
    return found;
  });
}

/** What the input of a rule lists: it stands there, and need not stand in the text above it. */
function listed(part: PartView): string[] {
  if (part.kind === "count") return part.items;
  return part.kind === "entries" ? part.items.map((item) => item.name) : [];
}
/** A line whose middle is the list of a rule, with dots in the list's place. */
function withoutList(line: string, items: string[]): string {
  const first = line.indexOf(items[0] ?? "\n");
  const last = items.at(-1) ?? "";
  const end = line.lastIndexOf(last) + last.length;
  const whole = items.length > 1 && first >= 0 && end > first && items.every((item) => line.includes(item));
  return whole ? `${line.slice(0, first)}……${line.slice(end)}` : line;
}

const MARKS = /[\s★,，。;；、:：.]/g;

/** The lines of a text that its rules and conditions do not repeat in full: these stand beside their own inputs. */
export function textBesideRules(text: string, parts: PartView[], limits: LimitView[]): string {
  const repeated = [...parts.flatMap((part) => [...sentences(part), ...listed(part)]), ...limits.map((limit) => limit.text)]
    .filter((sentence) => sentence !== text) // a rule without a sentence of its own: the text stands for it
    .map((sentence) => sentence.replace(MARKS, ""))
    .filter((sentence) => sentence !== "")
    .toSorted((a, b) => b.length - a.length);
  const lines = text.split("\n").filter((line) => {
    const bare = line.replace(MARKS, "");
    if (repeated.some((sentence) => sentence.includes(bare))) return false;
    return repeated.reduce((left, sentence) => left.replaceAll(sentence, ""), bare) !== "";
  });
  return parts.reduce((text, part) => text.map((line) => withoutList(line, listed(part))), lines).join("\n");
}

/** An amount with a minus sign that is one. */
export const amountText = (amount: string) => amount.replace(/^-/, "−");
export const isMinus = (amount: string | null) => amount !== null && /^[-−]/.test(amount);
