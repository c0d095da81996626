//! Panels: who scores, by which policy, and what the sheets come to.

use crate::output::Output;
use app::view::{
    AgreementGroup, Calculation, NewPanel, PanelCell, PanelComparison, PanelMember, PanelOffer, PanelPerson,
    PanelSummary, PanelUnit, PanelUnitView, PanelView, Stage, TrimView,
};
use app::{Result, Session};
use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub enum PanelCommand {
    /// 新建专家组：一套指标体系、一个年度、一个阶段的所有单位
    New(NewArgs),
    /// 列出专家组
    List {
        /// 列出去掉了的
        #[arg(long)]
        removed: bool,
    },
    /// 列出可以建专家组的评估：指标体系、年度、阶段，各有几份打分表、谁打的
    Rounds,
    /// 改名称
    Rename {
        /// 专家组的名称或编号
        #[arg(value_name = "专家组")]
        panel: String,
        /// 新名称
        #[arg(value_name = "名称")]
        name: String,
    },
    /// 从列表上去掉专家组，内容都留着；--restore 放回
    Remove {
        /// 专家组的名称或编号
        #[arg(value_name = "专家组")]
        panel: String,
        /// 放回列表
        #[arg(long)]
        restore: bool,
    },
    /// 各人对一个单位在哪里相差最多，打分表上怎么说；给出一位成员时与其余各人的中位数比，并拟一段请他说明的话
    Compare {
        /// 专家组的名称或编号
        #[arg(value_name = "专家组")]
        panel: String,
        /// 单位
        #[arg(value_name = "单位")]
        unit: String,
        /// 专家姓名
        #[arg(long, value_name = "姓名")]
        member: Option<String>,
        /// 列几处
        #[arg(long, value_name = "处", default_value_t = 4)]
        most: usize,
    },
    /// 一致性：各指标类型和一、二级指标
    Agreement {
        /// 专家组的名称或编号
        #[arg(value_name = "专家组")]
        panel: String,
    },
    /// 加成员；--remove 去掉成员
    Member {
        /// 专家组的名称或编号
        #[arg(value_name = "专家组")]
        panel: String,
        /// 专家姓名，与打分表上的一致
        #[arg(value_name = "姓名")]
        name: String,
        /// 专家所在单位，与打分表上的一致
        #[arg(long, value_name = "单位", required_unless_present = "remove", default_value = "")]
        organisation: String,
        /// 去掉这位成员，连同组长和回避
        #[arg(long)]
        remove: bool,
    },
    /// 定组长；不给姓名时不设组长
    Leader {
        /// 专家组的名称或编号
        #[arg(value_name = "专家组")]
        panel: String,
        /// 专家姓名
        #[arg(value_name = "姓名")]
        name: Option<String>,
    },
    /// 回避：这位专家对这个单位的打分不计；--withdraw 撤回
    Recuse {
        /// 专家组的名称或编号
        #[arg(value_name = "专家组")]
        panel: String,
        /// 专家姓名
        #[arg(value_name = "姓名")]
        name: String,
        /// 单位
        #[arg(value_name = "单位")]
        unit: String,
        /// 为什么回避
        #[arg(long, value_name = "理由", required_unless_present = "withdraw")]
        reason: Option<String>,
        /// 撤回这一条回避
        #[arg(long, conflicts_with = "reason")]
        withdraw: bool,
    },
    /// 定合议办法；没给的不变，什么都不给时只列出
    Policy(PolicyArgs),
    /// 看一个专家组：单位 × 专家、合议分、要看的地方；给出单位时列出每一步
    Show {
        /// 专家组的名称或编号
        #[arg(value_name = "专家组")]
        panel: String,
        /// 只看这个单位，连同每个观测点怎么来的
        #[arg(long, value_name = "单位")]
        unit: Option<String>,
        /// 这位专家能看到的：提交自己的打分表以前看不到别人的
        #[arg(long = "as", value_name = "姓名", conflicts_with = "unit")]
        seen_by: Option<String>,
    },
    /// 记会商定下的分数和理由，原来的留着；--withdraw 撤回
    Agree {
        /// 专家组的名称或编号
        #[arg(value_name = "专家组")]
        panel: String,
        /// 单位
        #[arg(value_name = "单位")]
        unit: String,
        /// 观测点或加减分项的编号；按总分合议时写 total
        #[arg(value_name = "编号")]
        code: String,
        /// 会商的分数
        #[arg(long, value_name = "分数", required_unless_present = "withdraw", requires = "reason")]
        mark: Option<String>,
        /// 理由
        #[arg(long, value_name = "理由")]
        reason: Option<String>,
        /// 撤回，按办法计算
        #[arg(long, conflicts_with_all = ["mark", "reason"])]
        withdraw: bool,
    },
    /// 撤销专家组的上一次改动
    Undo {
        /// 专家组的名称或编号
        #[arg(value_name = "专家组")]
        panel: String,
    },
    /// 重做撤销了的改动
    Redo {
        /// 专家组的名称或编号
        #[arg(value_name = "专家组")]
        panel: String,
    },
}

