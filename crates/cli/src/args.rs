//! What can be asked for. The texts are the help, in Chinese. What one command takes stands beside what carries it out.

use app::localise::Target;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// 衡鉴：离线评估。指标体系、打分、支撑材料、签名的打分表和交换包，全部在本机完成，不联网。
#[derive(Debug, Parser)]
#[command(name = "hengjian", version, disable_help_subcommand = true, after_help = AFTER)]
pub struct Cli {
    /// 工作区文件夹；也可用环境变量 HENGJIAN_WORKSPACE（默认：用户数据目录下的 hengjian）
    #[arg(long, global = true, env = "HENGJIAN_WORKSPACE", value_name = "文件夹")]
    pub workspace: Option<PathBuf>,
    /// 结果按 JSON 输出
    #[arg(long, global = true)]
    pub json: bool,
    /// 提示和依据的语言：zh 中文（默认），en English
    #[arg(long, global = true, value_enum, default_value = "zh", value_name = "语言")]
    pub lang: Lang,
    #[command(subcommand)]
    pub command: Command,
}

const AFTER: &str = "退出码：0 完成；1 规则拒绝或数据不对；2 用法不对；3 完整性或签名不符；4 文件或存储出错。\n\
                     口令从环境变量 HENGJIAN_PASSPHRASE、--passphrase-file 或键盘读入。";

