//! 核验报告: what was checked of a file, with what outcome, who signed, and the commands by which anyone repeats it.
//! One page; several signers are set smaller until they fit.

use crate::view::{CheckView, CommandView, SignerTrust, SignerView, VerificationView, VerifyReport};
use crate::{Language, Problem, Result};
use document::{Align, Block, Cell, Document, Form, Profile, Row, StyleName, Table};
use report::FontSet;

/// How the page is set, from the one that reads best on: the factor of the type, and whether it is set dense, without
/// captions and with the checks two by two. Cells are of 9.5 to 6.7 points.
const SETTINGS: [(f64, bool); 6] =
    [(0.9, false), (0.82, false), (0.76, false), (0.76, true), (0.7, true), (0.64, true)];
/// Most characters of one text; what is longer is no name.
const TEXT_MAXIMUM: usize = 160;
/// Most problems and differences that are listed; the screen lists all.
const LISTED_MAXIMUM: usize = 8;
/// Half-widths of a fact that shares its row with another.
const SHORT: usize = 30;
/// Digits of a digest that stand beside a command; all of them stand above.
const DIGEST_SHOWN: usize = 12;

/// Prints a record: on one page wherever it can be read there.
///
/// # Errors
/// Fonts that cannot be used.
pub(crate) fn render(view: &VerificationView, fonts: &FontSet, language: Language) -> Result<Vec<u8>> {
    let profile = Profile::oucsx_2021()?;
    let set = |(factor, dense): (f64, bool)| {
        let document = Page { view, fonts, language, dense }.document();
        report::pdf(&document, &profile.compact(factor), fonts)
    };
    for setting in SETTINGS {
        let rendered = set(setting)?;
        if rendered.pages == 1 {
            return Ok(rendered.bytes);
        }
    }
    Ok(set(SETTINGS[0])?.bytes)
}

struct Page<'a> {
    view: &'a VerificationView,
    fonts: &'a FontSet,
    language: Language,
    dense: bool,
}

