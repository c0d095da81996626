//! Signing PDFs, and the signatures that are drawn by hand.

use crate::args::PassphraseArgs;
use crate::output::Output;
use crate::run::{file_line, read_text, secret};
use app::refusal::Refusal;
use app::view::{DrawnSignature, SignPdfInput};
use app::{Result, Session};
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct SignPdfArgs {
    /// 要签的 PDF；它本身不动
    #[arg(value_name = "文件")]
    file: PathBuf,
    /// 加签后写到的文件
    #[arg(long, value_name = "文件")]
    out: PathBuf,
    /// 可以覆盖已有的文件
    #[arg(long)]
    replace: bool,
    /// 签名人：姓名或指纹
    #[arg(long, value_name = "身份")]
    identity: String,
    /// 签名事由
    #[arg(long, value_name = "事由", default_value = "评估人签名")]
    reason: String,
    #[command(flatten)]
    drawing: DrawingArgs,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

#[derive(Debug, Args)]
pub struct DrawingArgs {
    /// 手写签名的笔画（JSON）；不给时用记在身份下的
    #[arg(long, value_name = "文件", conflicts_with = "no_drawn")]
    drawn: Option<PathBuf>,
    /// 这次不用手写签名
    #[arg(long)]
    no_drawn: bool,
}

#[derive(Debug, Subcommand)]
pub enum DrawingCommand {
    /// 写出记在身份下的手写签名的笔画
    Show {
        /// 姓名或指纹
        #[arg(value_name = "身份")]
        identity: String,
    },
    /// 把手写签名记在身份下：JSON，{"strokes": [[[横, 竖], …], …]}，一笔一组点，左上角为原点
    Keep {
        /// 姓名或指纹
        #[arg(value_name = "身份")]
        identity: String,
        /// 笔画的文件，- 是标准输入
        #[arg(value_name = "文件")]
        strokes: PathBuf,
    },
    /// 删去记在身份下的手写签名
    Remove {
        /// 姓名或指纹
        #[arg(value_name = "身份")]
        identity: String,
    },
}

/// What goes into the signature: what was given, else what is kept with the identity.
pub fn drawn(session: &Session, identity: &str, args: &DrawingArgs) -> Result<Option<DrawnSignature>> {
    match &args.drawn {
        Some(path) => read(path).map(Some),
        None if args.no_drawn => Ok(None),
        None => session.drawing(identity),
    }
}

fn read(path: &Path) -> Result<DrawnSignature> {
    let bad =
        |error: serde_json::Error| Refusal::BadInput { path: path.display().to_string(), detail: error.to_string() };
    Ok(serde_json::from_str(&read_text(path)?).map_err(bad)?)
}

pub fn sign(output: &Output, session: &mut Session, args: &SignPdfArgs) -> Result<()> {
    let drawn = drawn(session, &args.identity, &args.drawing)?;
    let passphrase = secret(&args.passphrase, output.say("口令：", "Passphrase: "))?;
    let input = SignPdfInput {
        path: args.file.display().to_string(),
        target: args.out.display().to_string(),
        replace: args.replace,
        reason: args.reason.clone(),
        identity: args.identity.clone(),
        passphrase: passphrase.as_str().into(),
        drawn,
    };
    let file = session.sign_pdf(&input)?;
    output.show(&file, |file| vec![file_line(file)]);
    Ok(())
}

pub fn drawing(output: &Output, session: &mut Session, command: &DrawingCommand) -> Result<()> {
    let identity = match command {
        DrawingCommand::Show { identity } => identity,
        DrawingCommand::Keep { identity, strokes } => {
            session.keep_drawing(identity, Some(&read(strokes)?))?;
            identity
        }
        DrawingCommand::Remove { identity } => {
            session.keep_drawing(identity, None)?;
            identity
        }
    };
    let kept = session.drawing(identity)?;
    output.show(&kept, |kept| match kept {
        Some(drawn) => vec![serde_json::json!(drawn).to_string()],
        None => vec![output.say("没有手写签名", "nothing drawn").to_owned()],
    });
    Ok(())
}
