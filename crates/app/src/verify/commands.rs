//! The commands by which anyone repeats a verification: for a POSIX shell in the folder of the file.

use super::record::Seen;
use crate::view::{CommandView, Verdict, VerifiedKind, VerifyReport};
use crate::{Language, Result, handed};
use package::algorithm::SM2_SIGNER_ID;
use package::encrypt;
use std::path::Path;

/// Where a package is unpacked to.
const FOLDER: &str = "核验";
/// Where the signer's certificate goes.
const SIGNER: &str = "签名人.pem";
/// How `openssl x509` tells whose certificate it is.
const WHO: &str = "-noout -subject -nameopt utf8 -fingerprint -sha256";

/// What openssl says of a signature that fits.
const FITS: &str = "CMS Verification successful";

struct List<'a> {
    report: &'a VerifyReport,
    language: Language,
    commands: Vec<CommandView>,
}

/// The commands for one file, in the order in which they are given.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn repeat(
    path: &Path,
    sha256: &str,
    report: &VerifyReport,
    seen: &Seen,
    language: Language,
) -> Result<Vec<CommandView>> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut list = List { report, language, commands: Vec::new() };
    list.add(["文件就是这一份", "It is this very file"], format!("sha256sum -- {}", word(&name)), sha256);
    match report.kind {
        VerifiedKind::Package => {
            let sealed = handed::read_most(path, encrypt::MARK.len() as u64)?.starts_with(encrypt::MARK);
            list.package(&name, sealed, seen);
        }
        VerifiedKind::Pdf => list.pdf(&name, seen.data.as_ref().map(ToString::to_string)),
        VerifiedKind::Receipt => list.receipt(&name, seen),
    }
    Ok(list.commands)
}