#[derive(Debug, Args)]
pub struct NewArgs {
    /// 名称
    #[arg(value_name = "名称")]
    name: String,
    /// 指标体系编号或文件；随交换包来的写编号或摘要（panel rounds 列出）
    #[arg(long, value_name = "指标体系")]
    rubric: String,
    /// 年度
    #[arg(long, value_name = "年度")]
    year: i32,
    /// 阶段
    #[arg(long, value_enum, value_name = "阶段", default_value = "review")]
    stage: PanelStage,
    /// 交了签名打分表的专家都作成员
    #[arg(long)]
    assessors: bool,
}

/// Stages that have panels.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum PanelStage {
    /// 试评
    Trial,
    /// 复评
    Review,
}

#[derive(Debug, Args)]
pub struct PolicyArgs {
    /// 专家组的名称或编号
    #[arg(value_name = "专家组")]
    panel: String,
    /// 办法：mean 平均，trimmed 去高低平均，median 中位数，consensus 会商一致
    #[arg(long, value_parser = ["mean", "trimmed", "median", "consensus"], value_name = "办法")]
    method: Option<String>,
    /// 去高低：满几份两端各去几份，可以写几档，例如 5:1 9:2
    #[arg(long, value_name = "份数:去掉", num_args = 1.., value_parser = trim)]
    trim: Vec<(u32, u32)>,
    /// 合议什么：point 每个观测点，total 总分
    #[arg(long, value_parser = ["point", "total"], value_name = "对象")]
    per: Option<String>,
    /// 修约：half-even 按 GB/T 8170，half-up 四舍五入
    #[arg(long, value_parser = ["half-even", "half-up"], value_name = "修约")]
    rounding: Option<String>,
    /// 修约间隔，例如 0.1
    #[arg(long, value_name = "间隔")]
    step: Option<String>,
    /// 条件几人认定才算存在：majority 过半数，any 任一人，unanimous 全体
    #[arg(long, value_parser = ["majority", "any", "unanimous"], value_name = "规定")]
    holds: Option<String>,
    /// 至少几份打分表才有结果
    #[arg(long, value_name = "份数")]
    least: Option<u32>,
    /// 观测点与其余专家中位数相差超过几个计分单位要说明；0 不提示
    #[arg(long, value_name = "步数")]
    point_outlier: Option<u32>,
    /// 总分与其余专家中位数相差超过几个计分单位要说明；0 不提示
    #[arg(long, value_name = "步数")]
    total_outlier: Option<u32>,
    /// 总分相同时依次比较的指标；写 none 时并列
    #[arg(long, value_name = "指标", num_args = 1..)]
    ties: Vec<String>,
}

fn trim(text: &str) -> std::result::Result<(u32, u32), String> {
    let pair = text.split_once([':', '：']).and_then(|(from, drop)| Some((from.parse().ok()?, drop.parse().ok()?)));
    pair.ok_or_else(|| format!("{text}：应写成 份数:去掉，例如 5:1"))
}

