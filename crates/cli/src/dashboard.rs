//! The figures of the dashboards as lines.

use crate::output::Output;
use app::view::{DashboardView, LossGroup, RateRow, RateState, RateView};

/// Rates, losses by reason, and what differs from the other stage's sheet.
pub fn lines(output: &Output, dashboard: &DashboardView) -> Vec<String> {
    let mut lines =
        vec![format!("{} {}/{}", output.say("已评观测点", "points scored"), dashboard.scored, dashboard.points)];
    lines.push(output.say("一级指标得分率", "Rates of level-1 indicators").to_owned());
    lines.extend(dashboard.first.iter().map(|row| rate_line(output, row)));
    let second = if dashboard.second_points {
        output.say("各项得分率", "Rates of points")
    } else {
        output.say("二级指标得分率", "Rates of level-2 indicators")
    };
    lines.push(format!("{second}（{} %）", dashboard.line.percent));
    lines.extend(dashboard.second.iter().map(|row| rate_line(output, row)));
    lines.extend(loss_lines(output, dashboard));
    if dashboard.other.is_some() {
        lines.push(format!(
            "{} {}",
            output.say("两份都评的观测点", "points scored on both sheets"),
            dashboard.compared
        ));
    }
    lines.extend(dashboard.differences.iter().map(|row| {
        format!("  {} {}  {}/{}  {}/{}  {}", row.code, row.title, row.own, row.max, row.other, row.max, row.difference)
    }));
    lines
}

fn rate_line(output: &Output, row: &RateRow) -> String {
    let low = if row.low { output.say("  低于线", "  below the line") } else { "" };
    let other = row.other.as_ref().map(|other| format!("  ({})", rate_text(output, other))).unwrap_or_default();
    format!("  {} {}  {}{other}{low}", row.code, row.title, rate_text(output, &row.own))
}

fn rate_text(output: &Output, rate: &RateView) -> String {
    let marks = format!("{}/{}", rate.score, rate.max);
    match (&rate.state, &rate.percent) {
        (RateState::Complete, Some(percent)) => format!("{marks}  {percent}%"),
        (RateState::Begun, _) => format!("{marks}  {}", output.say("未评完", "in part")),
        _ => output.say("未评", "unscored").to_owned(),
    }
}

fn loss_lines(output: &Output, dashboard: &DashboardView) -> Vec<String> {
    let losses = &dashboard.losses;
    let mut lines = vec![format!(
        "{} {} − {} {} = {}",
        output.say("失分：已评满分", "Losses: full marks of what is scored"),
        losses.full,
        output.say("失去", "lost"),
        losses.lost,
        losses.given
    )];
    lines.extend(losses.by_kind.iter().map(loss_line));
    lines.extend(losses.by_sentence.iter().chain(&losses.outside).map(loss_line));
    lines
}

fn loss_line(group: &LossGroup) -> String {
    let code = group.code.as_ref().map(|code| format!("{code} ")).unwrap_or_default();
    let kind = group.kind.as_ref().map(|kind| format!("［{kind}］")).unwrap_or_default();
    format!("  −{}  {code}{kind}{}", group.amount, group.label)
}
