// What the desk shows at a time: an indicator with its rows, or a section of marks outside of the points.
import type { AdjustmentView, IndicatorView, LimitView, PointView, RubricView } from "../api";

export type Group = {
  /** The indicator's code, or one that no indicator has. */
  code: string;
  /** Absent for a section of adjustments. */
  indicator: IndicatorView | null;
  title: string;
  points: PointView[];
  limits: LimitView[];
  adjustments: AdjustmentView[];
};

/** What the codes of sections begin with: no indicator has it. */
export const SECTION = "§";

/** Indicators in the order of the source, with or without rows of their own; then the sections of adjustments. */
export function groupsOf(rubric: RubricView): Group[] {
  const sections = new Map<string, AdjustmentView[]>();
  for (const adjustment of rubric.adjustments) sections.set(adjustment.section, [...(sections.get(adjustment.section) ?? []), adjustment]);
  return [
    ...rubric.indicators.map((indicator) => ({
      code: indicator.code, indicator, title: indicator.title, points: indicator.points, limits: indicator.limits, adjustments: [],
    })),
    ...[...sections].map(([section, adjustments]) => ({
      code: SECTION + section, indicator: null, title: section, points: [], limits: [], adjustments,
    })),
  ];
}

/** Whether the desk has rows to show for it. */
export const hasRows = (group: Group) => group.points.length + group.limits.length + group.adjustments.length > 0;

/** The codes of its rows, in order. */
export const rowCodes = (group: Group) => [...group.points, ...group.limits, ...group.adjustments].map((row) => row.code);
