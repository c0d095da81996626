//! The office, requests and certificates, and whom the workspace accepts.

use crate::args::PassphraseArgs;
use crate::output::Output;
use crate::run::{secret, watch};
use app::refusal::Refusal;
use app::view::{
    AcceptInput, Acceptance, Algorithm, CertificateView, HandedFile, IdentityView, IssueInput, IssuedView, ListView,
    NewOffice, OfficeView, Purpose, RevokeInput, RevokeReason, Term, TrustFile, TrustFileKind, TrustView, TrustedView,
};
use app::{Result, Session};
use clap::{Args, Subcommand, ValueEnum};
use std::path::{Path, PathBuf};

#[derive(Debug, Subcommand)]
pub enum OfficeCommand {
    /// 建立办公室证书（离线根证书），以后用它给人签发证书
    Init {
        /// 办公室名称
        #[arg(long, value_name = "名称")]
        name: String,
        /// 所属单位
        #[arg(long, value_name = "单位")]
        organisation: String,
        #[command(flatten)]
        passphrase: PassphraseArgs,
    },
    /// 办公室、核对码、签发和撤销记录
    Show,
    /// 写出办公室证书，交给各单位和专家登记
    Certificate {
        /// 写到的文件夹
        #[arg(long, value_name = "文件夹")]
        out: PathBuf,
    },
    /// 按申请签发证书：先听申请人念核对码
    Issue(IssueArgs),
    /// 把签发过的证书再写一次
    Hand {
        /// 姓名或指纹
        #[arg(value_name = "证书")]
        certificate: String,
        /// 写到的文件夹
        #[arg(long, value_name = "文件夹")]
        out: PathBuf,
    },
    /// 撤销证书，写出新的撤销名单
    Revoke {
        /// 姓名或指纹
        #[arg(value_name = "证书")]
        certificate: String,
        /// 原因：key-compromise 密钥可能落到别人手里，affiliation-changed 已不在这个单位，superseded 已换发新证书，cessation 不再做评估，unspecified 不说明
        #[arg(long, value_enum, value_name = "原因")]
        reason: Reason,
        /// 写到的文件夹
        #[arg(long, value_name = "文件夹")]
        out: PathBuf,
        #[command(flatten)]
        passphrase: PassphraseArgs,
    },
    /// 按今天的日期重写撤销名单
    Revocations {
        /// 写到的文件夹
        #[arg(long, value_name = "文件夹")]
        out: PathBuf,
        #[command(flatten)]
        passphrase: PassphraseArgs,
    },
}

#[derive(Debug, Args)]
pub struct IssueArgs {
    /// 证书申请 .csr
    #[arg(value_name = "申请")]
    request: PathBuf,
    /// 申请人念的核对码（30 个数字）
    #[arg(long, value_name = "核对码")]
    heard: String,
    /// 姓名；不给时按申请
    #[arg(long, value_name = "姓名")]
    name: Option<String>,
    /// 单位；不给时按申请
    #[arg(long, value_name = "单位")]
    organisation: Option<String>,
    /// 有效几年
    #[arg(long, value_name = "年数", default_value = "3")]
    years: u16,
    /// 写到的文件夹
    #[arg(long, value_name = "文件夹")]
    out: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

/// Why a certificate is revoked.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Reason {
    /// 密钥可能落到别人手里
    KeyCompromise,
    /// 已不在这个单位
    AffiliationChanged,
    /// 已换发新证书
    Superseded,
    /// 不再做评估
    Cessation,
    /// 不说明
    Unspecified,
}

