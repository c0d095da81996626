//! Charts as data; the printer draws them as vectors.

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// One axis for each level-1 indicator, the rates joined to a polygon.
    Radar {
        /// Below the chart, e.g. 图1 一级指标得分率.
        caption: String,
        /// Clockwise from the top; at least three.
        axes: Vec<Axis>,
    },
    /// Horizontal bars with a mark line.
    Bars {
        /// Below the chart.
        caption: String,
        /// From the top.
        bars: Vec<Bar>,
        /// Share of full marks where a vertical line stands, with its label, e.g. 0.6 and 60%.
        line: Option<(f64, String)>,
    },
}

/// An axis of a radar.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// E.g. 办学定位.
    pub label: String,
    /// E.g. 37/40.
    pub text: String,
    /// Share of full marks, 0 to 1; none when nothing was scored.
    pub rate: Option<f64>,
}

/// A bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// E.g. 1.1 全面加强党的领导.
    pub label: String,
    /// E.g. 92.5%.
    pub text: String,
    /// Share of full marks, 0 to 1; none when nothing was scored.
    pub rate: Option<f64>,
    /// Printed in the colour of warning: below the line.
    pub low: bool,
}