impl List<'_> {
    fn add(&mut self, [zh, en]: [&str; 2], line: String, expected: &str) {
        let purpose = self.language.say(zh, en).to_owned();
        self.commands.push(CommandView { purpose, line, expected: expected.to_owned() });
    }

    fn package(&mut self, name: &str, sealed: bool, seen: &Seen) {
        let plain = if sealed {
            let plain = name.strip_suffix(".age").unwrap_or(name).to_owned();
            let plain = if plain == name { format!("{name}.hjp") } else { plain };
            let line = format!("age -d -i 钥匙.txt -o {} -- {}", word(&plain), word(name));
            self.add(["用收件钥匙打开", "Open it with a recipient's key"], line, "");
            plain
        } else {
            name.to_owned()
        };
        let line = format!("LC_ALL=C.UTF-8 unzip -q {} -d {FOLDER} && cd {FOLDER}/*/", word(&plain));
        self.add(["拆开", "Unpack"], line, "");
        let line = "sha256sum --quiet --check tagmanifest-sha256.txt manifest-sha256.txt".to_owned();
        self.add(["每个文件都与清单相符", "Every file fits the manifests"], line, "");
        let line = "bagit.py --validate .".to_owned();
        self.add(["同上，不多不少", "The same; none too many"], line, "is valid");
        let sm2: Vec<String> = seen.sm2.iter().map(|fingerprint| format!("signatures/{fingerprint}.p7s")).collect();
        if !matches!(self.report.verdict, Verdict::Unsigned)
            && (sm2.is_empty() || sm2.len() < self.report.signers.len())
        {
            let files = if sm2.is_empty() { "signatures/*.p7s".to_owned() } else { others(&sm2) };
            let line = format!(
                "for s in {files}; do openssl cms -verify -binary -inform DER -in \"$s\" -content \
                 tagmanifest-sha256.txt -noverify -signer ../{SIGNER} -out /dev/null && openssl x509 -in ../{SIGNER} {WHO}; done"
            );
            self.add(["签名与内容相符，是谁签的", "The signatures fit, and whose they are"], line, FITS);
        }
        if !sm2.is_empty() {
            self.sm2(&sm2.join(" "), "tagmanifest-sha256.txt", "../");
        }
        if seen.reports > 0 {
            let line = "for p in data/reports/*.pdf; do pdfsig \"$p\"; done".to_owned();
            self.add(["里面的打分表 PDF", "The PDF inside"], line, "Signature is Valid");
        }
    }

    fn pdf(&mut self, name: &str, data: Option<String>) {
        let name = word(name);
        if !matches!(self.report.verdict, Verdict::Unsigned) {
            let expected = "Signature is Valid";
            self.add(["签名与内容相符", "The signatures fit"], format!("pdfsig {name}"), expected);
            let line = format!(
                "pdfsig -dump {name} && for s in {name}.sig*; do openssl pkcs7 -inform DER -in \"$s\" -print_certs | \
                 openssl x509 {WHO}; done"
            );
            self.add(["是谁签的", "Who signed"], line, "sha256 Fingerprint=");
        }
        if let Some(digest) = data {
            let line =
                format!("mkdir -p {FOLDER} && pdfdetach -saveall -o {FOLDER} {name} && sha256sum {FOLDER}/sheet.json");
            self.add(["所附数据，与页脚的摘要相同", "The data inside, as at the pages' foot"], line, &digest);
        }
    }

    /// An SM2 signature, of which openssl judges the parts: its CMS command cannot be told the signer's identifier.
    fn sm2(&mut self, files: &str, content: &str, up: &str) {
        let line = format!(
            "p() {{ openssl asn1parse -inform DER -in \"$s\" | sed -n \"s/^ *\\([0-9]*\\):d=5 *hl=\\([0-9]*\\) l= *\\([0-9]*\\) $1.*/\\1 \\2 \\3/p\" | tail -n 1; }}; \
             for s in {files}; do set -- $(p 'cons: cont \\[ 0 \\]'); \
             {{ printf '\\061'; tail -c +$(($1 + 2)) \"$s\" | head -c $(($2 + $3 - 1)); }} > {up}属性.der; \
             set -- $(p 'prim: OCTET STRING'); tail -c +$(($1 + $2 + 1)) \"$s\" | head -c \"$3\" > {up}签名值.der; \
             openssl cms -verify -nosigs -noverify -binary -inform DER -in \"$s\" -content {content} -signer {up}{SIGNER} -out /dev/null 2> /dev/null; \
             openssl x509 -in {up}{SIGNER} -noout -pubkey > {up}公钥.pem && \
             openssl asn1parse -inform DER -in {up}属性.der | grep -A2 messageDigest | grep -qi \"$(openssl dgst -sm3 -r {content} | cut -c1-64)\" && \
             openssl pkeyutl -verify -rawin -digest sm3 -pkeyopt distid:{SM2_SIGNER_ID} -pubin -inkey {up}公钥.pem \
             -in {up}属性.der -sigfile {up}签名值.der && openssl x509 -in {up}{SIGNER} {WHO}; done"
        );
        let purpose = ["SM2 签名与内容相符，是谁签的", "The SM2 signatures fit, and whose they are"];
        self.add(purpose, line, "Signature Verified Successfully");
    }

    fn receipt(&mut self, name: &str, seen: &Seen) {
        if !seen.sm2.is_empty() {
            let name = word(name);
            let line = format!("openssl cms -verify -nosigs -noverify -binary -inform DER -in {name} -out 回执.json");
            self.add(["取出内容", "Take the content out"], line, "");
            return self.sm2(&name, "回执.json", "");
        }
        let line = format!(
            "openssl cms -verify -binary -inform DER -in {} -noverify -signer {SIGNER} -out 回执.json",
            word(name)
        );
        self.add(["签名与内容相符，取出内容", "The signature fits; take the content out"], line, FITS);
        let line = format!("openssl x509 -in {SIGNER} {WHO}");
        self.add(["是谁签的", "Who signed"], line, "sha256 Fingerprint=");
    }
}

/// The signatures of a package but for these.
fn others(these: &[String]) -> String {
    format!("$(ls signatures/*.p7s | grep -vxF -e {})", these.join(" -e "))
}

/// A file's name as one word of a shell, beginning so that no program takes it for an option. What cannot be printed is
/// left to the shell to find.
fn word(name: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || "._-+=@%,/".contains(c);
    let name = if name.starts_with('-') { format!("./{name}") } else { name.to_owned() };
    if !name.is_empty() && name.chars().all(safe) {
        return name;
    }
    let quoted: String = name
        .chars()
        .map(|c| match c {
            '\'' => r"'\''".to_owned(),
            c if c.is_control() || document::is_invisible(c) || c == char::REPLACEMENT_CHARACTER => "'?'".to_owned(),
            c => c.to_string(),
        })
        .collect();
    format!("'{quoted}'")
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn a_name_is_one_word_whatever_it_holds() {
        assert_eq!(word("a-1.pdf"), "a-1.pdf");
        assert_eq!(word("-rf"), "./-rf");
        assert_eq!(word("周宁 $(x).hjp"), "'周宁 $(x).hjp'");
        assert_eq!(word("a'b.hjp"), r"'a'\''b.hjp'");
        assert_eq!(word("a\nb\u{202e}.hjp"), "'a'?'b'?'.hjp'");
    }
}