#[derive(Debug, Subcommand)]
pub enum TrustCommand {
    /// 信任名单：本人、办公室、签名人，谁登记了、谁还没核对，本机时钟对不对
    List,
    /// 看一个文件是什么：申请、证书还是撤销名单，不采用
    Look {
        /// .csr、.crt、.pem、.crl 文件
        #[arg(value_name = "文件")]
        file: PathBuf,
    },
    /// 登记签名人或办公室：先听对方念核对码
    Accept {
        /// 证书、交换包、签名的 PDF，或名单里的指纹
        #[arg(value_name = "文件或指纹")]
        what: String,
        /// 对方念的核对码（30 个数字），或完整指纹
        #[arg(long, value_name = "核对码")]
        heard: String,
        /// 备注，例如怎样核对的
        #[arg(long, value_name = "备注", default_value = "")]
        note: String,
    },
    /// 从名单里去掉
    Withdraw {
        /// 姓名或指纹
        #[arg(value_name = "谁")]
        who: String,
        /// 原因
        #[arg(long, value_name = "原因", default_value = "")]
        reason: String,
    },
    /// 采用办公室发来的撤销名单
    Revocations {
        /// 撤销名单 .crl
        #[arg(value_name = "文件")]
        file: PathBuf,
    },
}

pub fn office(output: &Output, session: &mut Session, command: &OfficeCommand) -> Result<()> {
    match command {
        OfficeCommand::Init { name, organisation, passphrase } => {
            let passphrase = ask(output, passphrase)?.as_str().into();
            let (name, organisation) = (name.clone(), organisation.clone());
            let made = session.create_office(&NewOffice { name, organisation, passphrase })?;
            output.show(&made, |office| office_lines(output, office));
        }
        OfficeCommand::Show => {
            output.show(&session.office_view()?, |office| match office {
                Some(office) => office_lines(output, office),
                None => vec![output.say("还没有建办公室", "no office yet").to_owned()],
            });
        }
        OfficeCommand::Certificate { out } => {
            handed(output, &session.hand_office_certificate(&text(output, out)?)?);
        }
        OfficeCommand::Issue(args) => handed(output, &issue(output, session, args)?),
        OfficeCommand::Hand { certificate, out } => {
            handed(output, &session.hand_certificate(certificate, &text(output, out)?)?);
        }
        OfficeCommand::Revoke { certificate, reason, out, passphrase } => {
            let input = RevokeInput {
                certificate: certificate.clone(),
                reason: reason.view(),
                directory: text(output, out)?,
                passphrase: ask(output, passphrase)?.as_str().into(),
            };
            handed(output, &session.revoke_certificate(&input)?);
        }
        OfficeCommand::Revocations { out, passphrase } => {
            let (directory, passphrase) = (text(output, out)?, ask(output, passphrase)?);
            handed(output, &session.renew_revocation_list(&passphrase.as_str().into(), &directory)?);
        }
    }
    Ok(())
}

fn issue(output: &Output, session: &mut Session, args: &IssueArgs) -> Result<HandedFile> {
    let path = text(output, &args.request)?;
    let asked = session.trust_file(&args.request)?;
    session.issue_certificate(&IssueInput {
        path,
        name: args.name.clone().unwrap_or(asked.name),
        organisation: args.organisation.clone().unwrap_or(asked.organisation),
        years: args.years,
        heard: args.heard.clone(),
        directory: text(output, &args.out)?,
        passphrase: ask(output, &args.passphrase)?.as_str().into(),
    })
}

pub fn trust(output: &Output, session: &mut Session, command: &TrustCommand) -> Result<()> {
    let list = |view: &TrustView| output.show(view, |view| trust_lines(output, view));
    match command {
        TrustCommand::List => list(&session.trust()?),
        TrustCommand::Look { file } => output.show(&session.trust_file(file)?, |file| file_lines(output, file)),
        TrustCommand::Accept { what, heard, note } => {
            let (what, heard, note) = (what.clone(), heard.clone(), note.clone());
            list(&session.accept(&AcceptInput { what, heard, note }, &watch())?);
        }
        TrustCommand::Withdraw { who, reason } => list(&session.withdraw(who, reason)?),
        TrustCommand::Revocations { file } => list(&session.take_revocation_list(file)?),
    }
    Ok(())
}

