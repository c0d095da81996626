//! What of a panel's results is asked for, its saved views, and what is declared about editions.

use crate::output::Output;
use app::view::{ResultsQuery, ResultsSort, ResultsTable, SavedView};
use app::{Result, Session};
use clap::Args;

/// Which units are shown, in which figure, in which order.
#[derive(Debug, Args)]
pub struct QueryArgs {
    /// 只要名称里有这些字的单位；几个词用空格隔开
    #[arg(long, value_name = "字词", default_value = "")]
    search: String,
    /// 只要这个等次的单位；可以写几个，空的是没有等次的
    #[arg(long, value_name = "等次")]
    grade: Vec<String>,
    /// 只要已齐的：有结果，没有还在等的打分表
    #[arg(long)]
    complete: bool,
    /// 不看总分，看这个指标
    #[arg(long, value_name = "编号")]
    indicator: Option<String>,
    /// 只要低于线的单位：在 --indicator 里，没有写就是任何一项
    #[arg(long)]
    below: bool,
    /// 只要这一级的指标；历年的 0 是只要总分
    #[arg(long, value_name = "级")]
    level: Option<u32>,
    /// 按哪一列排序，如 panel、percent、unit、member-1
    #[arg(long, value_name = "列")]
    sort: Option<String>,
    /// 从大到小
    #[arg(long, requires = "sort")]
    descending: bool,
}

impl QueryArgs {
    /// The query of a view.
    pub fn query(&self, table: ResultsTable, units: &[String]) -> ResultsQuery {
        let sort = |column: &String| ResultsSort { column: column.clone(), descending: self.descending };
        ResultsQuery {
            table,
            search: self.search.clone(),
            grades: self.grade.clone(),
            complete: self.complete,
            indicator: self.indicator.clone(),
            below: self.below,
            level: self.level,
            units: units.to_vec(),
            sort: self.sort.as_ref().map(sort),
        }
    }
}

/// Saved views.
#[derive(Debug, Args)]
pub struct ViewArgs {
    /// 按存好的视图看
    #[arg(long, value_name = "名称", conflicts_with_all = ["years", "unit"])]
    pub view: Option<String>,
    /// 把这次怎么看存成视图
    #[arg(long, value_name = "名称", conflicts_with = "view")]
    pub save_view: Option<String>,
    /// 列出存好的视图
    #[arg(long)]
    views: bool,
    /// 给视图改名
    #[arg(long, num_args = 2, value_names = ["原名", "新名"])]
    rename_view: Option<Vec<String>>,
    /// 删去视图
    #[arg(long, value_name = "名称")]
    remove_view: Option<String>,
}

impl ViewArgs {
    /// Lists, renames or removes; whether there was something of that to do.
    pub fn run(&self, output: &Output, session: &mut Session, panel: &str) -> Result<bool> {
        let views = if let Some([name, to]) = self.rename_view.as_deref() {
            session.rename_result_view(panel, name, to)?
        } else if let Some(name) = &self.remove_view {
            session.remove_result_view(panel, name)?
        } else if self.views {
            session.result_views(panel)?
        } else {
            return Ok(false);
        };
        output.show(&views, |views| views.iter().map(|view| line(output, view)).collect());
        Ok(true)
    }
}

fn line(output: &Output, view: &SavedView) -> String {
    let table = match view.query.table {
        ResultsTable::Matrix => output.say("完成情况", "handed in"),
        ResultsTable::Ranking => output.say("名次", "ranking"),
        ResultsTable::Grades => output.say("等次分布", "grades"),
        ResultsTable::Indicators => output.say("薄弱指标", "weak indicators"),
        ResultsTable::Own => output.say("自评与合议", "self against panel"),
        ResultsTable::Profile => output.say("单位画像", "one unit"),
        ResultsTable::Compare => output.say("单位对比", "units side by side"),
        ResultsTable::Trend => output.say("历年", "years"),
    };
    format!("{}  {table}", view.name)
}

/// What is declared about indicators of two editions.
#[derive(Debug, Args)]
pub struct EditionArgs {
    /// 往年的专家组：它用的那一版与这一版的指标对应
    #[arg(long, value_name = "往年的专家组")]
    map_from: Option<String>,
    /// 声明往年那一版的指标就是这一版的：旧编号=新编号；可以写几个
    #[arg(long, value_name = "旧=新", requires = "map_from", value_parser = pair)]
    same: Vec<(String, String)>,
    /// 取消这一版的这个指标的声明；可以写几个
    #[arg(long, value_name = "新编号", requires = "map_from")]
    unmap: Vec<String>,
}

fn pair(text: &str) -> std::result::Result<(String, String), String> {
    let parts = text.split_once('=').map(|(old, new)| (old.trim().to_owned(), new.trim().to_owned()));
    let parts = parts.filter(|(old, new)| !old.is_empty() && !new.is_empty());
    parts.ok_or_else(|| "写成 旧编号=新编号，如 2.3=2.2".to_owned())
}

impl EditionArgs {
    /// Declares and takes back; whether there was something of that to do.
    pub fn run(&self, output: &Output, session: &mut Session, panel: &str) -> Result<bool> {
        let Some(earlier) = &self.map_from else { return Ok(false) };
        let declared = self.same.iter().map(|(old, new)| (Some(old.clone()), new.clone()));
        let pairs: Vec<_> = declared.chain(self.unmap.iter().map(|code| (None, code.clone()))).collect();
        let view = session.match_editions(panel, earlier, &pairs)?;
        output.show(&view, |view| {
            let round = |round: &app::view::TrendRound| {
                let words = output.say("项对得上", "indicators compare");
                format!("{} {}  {} {words}", round.panel.year, round.panel.name, round.mapped)
            };
            view.rounds.iter().map(round).collect()
        });
        Ok(true)
    }
}
