//! Changing pieces of the catalogue, and listing them with what a person should look at.

use crate::output::Output;
use app::view::{EvidenceChange, EvidenceItem};
use app::{Result, Session};
use clap::Args;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct ChangeArgs {
    /// 打分表编号
    #[arg(value_name = "打分表")]
    pub sheet: String,
    /// 材料编号，可写多个
    #[arg(value_name = "材料", required = true)]
    pub items: Vec<String>,
    /// 改一项：name、date、kind、note、medium，或附件5 的项（time、place、people、content、photographer、author、issuer、recorder、minutes、kept、keeper）；值空着就清掉
    #[arg(long, value_name = "项=值", value_parser = pair)]
    pub set: Vec<(String, String)>,
    /// 关联到观测点
    #[arg(long, value_name = "编号")]
    pub link: Vec<String>,
    /// 取消与观测点的关联
    #[arg(long, value_name = "编号")]
    pub unlink: Vec<String>,
    /// 在观测点下引用的页码，例如 1.1.1-1=第3页
    #[arg(long, value_name = "编号=页码", value_parser = pair)]
    pub page: Vec<(String, String)>,
    /// 照片记录的时间和地点填入空着的项
    #[arg(long)]
    pub photo: bool,
    /// 从目录里移除
    #[arg(long)]
    pub remove: bool,
}

/// All changes to all pieces, as one act.
pub fn change(output: &Output, session: &mut Session, args: &ChangeArgs) -> Result<ExitCode> {
    let changes: Vec<EvidenceChange> = args.items.iter().flat_map(|item| changes(args, item)).collect();
    let done = session.change_evidence(&args.sheet, &changes)?;
    let touched = |item: &&EvidenceItem| args.items.iter().any(|id| item.id.starts_with(id));
    let items: Vec<&EvidenceItem> = done.evidence.iter().filter(touched).collect();
    output.show(&items, |items| items.iter().flat_map(|item| lines(item)).collect());
    Ok(ExitCode::SUCCESS)
}

fn changes(args: &ChangeArgs, item: &str) -> Vec<EvidenceChange> {
    let item = || item.to_owned();
    let set = |(field, value): &(String, String)| EvidenceChange::Set {
        item: item(),
        field: field.clone(),
        value: value.clone(),
    };
    let page = |(point, page): &(String, String)| EvidenceChange::Page {
        item: item(),
        point: point.clone(),
        page: page.clone(),
    };
    let links = args.link.iter().map(|point| EvidenceChange::Link { item: item(), point: point.clone() });
    let unlinks = args.unlink.iter().map(|point| EvidenceChange::Unlink { item: item(), point: point.clone() });
    let photo = args.photo.then(|| EvidenceChange::Photo { item: item() });
    let remove = args.remove.then(|| EvidenceChange::Remove { item: item() });
    let fields = args.set.iter().map(set);
    fields.chain(links).chain(args.page.iter().map(page)).chain(unlinks).chain(photo).chain(remove).collect()
}

/// A piece, and under it what a person should look at.
pub fn lines(item: &EvidenceItem) -> Vec<String> {
    let short = item.id.get(..8).unwrap_or(&item.id);
    let kind = item.kind.as_ref().map(|kind| format!("{kind:?}")).unwrap_or_default();
    let point = |code: &String| match item.pages.get(code) {
        Some(page) => format!("{code}（{page}）"),
        None => code.clone(),
    };
    let points = item.points.iter().map(point).collect::<Vec<_>>().join(" ");
    let first = format!("{short}  {}  {}  {kind}  {}  {}  {points}", item.name, item.date, item.note, item.size);
    [first].into_iter().chain(item.hints.iter().map(|hint| format!("          {}", hint.text))).collect()
}

/// `项=值` of an option.
pub fn pair(text: &str) -> std::result::Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => Ok((key.trim().to_owned(), value.trim().to_owned())),
        _ => Err("写成 项=值，例如 date=2021.09".to_owned()),
    }
}