/// Carries a command about panels out.
pub fn run(output: &Output, session: &mut Session, command: &PanelCommand) -> Result<()> {
    let view = match command {
        PanelCommand::New(args) => new(session, args)?,
        PanelCommand::List { removed } => {
            let panels = if *removed { session.removed_panels()? } else { session.panels()? };
            output.show(&panels, |panels| list(panels));
            return Ok(());
        }
        PanelCommand::Rounds => {
            output.show(&session.panel_offers()?, |offers| {
                offers.iter().flat_map(|offer| round(output, offer)).collect()
            });
            return Ok(());
        }
        PanelCommand::Rename { panel, name } => session.rename_panel(panel, name)?,
        PanelCommand::Remove { panel, restore: true } => session.restore_panel(panel)?,
        PanelCommand::Remove { panel, restore: false } => {
            output.show(&session.remove_panel(panel)?, |panels| list(panels));
            return Ok(());
        }
        PanelCommand::Compare { panel, unit, member, most } => {
            let view = session.compare_members(panel, unit, member.as_deref(), *most)?;
            output.show(&view, |view| comparison(output, view));
            return Ok(());
        }
        PanelCommand::Agreement { panel } => {
            output.show(&session.panel_agreement(panel)?, |groups| groups.iter().flat_map(agreement).collect());
            return Ok(());
        }
        PanelCommand::Member { panel, name, organisation, remove } => {
            session.set_panel_member(panel, name, organisation, !remove)?
        }
        PanelCommand::Leader { panel, name } => session.set_panel_leader(panel, name.as_deref())?,
        PanelCommand::Recuse { panel, name, unit, reason, withdraw: _ } => {
            session.recuse(panel, name, unit, reason.as_deref())?
        }
        PanelCommand::Policy(args) => policy(session, args)?,
        PanelCommand::Show { panel, unit: Some(unit), .. } => {
            output.show(&session.panel_unit(panel, unit)?, |view| unit_lines(output, view));
            return Ok(());
        }
        PanelCommand::Show { panel, seen_by: Some(member), .. } => session.panel_as(panel, member)?,
        PanelCommand::Show { panel, .. } => session.panel(panel)?,
        PanelCommand::Agree { panel, unit, code, mark, reason, withdraw: _ } => {
            session.agree(panel, unit, code, mark.as_deref().zip(reason.as_deref()))?
        }
        PanelCommand::Undo { panel } => session.step_panel(panel, true)?,
        PanelCommand::Redo { panel } => session.step_panel(panel, false)?,
    };
    output.show(&view, |view| lines(output, view));
    Ok(())
}

fn new(session: &mut Session, args: &NewArgs) -> Result<PanelView> {
    let stage = match args.stage {
        PanelStage::Trial => Stage::Trial,
        PanelStage::Review => Stage::Review,
    };
    let mut members = Vec::new();
    if args.assessors {
        let fits = |offer: &PanelOffer| offer.rubric_id == args.rubric || offer.rubric == args.rubric;
        let offers = session.panel_offers()?;
        let round = offers.into_iter().find(|o| fits(o) && o.year == args.year && o.stage == stage);
        let assessors = round.map(|offer| offer.assessors).unwrap_or_default();
        let signed = assessors.into_iter().filter(|assessor| assessor.signed > 0);
        members.extend(signed.map(|one| PanelPerson { name: one.name, organisation: one.organisation }));
    }
    let (name, rubric) = (args.name.clone(), args.rubric.clone());
    session.new_panel(&NewPanel { name, rubric, year: args.year, stage, members })
}

fn list(panels: &[PanelSummary]) -> Vec<String> {
    let id = |id: &str| id.get(..8).unwrap_or(id).to_owned();
    panels.iter().map(|p| format!("{}  {}  {}  {}", id(&p.id), p.name, p.year, p.rubric_title)).collect()
}

