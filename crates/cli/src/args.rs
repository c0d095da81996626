//! What can be asked for. The texts are the help, in Chinese.

use app::view::Algorithm;
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
    Rubric(RubricCommand),
    /// 新建打分表
    New(NewArgs),
    /// 列出打分表
    List {
        /// 列出回收站里的
        #[arg(long)]
        removed: bool,
    },
    /// 建一份填好的示例评估，供试用；已经有了就给出它的编号
    Sample,
    /// 更正没定稿过的打分表：单位、年度、阶段、打分人
    Correct(CorrectArgs),
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
        role: Option<Role>,
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
    Score(ScoreArgs),
    /// 评分工作簿：导出为 Excel 交人填写，填好后导入，有错时指出单元格
    #[command(subcommand)]
    ScoreBook(ScoreBookCommand),
    /// 从支撑材料里的名单取数：数出合条件的行数，记为数据，依据里写明怎样数的
    Figure(FigureArgs),
    /// 写指标任务综述和自评报告；不给选项时列出提纲和字数
    Write(WriteArgs),
    /// 任务：各部门的分工、进度和催办，进度安排
    #[command(subcommand)]
    Tasks(crate::tasks::TasksCommand),
    /// 问题清单和整改：记问题，填措施、责任人、完成时间和状态
    #[command(subcommand)]
    Problems(crate::problems::ProblemsCommand),
    /// 支撑材料：添加、列出、核对
    #[command(subcommand)]
    Evidence(EvidenceCommand),
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
    Identity(IdentityCommand),
    /// 办公室：离线签发、撤销证书
    #[command(subcommand)]
    Office(crate::trust::OfficeCommand),
    /// 信任名单：接受谁的签名
    #[command(subcommand)]
    Trust(crate::trust::TrustCommand),
    /// 出文书：打分表（给出身份时签名）、评分明细、材料目录、综述、自评报告等，PDF、DOCX 或 XLSX
    Report(ReportArgs),
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
    /// 收件：许多交换包和填好的工作簿先查验、比较、列出，再一次写入；整次可以撤销，日志可以写成表格
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

/// What a person does in assessments.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Role {
    /// 自评单位
    Unit,
    /// 专家
    Expert,
    /// 评估办公室
    Office,
}