/// An identity in one or three lines: an SM2 one says with what its PDFs are signed, and what it is not.
pub fn identity_lines(output: &Output, identity: &IdentityView) -> String {
    let IdentityView { name, organisation, fingerprint, .. } = identity;
    let own = format!("{name}  {organisation}\n  {fingerprint}");
    let Some(pdf) = &identity.pdf else { return own };
    let [by, beside] = [
        output.say("SM2，签交换包和回执", "SM2, for packages and receipts"),
        output.say("P-256，签 PDF", "P-256, for PDFs"),
    ];
    let plain = output.say(
        "本程序不是经国家密码管理部门检测认证的密码产品。",
        "This program is not a certified cryptographic product.",
    );
    format!("{own}  {by}\n  {pdf}  {beside}\n  {plain}")
}

/// Writes a request for an identity's certificate.
pub fn request(
    output: &Output,
    session: &mut Session,
    identity: &str,
    out: &Path,
    passphrase: &PassphraseArgs,
) -> Result<()> {
    let (directory, passphrase) = (text(output, out)?, ask(output, passphrase)?);
    handed(output, &session.request_certificate(identity, &passphrase.as_str().into(), &directory)?);
    Ok(())
}

/// Takes the certificate in that an office issued.
pub fn import(output: &Output, session: &mut Session, file: &Path) -> Result<()> {
    output.show(&session.import_certificate(file)?, |view| trust_lines(output, view));
    Ok(())
}

fn ask(output: &Output, args: &PassphraseArgs) -> Result<zeroize::Zeroizing<String>> {
    secret(args, output.say("口令：", "Passphrase: "))
}

/// A path that is no text would lead elsewhere.
fn text(output: &Output, path: &Path) -> Result<String> {
    let no_text = || Refusal::CannotWrite {
        path: path.display().to_string(),
        detail: output.say("路径不是文字", "the path is not text").to_owned(),
    };
    Ok(path.to_str().map(str::to_owned).ok_or_else(no_text)?)
}

fn handed(output: &Output, file: &HandedFile) {
    output.show(file, |file| {
        let mut lines = vec![file.path.clone()];
        if !file.spoken.is_empty() {
            lines.push(format!("{}  {}", output.say("核对码", "to be read aloud"), file.spoken));
        }
        lines
    });
}

fn office_lines(output: &Output, office: &OfficeView) -> Vec<String> {
    let mut lines = certificate_lines(output, &office.certificate);
    lines.extend(office.list.iter().map(|list| list_line(output, list)));
    lines.extend(office.issued.iter().flat_map(|issued| issued_lines(output, issued)));
    lines
}

fn issued_lines(output: &Output, issued: &IssuedView) -> Vec<String> {
    let mut lines = vec![format!("{} {}", output.say("签发", "issued"), issued.at)];
    lines.extend(certificate_lines(output, &issued.certificate).into_iter().map(|line| format!("  {line}")));
    let revoked = issued.revoked.as_ref();
    lines.extend(revoked.map(|at| format!("  {} {at}  {}", output.say("已撤销", "revoked"), issued.reason)));
    lines
}

fn list_line(output: &Output, list: &ListView) -> String {
    let overdue = if list.overdue { output.say("，该更新了", ", a newer one is due") } else { "" };
    let (said, count) = (output.say("撤销名单", "revocation list"), list.count);
    format!("{said} {} {} ({count}){overdue}", list.number, list.written)
}

fn certificate_lines(output: &Output, certificate: &CertificateView) -> Vec<String> {
    let issuer = certificate.issuer.as_deref().unwrap_or_else(|| output.say("本人自签", "nobody but the holder"));
    let term = match certificate.term {
        Term::InForce => output.say("有效", "in force"),
        Term::EndsSoon => output.say("快到期", "ends soon"),
        Term::NotYet => output.say("还没有生效", "not yet in force"),
        Term::Expired => output.say("已到期", "expired"),
    };
    let kind = if certificate.algorithm == Some(Algorithm::Sm2) { "  SM2" } else { "" };
    vec![
        format!("{}  {}{kind}", certificate.name, certificate.organisation),
        format!("  {}  {}", output.say("核对码", "to be read aloud"), certificate.spoken),
        format!("  {}  {}", output.say("指纹", "fingerprint"), certificate.fingerprint),
        format!("  {} {issuer}  {} – {}  {term}", output.say("签发", "issued by"), certificate.from, certificate.until),
    ]
}