impl Page<'_> {
    fn document(&self) -> Document {
        let report = &self.view.verification;
        let mut body = vec![Block::Table(self.object())];
        body.extend(self.problems(report).map(Block::Table));
        body.extend(self.differences(report).map(Block::Table));
        body.push(Block::Table(self.checks()));
        body.extend(self.signers(&report.signers).map(Block::Table));
        body.push(Block::Table(self.commands()));
        body.push(Block::Notes { heading: self.say("说明", "Notes").to_owned(), paragraphs: self.notes() });
        Document {
            title: self.say("核验报告", "Verification report").to_owned(),
            name: Some(format!("{} {}", self.say("核验报告", "Verification report"), self.text(&self.view.name))),
            form: Form::Sheet,
            facts: vec![
                (self.say("结论", "Verdict").to_owned(), self.text(&report.title)),
                (self.say("意思", "Meaning").to_owned(), self.text(&self.view.meaning)),
            ],
            body,
            ..Document::default()
        }
    }

    fn say<'t>(&self, chinese: &'t str, english: &'t str) -> &'t str {
        self.language.say(chinese, english)
    }

    /// A text from a file that may be hostile: bounded, and only of characters that can be printed. The file is called
    /// by its name, wherever it lies.
    fn text(&self, text: &str) -> String {
        let text = text.replace(&self.view.verification.path, &self.view.name);
        let shown = |c: char| if self.prints(c) { c } else { '□' };
        let mut short: String = text.chars().take(TEXT_MAXIMUM).map(shown).collect();
        if text.chars().count() > TEXT_MAXIMUM {
            short.push('…');
        }
        short
    }

    fn prints(&self, c: char) -> bool {
        !document::is_invisible(c) && self.fonts.missing(c.encode_utf8(&mut [0; 4])).is_none()
    }

    /// The file and what is in it: two by two where both are short.
    fn object(&self) -> Table {
        let view = self.view;
        let said = |zh: &str, en: &str, value: &str| (self.say(zh, en).to_owned(), self.text(value));
        let bytes = format!("{}（{} {}）", view.size, view.bytes, self.say("字节", "bytes"));
        let mut facts = vec![
            said("文件", "File", &view.name),
            said("SHA-256", "SHA-256", &view.sha256),
            said("类型", "Kind", &view.kind),
            said("大小", "Size", &bytes),
            said("核验时间", "Verified at", &view.at),
            said("核验程序", "Program", &view.program),
        ];
        facts.extend(view.verification.facts.iter().map(|fact| (self.text(&fact.label), self.text(&fact.value))));
        facts.push(said("规则", "Rules", &view.rules));
        // The file comes first; of the others those that share a row.
        facts[2..].sort_by_key(|(_, value)| width(value) > SHORT);
        let mut rows: Vec<Row> = Vec::new();
        for (label, value) in &facts {
            let short = width(value) <= SHORT;
            let half = rows.last_mut().filter(|row| short && row.cells.len() == 2 && row.cells[1].columns == 1);
            match half {
                Some(row) => row.cells.extend(pair(2, label, value, 1)),
                None => rows.push(Row { cells: pair(0, label, value, if short { 1 } else { 3 }).into(), tied: false }),
            }
        }
        for row in &mut rows {
            if let [_, value] = &mut row.cells[..] {
                value.columns = 3;
            }
        }
        let caption = self.say("核验的文件和内容", "What was verified").to_owned();
        Table {
            caption: (!self.dense).then_some(caption),
            columns: vec![12.0, 38.0, 12.0, 38.0],
            rows,
            ..Table::default()
        }
    }

    fn table(&self, caption: [&str; 2], columns: &[(&str, f64, Align)], rows: &[Vec<String>]) -> Table {
        let caption = self.say(caption[0], caption[1]);
        Table { caption: (!self.dense).then(|| caption.to_owned()), ..Table::plain(columns, rows, caption) }
    }

    fn problems(&self, report: &VerifyReport) -> Option<Table> {
        let row = |one: &Problem| vec![self.text(&one.what), self.text(&one.place), self.text(&one.todo)];
        let mut rows: Vec<Vec<String>> = report.problems.iter().take(LISTED_MAXIMUM).map(row).collect();
        rows.extend(self.more(report.problems.len(), 3));
        let columns = [
            (self.say("问题（先查出的在前）", "Problem (the first found first)"), 38.0, Align::Left),
            (self.say("在哪里", "Where"), 32.0, Align::Left),
            (self.say("怎么办", "What to do"), 30.0, Align::Left),
        ];
        (!rows.is_empty()).then(|| self.table(["查出的问题", "Problems"], &columns, &rows))
    }

    /// Cell by cell.
    fn differences(&self, report: &VerifyReport) -> Option<Table> {
        let page = |page: Option<u32>| page.map(|page| page.to_string()).unwrap_or_default();
        let rows = report.differences.iter().take(LISTED_MAXIMUM);
        let rows = rows
            .map(|one| vec![page(one.page), self.text(&one.place), self.text(&one.printed), self.text(&one.computed)]);
        let mut rows: Vec<Vec<String>> = rows.collect();
        rows.extend(self.more(report.differences.len(), 4));
        let columns = [
            (self.say("页", "Page"), 8.0, Align::Centre),
            (self.say("哪一格", "Cell"), 42.0, Align::Left),
            (self.say("印出的", "Printed"), 25.0, Align::Left),
            (self.say("算出的", "Computed"), 25.0, Align::Left),
        ];
        (!rows.is_empty()).then(|| self.table(["不同之处", "Differences"], &columns, &rows))
    }

    /// How many more there are than stand in the table.
    fn more(&self, count: usize, columns: usize) -> Option<Vec<String>> {
        let left = count.checked_sub(LISTED_MAXIMUM).filter(|left| *left > 0)?;
        let mut row = vec![String::new(); columns];
        row[1] = match self.language {
            Language::Zh => format!("另有 {left} 处，见核验的屏幕"),
            Language::En => format!("{left} more, see the screen"),
        };
        Some(row)
    }

    fn checks(&self) -> Table {
        if self.dense {
            return self.checks_in_pairs();
        }
        let row =
            |one: &CheckView| [&one.name, &one.outcome, &one.note, &one.clause].map(|text| self.text(text)).to_vec();
        let rows: Vec<Vec<String>> = self.view.checks.iter().map(row).collect();
        let columns = [
            (self.say("核验的事", "Check"), 13.0, Align::Left),
            (self.say("结果", "Outcome"), 12.0, Align::Centre),
            (self.say("说明", "In plain words"), 49.0, Align::Left),
            (self.say("依据", "Rule"), 26.0, Align::Left),
        ];
        self.table(["逐项结果", "Outcome of each check"], &columns, &rows)
    }

    /// What each check is about and its rule stand on the screen and in the format's description.
    fn checks_in_pairs(&self) -> Table {
        let cells = |one: &CheckView| [&one.name, &one.outcome, &one.clause].map(|text| self.text(text));
        let row = |pair: &[CheckView]| {
            let mut row: Vec<String> = pair.iter().flat_map(cells).collect();
            row.resize(6, String::new());
            row
        };
        let rows: Vec<Vec<String>> = self.view.checks.chunks(2).map(row).collect();
        let half = [
            (self.say("核验的事", "Check"), 12.0, Align::Left),
            (self.say("结果", "Outcome"), 11.0, Align::Centre),
            (self.say("依据", "Rule"), 27.0, Align::Left),
        ];
        self.table(["逐项结果", "Outcome of each check"], &[half, half].concat(), &rows)
    }

    fn signers(&self, signers: &[SignerView]) -> Option<Table> {
        let row = |signer: &SignerView| {
            let role = signer.role.as_ref().map(|role| format!("（{role}）")).unwrap_or_default();
            let who = format!("{}{role}　{}", self.text(&signer.name), self.text(&signer.organisation));
            vec![who, signer.fingerprint.clone(), signer.time.replace(' ', "\n"), self.text(&self.trust(signer))]
        };
        let rows: Vec<Vec<String>> = signers.iter().map(row).collect();
        let columns = [
            (self.say("签名人、单位", "Signer, organisation"), 42.0, Align::Left),
            (self.say("证书指纹 SHA-256", "SHA-256 of the certificate"), 36.5, Align::Left),
            (self.say("签名时间", "Signed at"), 10.5, Align::Centre),
            (self.say("认不认识", "Known here"), 11.0, Align::Left),
        ];
        (!rows.is_empty()).then(|| self.table(["谁签的名", "Who signed"], &columns, &rows))
    }

    fn trust(&self, signer: &SignerView) -> String {
        let said = match signer.trust {
            SignerTrust::Own => self.say("本机的身份", "an identity of this machine"),
            SignerTrust::Trusted => self.say("已登记", "registered"),
            SignerTrust::Unknown => self.say("没有登记，须核对指纹", "unknown: compare the fingerprint"),
            SignerTrust::Revoked => self.say("已撤销", "revoked"),
            SignerTrust::Unfit => self.say("证书不是签文件用的", "certificate not for signing"),
            SignerTrust::OutOfTerm => self.say("签名时不在有效期", "not in force when signed"),
        };
        match &signer.office {
            Some(office) => format!("{said}{}{office}", self.say("，签发：", ", issued by ")),
            None => said.to_owned(),
        }
    }

    fn commands(&self) -> Table {
        let row = |one: &CommandView| {
            // What no font has is left to the shell to find, like what cannot be seen.
            let line = one.line.chars().map(|c| if self.prints(c) { c.to_string() } else { "'?'".to_owned() });
            vec![self.text(&one.purpose), line.collect(), self.expected(&one.expected)]
        };
        let rows: Vec<Vec<String>> = self.view.commands.iter().map(row).collect();
        let columns = [
            (self.say("做什么", "To see"), 15.0, Align::Left),
            (self.say("命令", "Command"), 67.0, Align::Left),
            (self.say("应看到", "Expected"), 18.0, Align::Left),
        ];
        self.table(["不用本程序，自己再核验一遍", "Repeat it without this program"], &columns, &rows)
    }

    fn expected(&self, expected: &str) -> String {
        match expected {
            "" => self.say("什么也不显示", "nothing").to_owned(),
            digest if digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit()) => {
                format!("{}…", &digest[..DIGEST_SHOWN])
            }
            other => other.to_owned(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let notes = [
            (
                "命令在放着这个文件的文件夹里，从上到下依次输入（Linux、macOS 的终端；Windows 用 WSL）。bagit.py 用 pip install bagit 安装，别的都是系统自带的软件包。",
                "Enter the commands in the file's folder, from the top (a terminal of Linux or macOS; WSL on Windows). bagit.py comes by pip install bagit, everything else with the system.",
            ),
            (
                "签名时间是签名人的电脑所说；签名人是不是本人，拿证书指纹与本人或签发的办公室核对。本报告没有签名，照上面的命令再做一遍，就知道它说得对不对。",
                "Times of signing are what the signers' computers said. Whether a signer is who they say, comparing the fingerprint with them or their office tells. This report is not signed: the commands let you see for yourself.",
            ),
        ];
        notes.map(|(zh, en)| self.say(zh, en).to_owned()).to_vec()
    }
}

/// Label and value as cells from a column on.
fn pair(column: usize, label: &str, value: &str, columns: usize) -> [Cell; 2] {
    let cell = |at: usize, text: &str, style: StyleName| Cell::of(at, text, style, Align::Left, label);
    let value = Cell { columns, ..cell(column + 1, value, StyleName::TableCell) };
    [cell(column, label, StyleName::TableHeader), value]
}

/// Half-widths of a text on paper.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
