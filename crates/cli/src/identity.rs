//! Identities that people sign with.

use crate::args::PassphraseArgs;
use crate::output::Output;
use crate::run::secret;
use crate::trust;
use app::view::{Algorithm, IdentityView, NewIdentity};
use app::{Result, Session};
use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

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

/// Carries out what is asked of identities.
pub fn run(output: &Output, session: &mut Session, command: &IdentityCommand) -> Result<()> {
    let line = |i: &IdentityView| trust::identity_lines(output, i);
    match command {
        IdentityCommand::New { name, organisation, algorithm, passphrase } => {
            let passphrase = secret(passphrase, output.say("口令（至少 8 位）：", "Passphrase (at least 8): "))?;
            let made = session.create_identity(&NewIdentity {
                name: name.clone(),
                organisation: organisation.clone(),
                passphrase: passphrase.as_str().into(),
                algorithm: algorithm.view(),
            })?;
            output.show(&made, |made| vec![line(made)]);
        }
        IdentityCommand::List => output.show(&session.identities()?, |all| all.iter().map(line).collect()),
        IdentityCommand::Request { identity, out, passphrase } => {
            trust::request(output, session, identity, out, passphrase)?;
        }
        IdentityCommand::Import { file } => trust::import(output, session, file)?,
    }
    Ok(())
}
