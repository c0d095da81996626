//! What can be done with packages besides importing them: export, one more signature, keys for encrypted ones.

use crate::args::PassphraseArgs;
use crate::output::Output;
use crate::run::{file_line, secret, watch};
use crate::signing::{DrawingArgs, drawn};
use crate::verify::verify_lines;
use app::refusal::Refusal;
use app::view::{CountersignInput, ExportInput, KeysView};
use app::{Result, Session};
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    sheet: String,
    /// 写到的文件夹
    #[arg(long, value_name = "文件夹")]
    out: PathBuf,
    /// 签名人：姓名或指纹
    #[arg(long, value_name = "身份")]
    identity: String,
    /// 交换包不含材料文件，只含目录
    #[arg(long)]
    sheets_only: bool,
    /// 不另写 PDF
    #[arg(long)]
    no_pdf: bool,
    /// 脱敏副本：遮盖姓名、电话和身份证号，不含材料文件，不能当原件导入；要遮盖的姓名见 mask-names
    #[arg(long)]
    mask: bool,
    /// 还要遮盖的姓名，可给多个
    #[arg(long, value_name = "姓名", requires = "mask")]
    mask_name: Vec<String>,
    /// 不遮盖的姓名，可给多个
    #[arg(long, value_name = "姓名", requires = "mask")]
    keep_name: Vec<String>,
    /// 加密给谁：收件人的名字，或 age1 开头的收件钥匙；可给多个
    #[arg(long, value_name = "收件人")]
    to: Vec<String>,
    #[command(flatten)]
    drawing: DrawingArgs,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

#[derive(Debug, Args)]
pub struct CountersignArgs {
    /// 交换包 .hjp，或加密的 .hjp.age
    #[arg(value_name = "文件")]
    file: PathBuf,
    /// 签名人：姓名或指纹
    #[arg(long, value_name = "身份")]
    identity: String,
    /// 签完加密给谁：收件人的名字，或 age1 开头的收件钥匙；可给多个
    #[arg(long, value_name = "收件人")]
    to: Vec<String>,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// 显示本工作区的收件钥匙和记下的收件人
    Show,
    /// 新做一把收件钥匙；旧的仍能打开以前的包
    New,
    /// 记下收件人的收件钥匙
    Add {
        /// 名字
        #[arg(value_name = "名字")]
        name: String,
        /// 对方的收件钥匙：age1 开头的一行
        #[arg(value_name = "钥匙")]
        key: String,
    },
    /// 删掉一位收件人
    Remove {
        /// 名字或钥匙
        #[arg(value_name = "收件人")]
        recipient: String,
    },
}

/// A path that is no text would lead to another file.
fn text(output: &Output, path: &Path) -> Result<String> {
    let refused = || Refusal::CannotWrite {
        path: path.display().to_string(),
        detail: output.say("路径不是文字", "the path is not text").to_owned(),
    };
    Ok(path.to_str().map(str::to_owned).ok_or_else(refused)?)
}

/// Writes the signed score sheet and the package.
pub fn export(output: &Output, session: &mut Session, args: &ExportArgs) -> Result<()> {
    let directory = text(output, &args.out)?;
    let passphrase = secret(&args.passphrase, output.say("口令：", "Passphrase: "))?;
    let input = ExportInput {
        sheet: args.sheet.clone(),
        directory,
        pdf: !args.no_pdf,
        package: true,
        with_evidence: !args.sheets_only,
        masked: masked(session, args)?,
        recipients: args.to.clone(),
        identity: args.identity.clone(),
        passphrase: passphrase.as_str().into(),
        drawn: drawn(session, &args.identity, &args.drawing)?,
    };
    let report = session.export(&input, &watch())?;
    output.show(&report.files, |files| files.iter().map(file_line).collect());
    Ok(())
}

/// The names that a masked copy hides.
fn masked(session: &mut Session, args: &ExportArgs) -> Result<Option<Vec<String>>> {
    if !args.mask {
        return Ok(None);
    }
    let found = session.names_to_mask(&args.sheet)?;
    let names = found.into_iter().chain(args.mask_name.iter().cloned());
    Ok(Some(names.filter(|name| !args.keep_name.contains(name)).collect()))
}

/// Lists the names that a masked copy would hide.
pub fn mask_names(output: &Output, session: &mut Session, sheet: &str) -> Result<()> {
    output.show(&session.names_to_mask(sheet)?, |names| names.to_vec());
    Ok(())
}

/// Adds a signature to a package.
pub fn countersign(output: &Output, session: &mut Session, args: &CountersignArgs) -> Result<()> {
    let path = text(output, &args.file)?;
    let passphrase = secret(&args.passphrase, output.say("口令：", "Passphrase: "))?;
    let input = CountersignInput {
        path,
        identity: args.identity.clone(),
        passphrase: passphrase.as_str().into(),
        recipients: args.to.clone(),
    };
    let report = session.countersign(&input, &watch())?;
    output.show(&report, |report| {
        let mut lines = vec![file_line(&report.file)];
        lines.extend(verify_lines(&report.verification));
        lines
    });
    Ok(())
}

/// Keys for encrypted packages.
pub fn keys(output: &Output, session: &mut Session, command: &KeysCommand) -> Result<()> {
    let view = match command {
        KeysCommand::Show => session.keys()?,
        KeysCommand::New => session.make_key()?,
        KeysCommand::Add { name, key } => session.add_recipient(name, key)?,
        KeysCommand::Remove { recipient } => session.remove_recipient(recipient)?,
    };
    output.show(&view, |view| lines(output, view));
    Ok(())
}

fn lines(output: &Output, view: &KeysView) -> Vec<String> {
    let own = match &view.own {
        Some(own) => format!("{}  {own}  {}", output.say("本工作区", "this workspace"), view.made),
        None => output
            .say("本工作区还没有收件钥匙：hengjian keys new", "this workspace has no key: hengjian keys new")
            .to_owned(),
    };
    let others = view.recipients.iter().map(|recipient| format!("{}  {}", recipient.name, recipient.key));
    std::iter::once(own).chain(others).collect()
}