#[derive(Debug, Args)]
pub struct CorrectArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 被评单位
    #[arg(long, value_name = "单位")]
    pub unit: Option<String>,
    /// 评估年度
    #[arg(long, value_name = "年度")]
    pub year: Option<i32>,
    /// 阶段
    #[arg(long, value_enum, value_name = "阶段")]
    pub stage: Option<Stage>,
    /// 打分人
    #[arg(long, value_name = "姓名")]
    pub assessor: Option<String>,
    /// 打分人所在单位
    #[arg(long, value_name = "单位")]
    pub organisation: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum RubricCommand {
    /// 列出内置的指标体系
    List,
    /// 查看指标体系全文
    Show {
        /// 指标体系编号或文件
        #[arg(value_name = "指标体系")]
        rubric: String,
    },
    /// 检查指标体系文件
    Check {
        /// 指标体系编号或文件
        #[arg(value_name = "文件", required = true)]
        files: Vec<String>,
    },
    /// 逐条比较两个指标体系，例如前后两版
    Diff {
        /// 原来的指标体系编号或文件
        #[arg(value_name = "原版")]
        old: String,
        /// 另一个指标体系编号或文件
        #[arg(value_name = "新版")]
        new: String,
    },
    /// 按原文允许的范围改成本地版本：划等次线、调分值
    Localise(LocaliseArgs),
    /// 从 Excel 工作簿导入指标体系；有错时指出单元格
    Import {
        /// 工作簿 .xlsx、.xls、.ods
        #[arg(value_name = "工作簿")]
        book: PathBuf,
        #[command(flatten)]
        target: TargetArgs,
    },
    /// 把指标体系导出为 Excel 工作簿
    Export {
        /// 指标体系编号或文件
        #[arg(value_name = "指标体系")]
        rubric: String,
        #[command(flatten)]
        target: TargetArgs,
    },
    /// 写出空白的 Excel 工作簿，带填写说明
    Template {
        #[command(flatten)]
        target: TargetArgs,
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

#[derive(Debug, Args)]
pub struct LocaliseArgs {
    /// 原版的编号或文件
    #[arg(value_name = "原版")]
    pub parent: String,
    /// 本地版本的编号
    #[arg(long, value_name = "编号")]
    pub id: String,
    /// 本地版本的版次，例如 2026
    #[arg(long, value_name = "版次")]
    pub edition: String,
    /// 接在标题后面的文字，例如（并州市2026版）
    #[arg(long, value_name = "文字")]
    pub suffix: String,
    /// 改动文件，写法见 docs/formats/local.md
    #[arg(long, value_name = "文件")]
    pub changes: PathBuf,
    /// 写到的指标体系文件
    #[arg(long, value_name = "文件")]
    pub out: PathBuf,
    /// 已有同名文件时覆盖
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct NewArgs {
    /// 沿用上一轮的打分表：标准没变的观测点等待确认，没核实的问题带过来
    #[arg(long, value_name = "打分表")]
    pub from: Option<String>,
    /// 指标体系编号或文件
    #[arg(long, value_name = "指标体系")]
    pub rubric: String,
    /// 被评单位
    #[arg(long, value_name = "单位")]
    pub unit: String,
    /// 年度
    #[arg(long, value_name = "年")]
    pub year: i32,
    /// 阶段：self 自评，trial 试评，review 复评
    #[arg(long, value_enum, value_name = "阶段")]
    pub stage: Stage,
    /// 评估人
    #[arg(long, value_name = "姓名")]
    pub assessor: String,
    /// 评估人所在单位
    #[arg(long, value_name = "单位")]
    pub organisation: String,
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
pub struct ScoreArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 编号=分数，例如 1.1.1-1=4；分数留空为未评
    #[arg(value_name = "编号=分数", value_parser = pair)]
    pub marks: Vec<(String, String)>,
    /// 条件编号=yes|no，例如 4.5.3-6=no
    #[arg(long, value_name = "编号=yes|no", value_parser = decision)]
    pub condition: Vec<(String, bool)>,
    /// 编号=意见
    #[arg(long, value_name = "编号=意见", value_parser = pair)]
    pub remark: Vec<(String, String)>,
    /// 评分数据 JSON 文件，- 为标准输入
    #[arg(long, value_name = "文件")]
    pub input: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum ScoreBookCommand {
    /// 导出打分表草稿，已记的内容填在里面
    Export {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
        #[command(flatten)]
        target: TargetArgs,
    },
    /// 导入填好的工作簿：列出改动并写入；有一处错就全不写入
    Import {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
        /// 填好的工作簿 .xlsx、.xls、.ods
        #[arg(value_name = "工作簿")]
        file: PathBuf,
        /// 只列出改动，不写入
        #[arg(long)]
        dry_run: bool,
        /// 另一份打分表或另一版指标体系的工作簿也照样导入
        #[arg(long)]
        anyway: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum EvidenceCommand {
    /// 添加材料文件
    Add(AddArgs),
    /// 列出材料目录
    List {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
    },
    /// 改材料目录：各项内容、关联、页码、移除；可以一次改多件
    Change(ChangeArgs),
    /// 按文件夹和文件名里的编号，把文件分到各观测点；加 --plan 只看怎么分，不添加
    Distribute(DistributeArgs),
    /// 专家核验材料：属实、存疑或不符
    Verdict(VerdictArgs),
    /// 专家添加访谈记录
    Interview(InterviewArgs),
    /// 缺材料清单：要收集什么，哪些观测点还没有材料
    Missing {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
    },
    /// 在这里看一件材料的文字和表格；图片、PDF 说明大小，其余用系统程序打开
    Show {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
        /// 材料编号
        #[arg(value_name = "材料")]
        item: String,
    },
    /// 逐个核对材料文件是否还在、有没有变
    Check {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
        /// 清除以前拷贝时中断留下的文件
        #[arg(long)]
        clear: bool,
    },
}

#[derive(Debug, Args)]
pub struct DistributeArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 文件和文件夹
    #[arg(value_name = "文件", required = true)]
    pub paths: Vec<PathBuf>,
    /// 名称里没有编号的放到这个指标或观测点
    #[arg(long, value_name = "编号")]
    pub on: Option<String>,
    /// 只看怎么分，不添加
    #[arg(long)]
    pub plan: bool,
}

/// What an expert found.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Found {
    /// 属实
    Genuine,
    /// 存疑
    Doubtful,
    /// 不符
    Refuted,
    /// 取消核验
    None,
}

#[derive(Debug, Args)]
pub struct VerdictArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 属实 genuine、存疑 doubtful、不符 refuted，或取消 none
    #[arg(value_name = "核验")]
    pub verdict: Found,
    /// 材料编号
    #[arg(value_name = "材料", required = true)]
    pub items: Vec<String>,
    /// 说明：查到了什么
    #[arg(long, value_name = "说明")]
    pub note: Option<String>,
}

#[derive(Debug, Args)]
pub struct InterviewArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 内容的文本文件
    #[arg(value_name = "文件")]
    pub content: PathBuf,
    /// 观测点编号，可写多次
    #[arg(long, value_name = "编号", required = true)]
    pub point: Vec<String>,
    /// 访谈对象
    #[arg(long, value_name = "人员")]
    pub persons: String,
    /// 时间，例如 2022-05-11 14:30
    #[arg(long, value_name = "时间", default_value = "")]
    pub time: String,
    /// 地点
    #[arg(long, value_name = "地点", default_value = "")]
    pub place: String,
}

#[derive(Debug, Args)]
pub struct ChangeArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 材料编号，可写多个
    #[arg(value_name = "材料", required = true)]
    pub items: Vec<String>,
    /// 改一项：name、date、kind、note、medium，或附件5 的项（time、place、people、content、photographer、author、issuer、recorder、minutes、kept、keeper）；值空着就清掉
    #[arg(long, value_name = "项=值", value_parser = crate::catalogue::pair)]
    pub set: Vec<(String, String)>,
    /// 关联到观测点
    #[arg(long, value_name = "编号")]
    pub link: Vec<String>,
    /// 取消与观测点的关联
    #[arg(long, value_name = "编号")]
    pub unlink: Vec<String>,
    /// 在观测点下引用的页码，例如 1.1.1-1=第3页
    #[arg(long, value_name = "编号=页码", value_parser = crate::catalogue::pair)]
    pub page: Vec<(String, String)>,
    /// 照片记录的时间和地点填入空着的项
    #[arg(long)]
    pub photo: bool,
    /// 从目录里移除
    #[arg(long)]
    pub remove: bool,
}

#[derive(Debug, Args)]
pub struct AddArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 材料文件
    #[arg(value_name = "文件", required = true)]
    pub files: Vec<PathBuf>,
    /// 支撑的观测点编号，可写多次
    #[arg(long, value_name = "编号", required = true)]
    pub point: Vec<String>,
    /// 材料名称（只添加一个文件时）
    #[arg(long, value_name = "名称")]
    pub name: Option<String>,
    /// 时间，例如 2021.09
    #[arg(long, value_name = "年.月")]
    pub date: Option<String>,
    /// 类型：A 上级文件，B 省开放大学，C 市级县级，D 其它，E 图片照片
    #[arg(long, value_name = "A-E")]
    pub kind: Option<Kind>,
    /// 备注/文号
    #[arg(long, value_name = "文号")]
    pub note: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "UPPER")]
