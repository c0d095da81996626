//! Importing packages, and receipts for them.

use crate::args::PassphraseArgs;
use crate::output::Output;
use crate::run::{file_line, secret, watch};
use app::refusal::Refusal;
use app::view::{ImportReport, ReceiptInput, ReceiptView};
use app::{Result, Session};
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// 交换包 .hjp
    #[arg(value_name = "文件")]
    file: PathBuf,
    /// 签名人还没有核对过也先导入，以后再核对
    #[arg(long)]
    unverified: bool,
    /// 开回执的人：姓名或指纹
    #[arg(long, value_name = "身份")]
    receipt: Option<String>,
    /// 回执写到的文件夹；不给时写在交换包旁边
    #[arg(long, value_name = "文件夹", requires = "receipt")]
    out: Option<PathBuf>,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

#[derive(Debug, Subcommand)]
pub enum ReceiptCommand {
    /// 给已经导入的交换包开回执；编号见 hengjian recent --json
    Give {
        /// 交换包在“最近”里的编号
        #[arg(value_name = "编号")]
        parcel: u32,
        /// 开回执的人：姓名或指纹
        #[arg(long, value_name = "身份")]
        identity: String,
        /// 写到的文件夹；不给时写在交换包旁边
        #[arg(long, value_name = "文件夹")]
        out: Option<PathBuf>,
        #[command(flatten)]
        passphrase: PassphraseArgs,
    },
    /// 收下对方开的回执
    Take {
        /// 一份或多份回执 .hjr
        #[arg(value_name = "回执", required = true)]
        files: Vec<PathBuf>,
    },
    /// 一份打分表收到的回执
    List {
        /// 打分表编号
        #[arg(value_name = "打分表")]
        sheet: String,
    },
}

/// Takes a package in, and gives a receipt for it when somebody signs one.
pub fn import(output: &Output, session: &mut Session, args: &ImportArgs) -> Result<()> {
    let rows = |report: &ImportReport| -> Vec<String> {
        report.rows.iter().map(|row| format!("{} {} {}", row.text, row.unit, row.assessor)).collect()
    };
    let Some(identity) = &args.receipt else {
        output.show(&take(session, args)?, rows);
        return Ok(());
    };
    // Asked first, so that nothing waits at the keyboard after the import.
    let passphrase = secret(&args.passphrase, output.say("口令：", "Passphrase: "))?;
    let report = take(session, args)?;
    let file = session.give_receipt(&input(output, report.parcel, identity, args.out.as_deref(), &passphrase)?)?;
    output.show(&json!({ "import": report, "receipt": file }), |_| {
        rows(&report).into_iter().chain([format!("{} {}", output.say("回执", "receipt"), file_line(&file))]).collect()
    });
    Ok(())
}

fn take(session: &mut Session, args: &ImportArgs) -> Result<ImportReport> {
    if args.unverified { session.import(&args.file, &watch()) } else { session.import_accepted(&args.file, &watch()) }
}

pub fn run(output: &Output, session: &mut Session, command: &ReceiptCommand) -> Result<()> {
    match command {
        ReceiptCommand::Give { parcel, identity, out, passphrase } => {
            let passphrase = secret(passphrase, output.say("口令：", "Passphrase: "))?;
            let file = session.give_receipt(&input(output, *parcel, identity, out.as_deref(), &passphrase)?)?;
            output.show(&file, |file| vec![file_line(file)]);
        }
        ReceiptCommand::Take { files } => {
            let taken = files.iter().map(|file| session.take_receipt(file)).collect::<Result<Vec<_>>>()?;
            output.show(&taken, |taken| {
                let each = taken.iter().flat_map(|report| &report.receipts);
                each.map(|receipt| line(output, receipt)).collect()
            });
        }
        ReceiptCommand::List { sheet } => {
            output.show(&session.receipts(sheet)?, |all| all.iter().map(|receipt| line(output, receipt)).collect());
        }
    }
    Ok(())
}

fn input(output: &Output, parcel: u32, identity: &str, out: Option<&Path>, passphrase: &str) -> Result<ReceiptInput> {
    // A path that is no text would lead to another folder.
    let no_text = |path: &Path| Refusal::CannotWrite {
        path: path.display().to_string(),
        detail: output.say("路径不是文字", "the path is not text").to_owned(),
    };
    let directory = out.map(|path| path.to_str().ok_or_else(|| no_text(path))).transpose()?.unwrap_or_default();
    let (identity, directory) = (identity.to_owned(), directory.to_owned());
    Ok(ReceiptInput { parcel, identity, passphrase: passphrase.into(), directory })
}

fn line(output: &Output, receipt: &ReceiptView) -> String {
    let arrived = output.say("已到达", "arrived");
    let agrees = if receipt.same {
        output.say("摘要相符", "the digest agrees")
    } else {
        output.say("注意：摘要与本机的不同", "beware: the digest is not the one here")
    };
    let signer = &receipt.signer;
    let who = format!("{}（{}）", signer.name, signer.organisation);
    format!(
        "r{}  {arrived} {}  {who}  {agrees}\n  {}\n  {}",
        receipt.revision, receipt.at, receipt.digest, signer.fingerprint
    )
}
