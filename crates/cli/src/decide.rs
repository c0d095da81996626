//! Deciding a conflict of a merged record.

use crate::args::PassphraseArgs;
use crate::output::Output;
use crate::run::secret;
use app::merge::DecideInput;
use app::{Result, Session};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct DecideArgs {
    /// 有冲突的汇总记录 merged.jsonl
    #[arg(value_name = "汇总记录")]
    record: PathBuf,
    /// 打分表编号（可只写开头几位）
    #[arg(value_name = "打分表")]
    sheet: String,
    /// 采用哪一份：它的摘要（可只写开头几位）
    #[arg(long, value_name = "摘要", required_unless_present = "return_all", conflicts_with = "return_all")]
    take: Option<String>,
    /// 都不采用，退回评估人
    #[arg(long)]
    return_all: bool,
    /// 理由
    #[arg(long, value_name = "理由")]
    reason: String,
    /// 裁定人：姓名或指纹
    #[arg(long, value_name = "身份")]
    identity: String,
    /// 裁定写到的文件，例如 裁定.jsonl；与其他文件一起汇总就生效
    #[arg(long, value_name = "文件")]
    out: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

pub fn run(output: &Output, session: &mut Session, args: &DecideArgs) -> Result<()> {
    let passphrase = secret(&args.passphrase, output.say("口令：", "Passphrase: "))?;
    let path = session.decide(&DecideInput {
        record: args.record.clone(),
        sheet: args.sheet.clone(),
        take: args.take.clone(),
        reason: args.reason.clone(),
        identity: args.identity.clone(),
        passphrase: passphrase.as_str().into(),
        out: args.out.clone(),
    })?;
    output.show(&json!({ "path": path.display().to_string() }), |_| vec![path.display().to_string()]);
    Ok(())
}
