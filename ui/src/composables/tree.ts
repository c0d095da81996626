// What the tree shows: indicators, the points of a rubric whose indicators have no third level, and the sections of
// adjustments; opened branches, or what filter and search keep with the branches above.
import { computed, reactive, ref } from "vue";
import type { ComputedRef } from "vue";
import { hasRows, rowCodes } from "./groups";
import type { Group } from "./groups";
import { useSearch } from "./search";
import type { Hit } from "./search";
import type { Sheet } from "./sheet";
import { rowsKept } from "./states";
import type { Filter, SheetFacts } from "./states";

export type TreeNode = {
  /** Its key; that of a row is the row's code. */
  key: string;
  level: number;
  parent: string | null;
  /** The code as printed; empty for a section of adjustments. */
  code: string;
  title: string;
  group: Group;
  /** The row that it stands for; absent for an indicator or a section as a whole. */
  row: string | null;
  /** Whether it opens and closes instead of showing rows. */
  branch: boolean;
};

/** Rubrics of this many levels and more keep their points out of the tree. */
const DEEP = 3;

/** All nodes, in the order of the source. */
export function nodesOf(groups: Group[]): TreeNode[] {
  const deepest = Math.max(0, ...groups.map((group) => group.indicator?.level ?? 0));
  return groups.flatMap((group) => {
    const rows = [...group.points, ...group.limits, ...group.adjustments];
    const split = hasRows(group) && (deepest < DEEP || group.indicator === null) && rows.every((row) => row.code !== group.code);
    const level = group.indicator?.level ?? 1;
    const head: TreeNode = {
      key: group.code, level, parent: group.indicator?.parent ?? null, code: group.indicator?.code ?? "", title: group.title, group, row: null,
      branch: split || !hasRows(group),
    };
    if (!split) return [head];
    return [head, ...rows.map((row) => ({ key: row.code, level: level + 1, parent: group.code, code: row.code, title: row.title, group, row: row.code, branch: false }))];
  });
}

export function useTree(sheet: Sheet, facts: ComputedRef<SheetFacts>) {
  const query = ref("");
  const filter = ref<Filter>("all");
  const opened = reactive(new Set<string>());
  const nodes = computed(() => nodesOf(sheet.groups.value));
  const byKey = computed(() => new Map(nodes.value.map((node) => [node.key, node])));

  function ancestors(node: TreeNode): string[] {
    const found: string[] = [];
    for (let at = node.parent; at !== null; at = byKey.value.get(at)?.parent ?? null) found.push(at);
    return found;
  }
  const searching = computed(() => query.value.trim() !== "" || filter.value !== "all");
  const { hits } = useSearch(sheet);
  /** What the search found, by group. */
  const found = computed(() => {
    const byGroup = new Map<string, Hit[]>();
    for (const hit of hits(query.value)) byGroup.set(hit.group, [...(byGroup.get(hit.group) ?? []), hit]);
    return byGroup;
  });
  /** The hits of a node: its row's, or those of the indicator and its rows. */
  function hitsOf(node: TreeNode, rows: string[]): Hit[] {
    const all = found.value.get(node.group.code) ?? [];
    return all.filter((hit) => (node.row === null ? hit.row === null || rows.includes(hit.row) : hit.row === node.row));
  }
  function isKept(node: TreeNode): boolean {
    if (node.branch) return false;
    const rows = rowsKept(node.group, filter.value, facts.value);
    if (node.row === null ? rows.length === 0 : !rows.includes(node.row)) return false;
    return query.value.trim() === "" || hitsOf(node, rows).length > 0;
  }
  /** What to show under a node: the first hit that its own line does not show. */
  function hitUnder(node: TreeNode): Hit | null {
    if (query.value.trim() === "" || node.branch) return null;
    const all = hitsOf(node, rowCodes(node.group));
    const inLine = all.some((hit) => hit.place !== "code" && hit.code === node.key && node.title.includes(hit.text.slice(hit.from, hit.to)));
    return inLine || all.some((hit) => hit.place === "code" && hit.code === node.key) ? null : (all.find((hit) => hit.place !== "code") ?? all[0] ?? null);
  }
  const shown = computed<TreeNode[]>(() => {
    if (!searching.value) return nodes.value.filter((node) => ancestors(node).every((key) => opened.has(key)));
    const kept = new Set<string>();
    for (const node of nodes.value.filter(isKept)) for (const key of [node.key, ...ancestors(node)]) kept.add(key);
    return nodes.value.filter((node) => kept.has(node.key));
  });
  /** The node that stands for a row of the desk. */
  function nodeOf(row: string): TreeNode | undefined {
    return byKey.value.get(row) ?? nodes.value.find((node) => rowCodes(node.group).includes(row));
  }
  return {
    query, filter, shown, nodeOf, hitUnder,
    isOpen: (key: string) => searching.value || opened.has(key),
    toggle(key: string): void {
      if (!opened.delete(key)) opened.add(key);
    },
    /** Opens the branches above a node. */
    reveal(key: string): void {
      const node = byKey.value.get(key);
      for (const parent of node ? ancestors(node) : []) opened.add(parent);
    },
  };
}