fn round(output: &Output, offer: &PanelOffer) -> Vec<String> {
    let stage = match offer.stage {
        Stage::Trial => output.say("试评", "trial"),
        _ => output.say("复评", "review"),
    };
    let (units, signed) = (output.say("个单位", "units"), output.say("份已签名", "signed"));
    let unsigned = output.say("份未签名", "unsigned");
    let head = format!(
        "{}  {}  {}  {stage}  {} {units}，{} {signed}，{} {unsigned}",
        offer.rubric_id, offer.rubric_title, offer.year, offer.units, offer.signed, offer.unsigned
    );
    let assessors = offer.assessors.iter().map(|assessor| {
        let (signed, all) = (assessor.signed, assessor.signed + assessor.unsigned);
        format!("    {}（{}）  {signed}/{all}", assessor.name, assessor.organisation)
    });
    let digest = std::iter::once(format!("    {}", offer.rubric));
    let panels = offer.panels.iter().map(|name| format!("    → {name}"));
    std::iter::once(head).chain(digest).chain(assessors).chain(panels).collect()
}

fn comparison(output: &Output, view: &PanelComparison) -> Vec<String> {
    let scores = |scores: &[Option<String>]| {
        let of = |(member, score): (&PanelMember, &Option<String>)| {
            format!("{} {}", member.name, score.as_deref().unwrap_or("—"))
        };
        view.members.iter().zip(scores).map(of).collect::<Vec<_>>().join("  ")
    };
    let mut lines = vec![view.unit.clone()];
    for row in &view.rows {
        let distance = format!("{} {}", output.say("相差", "apart"), row.distance);
        lines.push(format!("{} {}  {}/{}  {distance}", row.code, row.title, scores(&row.scores), row.max));
        for point in row.points.iter().filter(|point| point.differs) {
            lines.push(format!("    {} {}  {}/{}", point.code, point.title, scores(&point.marks), point.max));
            lines.extend(point.remarks.iter().map(|(name, remark)| format!("        {name}：{remark}")));
        }
        let found = output.say("认定", "found by");
        let finding =
            |f: &app::view::PanelFinding| format!("    {} {}  {found} {}", f.code, f.text, f.found.join("、"));
        lines.extend(row.findings.iter().map(finding));
    }
    if view.more > 0 {
        lines.push(format!("{} {}", output.say("另有不同之处", "differences besides:"), view.more));
    }
    lines.extend(view.reasons.iter().cloned());
    if let Some(request) = &view.request {
        lines.push(String::new());
        lines.extend(request.lines().map(str::to_owned));
    }
    lines
}

fn agreement(group: &AgreementGroup) -> Vec<String> {
    let head = format!("{} {}（{}）", group.code, group.title, group.max).trim_start().to_owned();
    let measure = |measure: &app::view::AgreementMeasure| format!("    {}  {}", measure.name, measure.text);
    std::iter::once(head).chain(group.measures.iter().map(measure)).collect()
}

fn policy(session: &mut Session, args: &PolicyArgs) -> Result<PanelView> {
    let view = session.panel(&args.panel)?;
    let before = view.policy.clone();
    let mut policy = view.policy.clone();
    let set = |to: &mut String, given: &Option<String>| {
        if let Some(given) = given {
            to.clone_from(given);
        }
    };
    set(&mut policy.method, &args.method);
    set(&mut policy.per, &args.per);
    set(&mut policy.rounding, &args.rounding);
    set(&mut policy.step, &args.step);
    set(&mut policy.holds, &args.holds);
    policy.least = args.least.unwrap_or(policy.least);
    if !args.trim.is_empty() {
        policy.trim = args.trim.iter().map(|(from, drop)| TrimView { from: *from, drop: *drop }).collect();
    }
    let outlier = |given: Option<u32>, before| given.map_or(before, |steps| Some(steps).filter(|steps| *steps > 0));
    policy.point_outlier = outlier(args.point_outlier, policy.point_outlier);
    policy.total_outlier = outlier(args.total_outlier, policy.total_outlier);
    if !args.ties.is_empty() {
        policy.ties = args.ties.iter().filter(|code| *code != "none").cloned().collect();
    }
    if policy == before { Ok(view) } else { session.set_panel_policy(&args.panel, &policy) }
}