pub enum Kind {
    A,
    B,
    C,
    D,
    E,
}

/// What an identity signs with.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum AlgorithmArg {
    P256,
    Sm2,
}

impl AlgorithmArg {
    pub fn view(self) -> Algorithm {
        match self {
            Self::P256 => Algorithm::P256,
            Self::Sm2 => Algorithm::Sm2,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum IdentityCommand {
    /// 新建身份：私钥用口令保护，证书自签
    #[command(
        after_help = "sm2：交换包和回执用 SM2/SM3 签；PDF 阅读器不认 SM2，程序同时做一张 P-256 的 PDF 证书，同一个口令，\n指纹另有一个。本程序不是经国家密码管理部门检测认证的密码产品。"
    )]
    New {
        /// 姓名
        #[arg(long, value_name = "姓名")]
        name: String,
        /// 单位
        #[arg(long, value_name = "单位")]
        organisation: String,
        /// 签名算法：p256（通用）或 sm2（国密）
        #[arg(long, value_name = "算法", value_enum, default_value = "p256")]
        algorithm: AlgorithmArg,
        #[command(flatten)]
        passphrase: PassphraseArgs,
    },
    /// 列出本机的身份
    List,
    /// 写出证书申请（PKCS#10），交给办公室签发
    Request {
        /// 姓名或指纹
        #[arg(value_name = "身份")]
        identity: String,
        /// 写到的文件夹
        #[arg(long, value_name = "文件夹")]
        out: PathBuf,
        #[command(flatten)]
        passphrase: PassphraseArgs,
    },
    /// 换用办公室签发的证书
    Import {
        /// 证书 .crt 或 .pem
        #[arg(value_name = "文件")]
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub struct PassphraseArgs {
    /// 从文件第一行读口令
    #[arg(long, value_name = "文件")]
    pub passphrase_file: Option<PathBuf>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (code, value) = text.split_once('=').ok_or("写成 编号=分数或编号=内容，例如 1.1.1-1=4")?;
    Ok((code.trim().to_owned(), value.to_owned()))
}

fn decision(text: &str) -> Result<(String, bool), String> {
    let (code, value) = pair(text)?;
    match value.trim() {
        "yes" | "存在" => Ok((code, true)),
        "no" | "不存在" => Ok((code, false)),
        _ => Err("写成 编号=yes（存在）或 编号=no（不存在）".to_owned()),
    }
}

#[derive(Debug, Args)]
pub struct FigureArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 观测点、指标或加减分项的编号
    #[arg(value_name = "编号")]
    pub code: String,
    /// 数据名称
    #[arg(value_name = "数据")]
    pub name: String,
    /// 名单：支撑材料的编号（.xlsx、.xls、.ods）
    #[arg(long, value_name = "材料")]
    pub item: String,
    /// 怎样数：JSON 文件，- 为标准输入
    #[arg(long, value_name = "文件")]
    pub query: PathBuf,
    /// 只数，不记
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub struct WriteArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 文书：report 自评报告，summary:1.1 指标 1.1 的任务综述
    #[arg(long, value_name = "文书", requires = "part")]
    pub place: Option<String>,
    /// 部分：preface 前言、body 正文、summary 总结；自评报告的 organisation、overall、advice 或三级指标编号
    #[arg(long, value_name = "部分", requires = "place")]
    pub part: Option<String>,
    /// 要写入的文本文件，- 为标准输入；不给时显示已写的文字
    #[arg(long, value_name = "文件", requires = "part")]
    pub file: Option<PathBuf>,
    /// 一次写入多段文字的 TOML 文件，写法见 docs/formats/writing.md
    #[arg(long, value_name = "文件", conflicts_with = "place")]
    pub input: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ReportArgs {
    /// 打分表编号
    #[arg(value_name = "打分表", required_unless_present = "list")]
    pub sheet: Option<String>,
    /// 列出文书和格式；给出打分表时，说明哪些能出、哪些还不能
    #[arg(long)]
    pub list: bool,
    /// 文书名称，例如 score-report、catalogue；不给时是打分表
    #[arg(long, value_name = "文书", default_value = "score-sheet")]
    pub document: String,
    /// 格式：pdf、docx、xlsx；不给时看文件的扩展名，没有扩展名的是 pdf
    #[arg(long, value_enum, value_name = "格式")]
    pub format: Option<Format>,
    /// 写到的文件
    #[arg(long, value_name = "文件", required_unless_present = "list")]
    pub out: Option<PathBuf>,
    /// 已有同名文件时覆盖
    #[arg(long)]
    pub force: bool,
    /// 只出这一个指标的综述，例如 1.1；不给时出写了的每一篇
    #[arg(long, value_name = "编号")]
    pub indicator: Option<String>,
    /// 只出这一个部门的工作清单或催办单；不给时出所有部门的
    #[arg(long, value_name = "部门")]
    pub department: Option<String>,
    /// 版式，例如 gbt-9704-2012；不给时是 oucsx-2021
    #[arg(long, value_name = "版式")]
    pub profile: Option<String>,
    /// 字体：bundled 自带字体（默认，各台机器一样），system 本机字体优先
    #[arg(long, value_enum, value_name = "字体", default_value = "bundled")]
    pub fonts: Fonts,
    /// 印章图片（PNG），盖在单位名称和日期上
    #[arg(long, value_name = "文件")]
    pub seal: Option<PathBuf>,
    /// 签名人：姓名或指纹；只有打分表的 PDF 能签名
    #[arg(long, value_name = "身份", conflicts_with_all = ["list", "indicator", "department", "profile", "fonts", "seal"])]
    pub identity: Option<String>,
    #[command(flatten)]
    pub passphrase: PassphraseArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    Pdf,
    Docx,
    Xlsx,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Fonts {
    Bundled,
    System,
}