/// Language of problems and traces.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Lang {
    /// 中文
    Zh,
    /// English
    En,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// 指标体系：列出、查看、检查、比较、改成本地版本，与 Excel 工作簿互转
    #[command(subcommand)]
    Rubric(crate::rubric::RubricCommand),
    /// 新建打分表
    New(crate::shelf::NewArgs),
    /// 列出打分表
    List {
        /// 列出回收站里的
        #[arg(long)]
        removed: bool,
    },
    /// 建一份填好的示例评估，供试用；已经有了就给出它的编号
    Sample,
    /// 更正没定稿过的打分表：单位、年度、阶段、打分人
    Correct(crate::shelf::CorrectArgs),
    /// 把没定稿过的草稿或示例移到回收站
    Remove {
        /// 一份或多份打分表的编号
        #[arg(value_name = "打分表", required = true)]
        sheets: Vec<String>,
    },
    /// 从回收站恢复打分表
    Restore {
        /// 一份或多份打分表的编号
        #[arg(value_name = "打分表", required = true)]
        sheets: Vec<String>,
    },
    /// 最近导出、导入的交换包，还在不在原处
    Recent,
    /// 看或改工作区的设置：角色和窗口的语言
    Setting {
        /// 角色：unit 自评单位，expert 专家，office 评估办公室
        #[arg(long, value_enum, value_name = "角色")]
        role: Option<crate::shelf::Role>,
        /// 窗口的语言
        #[arg(long, value_enum, value_name = "语言")]
        language: Option<Lang>,
    },
    /// 查看一份打分表：得分、等次、依据
    Show {
        /// 打分表编号（可只写开头几位）
        #[arg(value_name = "打分表")]
        sheet: String,
    },
    /// 仪表盘的数字：得分率、失分原因、与自评（复评）的差别；加 --json 给程序用
    Dashboard {
        /// 打分表编号（可只写开头几位）
        #[arg(value_name = "打分表")]
        sheet: String,
    },
    /// 差多少、怎么提：距离下一等次几分、先提哪几项、哪一条决定结论
    WhatIf {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
    },
    /// 打分、判定条件、写意见
    Score(crate::scoring::ScoreArgs),
    /// 评分工作簿：导出为 Excel 交人填写，填好后导入，有错时指出单元格
    #[command(subcommand)]
    ScoreBook(crate::score_book::ScoreBookCommand),
    /// 从支撑材料里的名单取数：数出合条件的行数，记为数据，依据里写明怎样数的
    Figure(crate::scoring::FigureArgs),
    /// 写指标任务综述和自评报告；不给选项时列出提纲和字数
    Write(crate::writing::WriteArgs),
    /// 任务：各部门的分工、进度和催办，进度安排
    #[command(subcommand)]
    Tasks(crate::tasks::TasksCommand),
    /// 问题清单和整改：记问题，填措施、责任人、完成时间和状态
    #[command(subcommand)]
    Problems(crate::problems::ProblemsCommand),
    /// 支撑材料：添加、列出、核对
    #[command(subcommand)]
    Evidence(crate::evidence::EvidenceCommand),
    /// 定稿：锁定打分表
    Finalize {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
    },
    /// 把打分表草稿迁移到另一版指标体系：没变的照搬，变了的列出来再看
    Migrate {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
        /// 另一版指标体系的编号或文件
        #[arg(long, value_name = "指标体系")]
        to: String,
    },
    /// 重开已定稿的打分表，成为新的一版
    Reopen {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
        /// 重开理由
        #[arg(long, value_name = "理由")]
        reason: String,
    },
    /// 签名身份：新建、列出、申请证书、换用办公室签发的证书
    #[command(subcommand)]
    Identity(crate::identity::IdentityCommand),
    /// 办公室：离线签发、撤销证书
    #[command(subcommand)]
    Office(crate::trust::OfficeCommand),
    /// 信任名单：接受谁的签名
    #[command(subcommand)]
    Trust(crate::trust::TrustCommand),
    /// 出文书：打分表（给出身份时签名）、评分明细、材料目录、综述、自评报告等，PDF、DOCX 或 XLSX
    Report(crate::report::ReportArgs),
    /// 导出签名的打分表 PDF 和交换包，写完重新查验；可以脱敏、加密
    Export(crate::exchange::ExportArgs),
    /// 列出脱敏副本要遮盖的姓名
    MaskNames {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
    },
    /// 在已有的交换包上再签一个名：内容和先前的签名都不变
    Countersign(crate::exchange::CountersignArgs),
    /// 收件钥匙：加密的交换包只有收件人打得开
    #[command(subcommand)]
    Keys(crate::exchange::KeysCommand),
    /// 导入交换包；给出身份时，同时开出签名的回执
    Import(crate::receipt::ImportArgs),
    /// 汇总：把许多交换包并成一份记录，次序、重复不影响结果；不用工作区。退出码 3 有没收的，1 有冲突待裁定
    Merge(crate::merge::MergeArgs),
    /// 专家组：成员、组长、回避、合议办法、会商的分数，和各单位的合议分
    #[command(subcommand)]
    Panel(crate::panel::PanelCommand),
    /// 报告：汇总表、专家组意见、反馈意见、问题清单、通报；一份，或者全部单位一次生成
    #[command(subcommand)]
    PanelReport(crate::panel_report::PanelReportCommand),
    /// 结果：单位 × 专家、名次、等次分布、弱项、自评与合议、单位并排、历年；文字、JSON 或 CSV
    Results(crate::results::ResultsArgs),
    /// 数据：把全部事实写成数据表（CSV、Parquet、SQLite）；看数据库里有什么
    #[command(subcommand)]
    Data(crate::data::DataCommand),
    /// 发布：把已签名的打分表、专家组和结果写进 PostgreSQL；可以反复做，几个办公室可以同时做
    Publish(crate::data::PublishArgs),
    /// 冲突：哪些打分表有不止一种内容，逐点列出各方；哪些名称可能是同一个；有哪些裁定
    Conflicts(crate::decide::ConflictsArgs),
    /// 裁定：冲突采用哪一份，或两个名称是同一个；写明理由，签名记下，汇总和合议都照办，以后可以收回
    Decide(crate::decide::DecideArgs),
    /// 收件：许多交换包、工作簿和别处的裁定先查验、比较、列出，再一次写入，整次可以撤销。退出码 3 有没收的，1 有冲突待裁定
    Inbox(crate::inbox::InboxArgs),
    /// 回执：给收到的交换包开，收下对方开的，看交出的到了没有
    #[command(subcommand)]
    Receipt(crate::receipt::ReceiptCommand),
    /// 操作历史：谁、何时、把什么改成什么；核对有没有人动过它
    History(crate::history::HistoryArgs),
    /// 在 PDF 上再签一名：另写一个文件，前面的签名都仍然有效
    SignPdf(crate::signing::SignPdfArgs),
    /// 手写签名：写出、记在身份下、删去
    #[command(subcommand)]
    Drawing(crate::signing::DrawingCommand),
    /// 查验交换包、PDF 或回执；可另写一页核验报告
    Verify(crate::verify::VerifyArgs),
    /// 检查 Word、Excel、PDF 文件的版式：哪里不合、依据哪一条、怎样改；有“必须改”的退出码为 1
    FormatCheck {
        /// 一个或多个 .docx、.xlsx、.pdf 文件
        #[arg(value_name = "文件", required = true)]
        files: Vec<PathBuf>,
        /// 版式：oucsx-2021（默认）或 gbt-9704-2012
        #[arg(long, value_name = "版式", default_value = "oucsx-2021")]
        profile: String,
    },
    /// 只计算：指标体系和评分数据进，得分与依据出，不用工作区
    Assess {
        /// 指标体系编号或文件
        #[arg(long, value_name = "指标体系")]
        rubric: String,
        /// 评分数据 JSON 文件，- 为标准输入
        #[arg(long, value_name = "文件")]
        input: PathBuf,
        /// 另外给出差多少、怎么提（输出多一个 what_if 键）
        #[arg(long)]
        what_if: bool,
    },
}

#[derive(Debug, Args)]
pub struct TargetArgs {
    /// 写到的文件
    #[arg(long, value_name = "文件")]
    pub out: PathBuf,
    /// 已有同名文件时覆盖
    #[arg(long)]
    pub force: bool,
}

impl TargetArgs {
    /// Where to write.
    pub fn target(&self) -> Target<'_> {
        Target { path: &self.out, replace: self.force }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Stage {
    /// 自评
    #[value(name = "self")]
    SelfEvaluation,
    /// 试评
    Trial,
    /// 复评
    Review,
}

#[derive(Debug, Args)]
pub struct PassphraseArgs {
    /// 从文件第一行读口令
    #[arg(long, value_name = "文件")]
    pub passphrase_file: Option<PathBuf>,
}