/// A panel as lines: who, how, and unit × assessor.
pub fn lines(output: &Output, view: &PanelView) -> Vec<String> {
    let head = format!("{}  {}  {}", view.panel.name, view.panel.year, view.panel.rubric_title);
    let mut lines = vec![head, view.policy_text.clone()];
    let leads = |leader: bool| if leader { output.say("，组长", ", leader") } else { "" };
    lines.extend(view.members.iter().map(|m| format!("  {}（{}{}）", m.name, m.organisation, leads(m.leader))));
    let recused = output.say("回避", "recused");
    lines.extend(view.recusals.iter().map(|r| format!("  {recused}  {} × {}：{}", r.name, r.unit, r.reason)));
    lines.extend(view.units.iter().flat_map(|unit| unit_row(output, view, unit)));
    lines.extend(view.strangers.iter().map(|stranger| format!("  ! {}", stranger.text)));
    if !view.agreement.is_empty() {
        let complete = output.say("个单位齐全", "units complete");
        lines.push(format!("{}（{} {complete}）", output.say("一致性", "Agreement"), view.agreement_units));
        lines.extend(view.agreement.iter().map(|measure| format!("  {}  {}", measure.name, measure.text)));
    }
    lines
}

fn cell_text(cell: &PanelCell) -> String {
    match &cell.total {
        Some(total) if cell.standing.code != "counted" => format!("{total}［{}］", cell.standing.text),
        Some(total) if !cell.dropped.is_empty() => format!("({total})"),
        Some(total) => total.clone(),
        None => format!("［{}］", cell.standing.text),
    }
}

fn unit_row(output: &Output, view: &PanelView, unit: &PanelUnit) -> Vec<String> {
    let cells: Vec<String> = view
        .members
        .iter()
        .zip(&unit.cells)
        .map(|(member, cell)| {
            let mark = if cell.outlier { "!" } else { "" };
            format!("{} {mark}{}", member.name, cell_text(cell))
        })
        .collect();
    let hidden = unit.cells.iter().any(|cell| cell.standing.code == "hidden");
    let none = if hidden { "—" } else { output.say("没有结果", "no result") };
    let total = unit.total.clone().unwrap_or_else(|| none.to_owned());
    let grade = unit.grade.clone().unwrap_or_default();
    let mut lines = vec![format!("{}  {total}/{}  {grade}  {}", unit.unit, view.max, cells.join("  "))];
    lines.extend(unit.flags.iter().map(|flag| format!("  ! {}", flag.text)));
    lines
}

/// A unit with every calculation, as lines.
pub fn unit_lines(output: &Output, view: &PanelUnitView) -> Vec<String> {
    let total = view.unit.total.clone().unwrap_or_else(|| output.say("没有结果", "no result").to_owned());
    let mut lines = vec![format!("{}  {total}  {}", view.unit.unit, view.unit.grade.clone().unwrap_or_default())];
    let standing = |(member, cell): (&app::view::PanelMember, &PanelCell)| {
        format!("  {}（{}）  {}", member.name, member.organisation, cell_text(cell))
    };
    lines.extend(view.members.iter().zip(&view.unit.cells).map(standing));
    lines.extend(view.totals.iter().chain(&view.points).flat_map(calculation_lines));
    lines.extend(view.findings.iter().map(|finding| {
        let holds =
            if finding.holds { output.say("存在", "holds") } else { output.say("不存在", "does not hold") };
        format!(
            "{}  {holds}（{}/{}：{}）{}",
            finding.code,
            finding.found.len(),
            finding.of,
            finding.found.join("、"),
            finding.text
        )
    }));
    lines.extend(view.conclusion.iter().map(|step| format!("  {}  {}", step.finding, step.sentence)));
    lines.extend(view.unit.flags.iter().map(|flag| format!("  ! {}", flag.text)));
    lines
}

fn calculation_lines(calculation: &Calculation) -> Vec<String> {
    let mark = calculation.mark.as_deref().unwrap_or("—");
    let code = if calculation.code == "total" { "" } else { &calculation.code };
    let head = format!("{code} {}  {mark}/{}", calculation.title, calculation.max);
    let steps = calculation.steps.iter().map(|step| format!("    {step}"));
    std::iter::once(head.trim_start().to_owned()).chain(steps).collect()
}
