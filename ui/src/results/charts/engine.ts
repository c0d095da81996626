// The parts of ECharts that the dashboards draw with. Loaded when the results are opened, never at start-up.
import { BarChart, LineChart, RadarChart, ScatterChart } from "echarts/charts";
import { GraphicComponent, GridComponent, MarkLineComponent, RadarComponent } from "echarts/components";
import { init, use } from "echarts/core";
import type { EChartsType } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";
import type { Drawn } from "./model";

use([BarChart, LineChart, RadarChart, ScatterChart, GraphicComponent, GridComponent, MarkLineComponent, RadarComponent, LabelLayout, CanvasRenderer]);

export type Canvas = { draw: (drawn: Drawn) => void; close: () => void };

/** A canvas in an element; drawing again replaces everything. */
export function canvasIn(element: HTMLElement, ratio: number): Canvas {
  let chart: EChartsType | null = null;
  return {
    draw({ option, width, height }) {
      chart ??= init(element, null, { renderer: "canvas", devicePixelRatio: ratio, width, height });
      chart.resize({ width, height });
      chart.setOption(option, { notMerge: true });
    },
    close() {
      chart?.dispose();
      chart = null;
    },
  };
}

export { pictureOf } from "./picture";