fn trusted_lines(output: &Output, view: &TrustedView) -> Vec<String> {
    let word = match view.acceptance {
        Acceptance::ByHand => output.say("已登记（听过核对码）", "accepted (digits were heard)"),
        Acceptance::ByOffice => output.say("已登记（办公室签发）", "accepted (issued by an office)"),
        Acceptance::Own => output.say("本工作区的办公室", "the office of this workspace"),
        Acceptance::Unknown => output.say("还没有核对", "not compared yet"),
        Acceptance::Withdrawn => output.say("已去掉", "taken off"),
        Acceptance::Revoked => output.say("已被撤销", "revoked"),
    };
    let mut lines = vec![format!("{word}  {}  {}", view.since, view.note).trim_end().to_owned()];
    lines.extend(certificate_lines(output, &view.certificate).into_iter().map(|line| format!("  {line}")));
    lines.extend(view.list.iter().map(|list| format!("    {}", list_line(output, list))));
    lines
}

fn trust_lines(output: &Output, view: &TrustView) -> Vec<String> {
    let mut lines = vec![format!("{} {}", output.say("本机时钟", "clock"), view.clock.now)];
    lines.extend(view.clock.problem.iter().map(|p| format!("  {}\n  {}\n  {}", p.what, p.place, p.todo)));
    let heading = |zh: &'static str, en: &'static str| format!("── {}", output.say(zh, en));
    lines.push(heading("本人", "own identities"));
    for own in &view.identities {
        lines.extend(certificate_lines(output, &own.certificate));
        if own.purpose == Purpose::Pdf {
            let beside =
                output.say("上面这位 SM2 身份签 PDF 用的证书", "for the PDFs of the SM2 identity of this name");
            lines.push(format!("  {beside}"));
        }
    }
    if let Some(office) = &view.office {
        lines.push(heading("本工作区的办公室", "office of this workspace"));
        lines.extend(office_lines(output, office));
    }
    lines.push(heading("办公室", "offices"));
    lines.extend(view.offices.iter().flat_map(|one| trusted_lines(output, one)));
    lines.push(heading("签名人", "signers"));
    lines.extend(view.people.iter().flat_map(|one| trusted_lines(output, one)));
    lines
}

fn file_lines(output: &Output, file: &TrustFile) -> Vec<String> {
    let kind = match file.kind {
        TrustFileKind::Request => output.say("证书申请", "a request for a certificate"),
        TrustFileKind::Own => output.say("发给本工作区身份的证书", "a certificate for an identity of this workspace"),
        TrustFileKind::Office => output.say("办公室证书", "an office's certificate"),
        TrustFileKind::Person => output.say("签名人的证书", "a signer's certificate"),
        TrustFileKind::List => output.say("撤销名单", "a revocation list"),
    };
    let sm2 = if file.algorithm == Some(Algorithm::Sm2) { "  SM2" } else { "" };
    let mut lines = vec![format!("{kind}  {}  {}{sm2}", file.name, file.organisation)];
    // The digits of a file are not shown: they are to be heard from its holder.
    lines.extend(file.list.iter().map(|list| list_line(output, list)));
    lines
}

impl Reason {
    fn view(self) -> RevokeReason {
        match self {
            Self::KeyCompromise => RevokeReason::KeyCompromise,
            Self::AffiliationChanged => RevokeReason::AffiliationChanged,
            Self::Superseded => RevokeReason::Superseded,
            Self::Cessation => RevokeReason::Cessation,
            Self::Unspecified => RevokeReason::Unspecified,
        }
    }
}
