//! Packages, good and hostile: each has a name, the reason why it is here, and the outcome that it must have.

use crate::fuzz::archive::{Entry, archive};
use crate::fuzz::bag::{Bag, EVIDENCE, FOLDER, SHEET, TAG_MANIFEST};
use crate::make::{
    ByOpenssl, certify_long_ago, changed, lie, plain, relisted, resealed, signed, signed_by, with_other_number, world,
};
use crate::people;
use package::Sha256;

/// Who else is asked, and whether they accept.
#[derive(Clone, Copy, PartialEq)]
pub enum Judge {
    /// Nobody: others do not look at this.
    Nobody,
    /// `unzip -t` on the archive.
    Unzip(bool),
    /// `bagit.py --validate` on what `unzip` makes of it.
    Bagit(bool),
    /// `openssl cms -verify -noverify` with every signature over the tag manifest.
    Openssl(bool),
    /// The same with the office's root as the only one that is trusted, for the chain.
    Chain(bool),
}

/// A package.
pub struct Case {
    /// `ok_…` or `fail_…`.
    pub name: String,
    pub reason: &'static str,
    pub bytes: Vec<u8>,
    /// What `verify` comes to.
    pub verdict: &'static str,
    /// The first problem that it names; empty for none.
    pub code: &'static str,
    /// What `import` comes to: the code of its refusal, or `imported`.
    pub import: &'static str,
    pub judge: Judge,
}

fn ok(name: &str, reason: &'static str, bytes: Vec<u8>, judge: Judge) -> Case {
    let (verdict, code, import) = ("signer-unknown", "", "imported");
    Case { name: format!("ok_{name}"), reason, bytes, verdict, code, import, judge }
}

fn fail(name: impl Into<String>, reason: &'static str, bytes: Vec<u8>, code: &'static str) -> Case {
    let (name, verdict, import) = (format!("fail_{}", name.into()), "damaged", "app.not-imported");
    Case { name, reason, bytes, verdict, code, import, judge: Judge::Nobody }
}

impl Case {
    fn with(self, verdict: &'static str) -> Self {
        Self { verdict, ..self }
    }

    fn asked(self, judge: Judge) -> Self {
        Self { judge, ..self }
    }
}

/// All of them.
pub fn cases() -> Vec<Case> {
    let mut cases = good();
    for more in [names(), twins(), structure(), bombs(), cuts(), sums(), swapped(), signers(), json(), versions()] {
        cases.extend(more);
    }
    cases
}

fn good() -> Vec<Case> {
    let deflated: Vec<Entry> = signed().entries().into_iter().map(Entry::deflated).collect();
    let described = lie(|all| all.iter_mut().for_each(|e| e.descriptor = Some(crc32fast::hash(&e.content))));
    let two = signed_by(signed(), &people::signer("孟雪琴", 7)).archive();
    let folders = lie(|all| {
        let folder = Entry { mode: 0o040_755 << 16, ..Entry::new(&format!("{FOLDER}/data/"), b"") };
        all.insert(0, folder);
    });
    let sheets_only = resealed(|bag| {
        bag.0.remove(EVIDENCE);
        bag.replace("data/package.json", "\"included\"", "\"left-out\"");
    });
    let without_problems = resealed(|bag| drop(bag.0.remove("data/problems.json")));
    vec![
        ok("stored", "what every case begins from", signed().archive(), Judge::Bagit(true)),
        ok("deflated", "another writer may deflate", archive(&deflated), Judge::Unzip(true)),
        ok("descriptors", "written as a stream, sizes stand behind", described, Judge::Unzip(true)),
        ok("zip64_end", "the wide end record, where it is not needed", plain(true).0, Judge::Unzip(true)),
        ok("folder_entries", "archivers add entries for folders", folders, Judge::Bagit(true)),
        ok("two_signers", "a panel signs", two, Judge::Openssl(true)),
        ok("sheets_only", "evidence left out by design", sheets_only, Judge::Bagit(true)),
        ok("without_problems", "there need be no list of problems", without_problems, Judge::Bagit(true)),
        ok("bomb_as_evidence", "an archive inside is never unpacked", with_bomb_inside(), Judge::Unzip(true)),
    ]
}

/// A piece of evidence that is an archive, which becomes a thousand times as large.
fn with_bomb_inside() -> Vec<u8> {
    let inner = Entry::new("zeros", &vec![0; 4 << 20]).deflated();
    let bomb = archive(&[inner]);
    let digest = Sha256::of(&bomb).to_string();
    resealed(|bag| {
        bag.0.remove(EVIDENCE);
        let old = EVIDENCE.rsplit('/').next().unwrap().trim_end_matches(".txt").to_owned();
        bag.replace("data/evidence.json", &old, &digest);
        // Another piece than the one that other packages brought under this identifier.
        bag.replace("data/evidence.json", "9bf0f7c3fa516ff47f71ffd37fef1e4a", "9bf0f7c3fa516ff47f71ffd37fef1e4b");
        bag.replace("data/evidence.json", "\"extension\":\"txt\"", "\"extension\":\"zip\"");
        bag.replace("data/evidence.json", "\"size\":\"31\"", &format!("\"size\":\"{}\"", bomb.len()));
        bag.put(&format!("data/evidence/{digest}.zip"), &bomb);
    })
}

/// Names that lead elsewhere, or that systems take for something else.
#[allow(clippy::too_many_lines, reason = "a table")]
fn names() -> Vec<Case> {
    let long = "x".repeat(256);
    let gbk = b"\xb2\xa2\xd6\xdd\xb7\xd6\xd0\xa3/data/a.txt";
    let unsafe_names: [(&str, &'static str, &[u8]); 24] = [
        ("traversal", "leaves the folder", b"../x"),
        ("traversal_inside", "leaves the folder further in", b"a/../../x"),
        ("traversal_backslash", "leaves the folder on Windows", b"..\\x"),
        ("dot_segment", "hides the folder", b"./a"),
        ("absolute", "begins at the root", b"/etc/x"),
        ("absolute_windows", "begins at the root of the drive", b"\\x"),
        ("network_share", "begins at another machine", b"\\\\server\\share\\x"),
        ("network_share_slashes", "the same with slashes", b"//server/share/x"),
        ("drive", "begins at a drive", b"C:/x"),
        ("drive_relative", "is where the drive is just now", b"C:x"),
        ("alternate_stream", "hides behind a file", b"a/b.txt:hidden"),
        ("long_path_prefix", "turns the checks of Windows off", b"\\\\?\\C:\\x"),
        ("nul", "ends early for some", b"a\0b"),
        ("newline", "breaks lists of names", b"a\nb"),
        ("device", "is a device on Windows", b"a/NUL.txt"),
        ("device_numbered", "is a device on Windows", b"a/com1.tar.gz"),
        ("trailing_dot", "loses its dot on Windows", b"a./b"),
        ("trailing_space", "loses its blank on Windows", b"a /b"),
        ("empty_segment", "has nothing between two slashes", b"a//b"),
        ("direction_mark", "looks like another name", "a/\u{202E}fdp.exe".as_bytes()),
        ("percent", "is another name when it is decoded", b"a/%2e%2e/b"),
        ("too_long", "no file system takes it", long.as_bytes()),
        ("gbk_called_utf8", "is GBK and says that it is UTF-8", gbk),
        ("overlong_utf8", "spells a slash in two bytes", b"..\xc0\xaf..\xc0\xafx"),
    ];
    let mut cases: Vec<Case> = unsafe_names
        .into_iter()
        .map(|(name, reason, bytes)| {
            let made = lie(|all| all[0].rename(bytes));
            fail(format!("name_{name}"), reason, made, "package.name-unsafe")
        })
        .collect();
    let gbk = lie(|all| {
        all[0].rename(gbk);
        all[0].flags = 0;
    });
    cases.push(fail("name_gbk", "old Chinese archivers write GBK and do not say so", gbk, "package.name-unsafe"));
    let undeclared = lie(|all| all[0].flags = 0);
    cases.push(fail("name_undeclared", "UTF-8 that does not say so", undeclared, "package.name-unsafe"));
    let elsewhere = lie(|all| all.push(Entry::new("elsewhere/x.txt", b"")));
    cases.push(fail("name_outside_folder", "a second top folder", elsewhere, "package.outside-folder"));
    cases
}

/// Two entries where a file system has room for one.
fn twins() -> Vec<Case> {
    let twin = |name: &str| {
        let name = format!("{FOLDER}/{name}");
        lie(|all| all.push(Entry::new(&name, b"")))
    };
    let nfd = |first: &str, second: &str| {
        lie(|all| {
            for name in [first, second] {
                all.push(Entry::new(&format!("{FOLDER}/data/reports/{name}.pdf"), b""));
            }
        })
    };
    let code = "package.name-twice";
    vec![
        fail("twice", "readers disagree which one counts", twin("data/rubric.toml"), code),
        fail("twice_by_case", "one file on Windows and macOS", twin("data/RUBRIC.toml"), code),
        fail("twice_by_width", "one file after NFKC", twin("data/rubric.tom\u{FF4C}"), code),
        fail("twice_by_normal_form", "one file on macOS", nfd("caf\u{e9}", "cafe\u{301}"), code),
        fail("twice_by_sharp_s", "one file in upper case", nfd("stra\u{df}e", "STRASSE"), code),
        fail("twice_by_compatibility", "one character to people", nfd("评\u{2F00}", "评\u{4E00}"), code),
    ]
}

/// Archives that say something twice and not alike, or hold what packages do without.
#[allow(clippy::too_many_lines, reason = "a table")]
fn structure() -> Vec<Case> {
    type Lie = fn(&mut Vec<Entry>);
    let lies: [(&str, &'static str, &'static str, Lie); 19] = [
        ("link", "a symbolic link", "not-a-file", |e| e[0].mode = 0o120_777 << 16),
        ("link_to_outside", "a link, and then a file through it", "not-a-file", |e| {
            let link = Entry { mode: 0o120_777 << 16, ..Entry::new(&format!("{FOLDER}/data/reports"), b"/tmp") };
            e.push(link);
        }),
        ("device_file", "a device", "not-a-file", |e| e[0].mode = 0o020_666 << 16),
        ("fifo", "reading it waits for ever", "not-a-file", |e| e[0].mode = 0o010_644 << 16),
        ("folder_as_file", "a folder with a file's name", "not-a-file", |e| e[0].mode = 0o040_755 << 16),
        ("junction", "a reparse point of Windows", "not-a-file", |e| e[0].mode = 0x400),
        ("encrypted_entry", "the old encryption of archives", "feature-refused", |e| e[0].flags |= 1),
        ("masked_headers", "headers that only some can read", "feature-refused", |e| e[0].flags |= 1 << 13),
        ("other_method", "bzip2", "feature-refused", |e| e[0].method = 12),
        ("comment", "text that nobody signs", "feature-refused", |e| e[0].comment = b"hidden".to_vec()),
        ("second_name", "a name for some readers only", "feature-refused", |e| {
            e[0].extra = b"\x75\x70\x05\x00\x01\0\0\0\0".to_vec();
        }),
        ("extra_cut", "an extra field that runs out", "archive-broken", |e| e[0].extra = b"\x01".to_vec()),
        ("headers_name", "the two names differ", "headers-disagree", |e| e[0].local_name[30] ^= 1),
        ("headers_size", "the two sizes differ", "headers-disagree", |e| e[0].local_size += 1),
        ("descriptor", "the sum behind the bytes differs", "headers-disagree", |e| e[0].descriptor = Some(7)),
        ("size", "stored, and said to be longer", "length-differs", |e| e[0].size += 1),
        ("prefix", "a program before the archive", "stray-bytes", |e| e[0].before = b"MZ".to_vec()),
        ("between", "bytes that belong to nothing", "stray-bytes", |e| e[1].before = b"hidden".to_vec()),
        ("overlap", "two entries share their bytes", "archive-broken", |e| e[2].at = Some(0)),
    ];
    let code = |code: &str| -> &'static str { Box::leak(format!("package.{code}").into_boxed_str()) };
    let mut cases: Vec<Case> =
        lies.into_iter().map(|(name, reason, flaw, change)| fail(name, reason, lie(change), code(flaw))).collect();
    let behind = [signed().archive(), b"garbage".to_vec()].concat();
    cases.push(fail("behind", "bytes behind the end", behind, "package.stray-bytes"));
    cases.push(fail("empty_file", "nothing at all", Vec::new(), "package.archive-broken"));
    cases.push(fail("no_archive", "text with the ending of a package", b"PK? no".to_vec(), "package.archive-broken"));
    let wrong_sum = lie(|e| e[0].content[0] ^= 1);
    cases.push(fail("checksum", "a wrong CRC", wrong_sum, "package.checksum-differs").asked(Judge::Unzip(false)));
    cases
}

/// A record of ZIP64 that says sizes of its own.
fn wide(size: u64, packed: u64) -> Vec<u8> {
    [&[1, 0, 16, 0], size.to_le_bytes().as_slice(), &packed.to_le_bytes()].concat()
}

fn bombs() -> Vec<Case> {
    let report = format!("{FOLDER}/data/reports/b.pdf");
    let ratio = lie(|all| all.push(Entry::new(&report, &vec![0; 4 << 20]).deflated()));
    let four = lie(|all| {
        let entry = Entry::new(&report, b"small").deflated();
        all.push(Entry { size: u32::MAX - 1, local_size: u32::MAX - 1, ..entry });
    });
    let declared = |size: u64| {
        lie(|all| {
            let entry = Entry::new(&report, b"small").deflated();
            let packed = entry.packed.len() as u64;
            all.push(Entry { size: u32::MAX, local_size: u32::MAX, extra: wide(size, packed), ..entry });
        })
    };
    let text = lie(|all| {
        let entry = all.iter_mut().find(|e| e.name.ends_with(b"rubric.toml")).unwrap();
        *entry = Entry {
            size: 4000,
            local_size: 4000,
            ..Entry::new(&format!("{FOLDER}/data/rubric.toml"), &[b'#'; 5000]).deflated()
        };
    });
    vec![
        fail("bomb_ratio", "unpacks to a thousand times its size", ratio, "package.ratio-exceeded"),
        fail("bomb_4_gib", "says that five bytes become 4 GiB", four, "package.ratio-exceeded"),
        fail("bomb_5_gib_wide", "says 5 GiB in the record of ZIP64", declared(5 << 30), "package.limit-exceeded"),
        fail("bomb_everything", "says more than there are bytes", declared(u64::MAX), "package.limit-exceeded"),
        fail("bomb_longer", "unpacks to more than it says", text, "package.length-differs"),
    ]
}

/// The archive ends in, or right before, every field of the directory and of the end records.
#[allow(clippy::too_many_lines, reason = "a table")]
fn cuts() -> Vec<Case> {
    const RECORD: [(&str, usize); 18] = [
        ("mark", 0),
        ("version_made", 4),
        ("version_needed", 6),
        ("flags", 8),
        ("method", 10),
        ("time", 12),
        ("date", 14),
        ("checksum", 16),
        ("packed", 20),
        ("size", 24),
        ("name_length", 28),
        ("extra_length", 30),
        ("comment_length", 32),
        ("disk", 34),
        ("internal", 36),
        ("external", 38),
        ("offset", 42),
        ("name", 46),
    ];
    const END: [(&str, usize); 8] = [
        ("mark", 0),
        ("disk", 4),
        ("directory_disk", 6),
        ("entries_here", 8),
        ("entries", 10),
        ("length", 12),
        ("start", 16),
        ("comment_length", 20),
    ];
    const WIDE: [(&str, usize); 14] = [
        ("mark", 0),
        ("length", 4),
        ("version_made", 12),
        ("version_needed", 14),
        ("disk", 16),
        ("directory_disk", 20),
        ("entries_here", 24),
        ("entries", 32),
        ("directory_length", 40),
        ("start", 48),
        ("locator_mark", 56),
        ("locator_disk", 60),
        ("locator_offset", 64),
        ("locator_disks", 72),
    ];
    let (bytes, places) = plain(false);
    let (wide, _) = plain(true);
    let mut all: Vec<(String, &[u8], usize)> = Vec::new();
    for (field, at) in RECORD {
        all.push((format!("first_{field}"), &bytes, places.directory + at));
        all.push((format!("second_{field}"), &bytes, places.second + at));
    }
    all.extend(END.map(|(field, at)| (format!("end_{field}"), bytes.as_slice(), places.end + at)));
    all.extend(WIDE.map(|(field, at)| (format!("wide_{field}"), wide.as_slice(), places.end + at)));
    let cut = |(name, bytes, at): (String, &[u8], usize)| {
        // In the middle of the field, or right before it where it has one byte only.
        let bytes = bytes[..at + 1].to_vec();
        fail(format!("cut_{name}"), "copying ended early", bytes, "package.archive-broken").asked(Judge::Unzip(false))
    };
    all.into_iter().map(cut).collect()
}

/// Sums that do not fit, and files too many or too few.
#[allow(clippy::too_many_lines, reason = "a table")]
fn sums() -> Vec<Case> {
    let no_field = |path: &'static str| move |bag: &mut Bag| drop(bag.0.remove(path));
    let put = |path: &'static str, text: &'static str| move |bag: &mut Bag| bag.put(path, text);
    let flip = |path: &'static str| move |bag: &mut Bag| bag.0.get_mut(path).unwrap()[0] ^= 1;
    let bagit = Judge::Bagit(false);
    let digest = "package.digest-differs";
    let other = |path: &'static str| {
        move |bag: &mut Bag| {
            let wrong = Sha256::of(b"something else").to_string();
            let right = Sha256::of(&bag.0[path]).to_string();
            bag.replace("manifest-sha256.txt", &right, &wrong);
        }
    };
    let tag_digest = |bag: &mut Bag| {
        let right = Sha256::of(&bag.0["bag-info.txt"]).to_string();
        bag.replace(TAG_MANIFEST, &right, &Sha256::of(b"").to_string());
    };
    let missing = "package.entry-missing";
    let unlisted = "package.entry-unlisted";
    vec![
        fail("digest_payload", "one byte of the rubric is another", changed(flip("data/rubric.toml")), digest)
            .asked(bagit),
        fail("digest_evidence", "one byte of a piece is another", changed(flip(EVIDENCE)), digest).asked(bagit),
        fail("digest_manifest", "the manifest has another digest", changed(other(SHEET)), digest).asked(bagit),
        fail("digest_tag", "the tag manifest has another digest", changed(tag_digest), digest).asked(bagit),
        fail("digest_of_name", "a piece is not what its name says", relisted(put(EVIDENCE, "else")), digest),
        fail(
            "oxum",
            "the number of bytes is wrong",
            changed(|b| {
                b.put("bag-info.txt", b.text("bag-info.txt").replacen("Payload-Oxum: ", "Payload-Oxum: 1", 1));
                b.retag();
            }),
            "package.tag-differs",
        )
        .asked(bagit),
        fail(
            "bagit_version",
            "another version of bags",
            relisted(put("bagit.txt", "BagIt-Version: 0.97\n")),
            "package.tag-differs",
        ),
        fail("no_sheet", "a file is missing", changed(no_field(SHEET)), missing).asked(bagit),
        fail("no_rubric", "the rubric is missing and nobody lists it", relisted(no_field("data/rubric.toml")), missing),
        fail("no_manifest", "the manifest is missing", changed(no_field("manifest-sha256.txt")), missing),
        fail("no_tag_manifest", "the tag manifest is missing", changed(no_field(TAG_MANIFEST)), missing),
        fail("no_bagit", "the mark of a bag is missing", changed(no_field("bagit.txt")), missing),
        fail("unlisted", "a sheet that no manifest lists", changed(put("data/sheets/S-9.json", "{}")), unlisted)
            .asked(bagit),
        fail("program", "a program among the files", relisted(put("data/run.exe", "MZ")), unlisted),
        fail("fetch", "a list of addresses to be fetched", changed(put("fetch.txt", "http://x 1 data/x\n")), unlisted),
        fail(
            "manifest_line",
            "a line that is none",
            changed(|b| {
                b.put("manifest-sha256.txt", "x\n");
                b.retag();
            }),
            "package.line-unreadable",
        ),
        fail(
            "manifest_twice",
            "a file listed twice",
            changed(|b| {
                let text = b.text("manifest-sha256.txt");
                b.put("manifest-sha256.txt", text.repeat(2));
                b.retag();
            }),
            "package.line-unreadable",
        ),
        fail(
            "rubric_not_utf8",
            "a text that is none",
            resealed(|b| b.put("data/rubric.toml", [0xFF])),
            "package.text-unreadable",
        ),
        fail(
            "evidence_uncatalogued",
            "a piece that the catalogue does not name",
            resealed(put("data/evidence.json", "{\"format\":1,\"items\":[]}")),
            "package.evidence-uncatalogued",
        ),
        fail(
            "evidence_missing",
            "a piece of the catalogue is not there",
            resealed(no_field(EVIDENCE)),
            "package.evidence-missing",
        ),
    ]
}

/// What belongs to another package.
#[allow(clippy::too_many_lines, reason = "a table")]
fn swapped() -> Vec<Case> {
    let other_rubric = |bag: &mut Bag| bag.replace("data/rubric.toml", "at_least = 6", "at_least = 5");
    let other_sheet = |bag: &mut Bag| {
        bag.replace(SHEET, "\"marks\":{\"A-1\":\"3\"", "\"marks\":{\"A-1\":\"4\"");
    };
    let noted = |bag: &mut Bag| {
        let digest = Sha256::of(&bag.0[SHEET]).to_string();
        bag.replace("data/package.json", "6e2e6b236e8fae1bd97f289c7b634ef521675869a75699cfb9d303a2b69bb6a9", &digest);
    };
    let of_other = {
        let mut other = Bag::good();
        other.replace("data/evidence.json", "\"name\":\"note\"", "\"name\":\"另一份\"");
        other.relist();
        people::signature(&other.0[TAG_MANIFEST], &world().signer)
    };
    let path = people::signature_path(&world().signer);
    let openssl = Judge::Openssl(false);
    let forged = |name: &str, reason, bytes| fail(name, reason, bytes, "package.package-forged").with("forged");
    vec![
        fail("rubric_swapped", "another rubric under the old sums", changed(other_rubric), "package.digest-differs")
            .asked(Judge::Bagit(false)),
        forged("rubric_swapped_listed", "another rubric, with sums that fit", relisted(other_rubric)).asked(openssl),
        fail(
            "rubric_swapped_signed",
            "another rubric, signed: marks under it are not those",
            resealed(other_rubric),
            "app.bad-package",
        ),
        fail("sheet_swapped", "another sheet under the old sums", changed(other_sheet), "package.digest-differs")
            .asked(Judge::Bagit(false)),
        forged("sheet_swapped_listed", "another sheet, with sums that fit", relisted(other_sheet)).asked(openssl),
        fail(
            "sheet_swapped_signed",
            "another sheet than package.json names, signed",
            resealed(other_sheet),
            "app.bad-package",
        ),
        fail(
            "result_untrue",
            "a result that does not follow, signed",
            resealed(|bag| {
                other_sheet(bag);
                noted(bag);
            }),
            "app.bad-package",
        ),
        forged("signature_of_other", "a true signature of another package", changed(|bag| bag.put(&path, &of_other)))
            .asked(openssl),
        forged(
            "signature_renamed",
            "a signature under another certificate's name",
            changed(|bag| {
                let signature = bag.0.remove(&path).unwrap();
                bag.put(&format!("signatures/{}.p7s", Sha256::of(b"someone else")), signature);
            }),
        ),
        forged(
            "signature_cut",
            "a signature without its last byte",
            changed(|bag| _ = bag.0.get_mut(&path).unwrap().pop()),
        )
        .asked(openssl),
        fail("unsigned", "nobody signed", Bag::good().archive(), "package.package-unsigned").with("unsigned"),
    ]
}

/// Certificates that do not carry what they are used for, and signatures of other kinds.
#[allow(clippy::too_many_lines, reason = "a table")]
fn signers() -> Vec<Case> {
    let world = world();
    let own = "basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\n";
    let made = |name: &'static str, extensions, issuer, digest| {
        let by = ByOpenssl { name, extensions, issuer, digest };
        by.certify();
        by.sign()
    };
    certify_long_ago("expired");
    let expired = ByOpenssl { name: "expired", extensions: "", issuer: None, digest: "sha256" }.sign();
    // An office that is none: its root does not say that it may issue.
    let none = ByOpenssl { name: "root", extensions: own, issuer: None, digest: "sha256" };
    none.certify();
    let under_none = made("under", own, Some(("root.pem", "plain.pem")), "sha256");
    let openssl = Judge::Openssl(true);
    let unfit = |name: &str, reason, bytes| fail(name, reason, bytes, "trust.signer-unfit").with("unfit");
    let forged = |name: &str, reason, bytes| fail(name, reason, bytes, "package.package-forged").with("forged");
    let revoked = signed_by(Bag::good(), &world.revoked).archive();
    let of_office = signed_by(Bag::good(), &people::issued(&world.office, "李静", 5)).archive();
    let unknown =
        |case: Case| Case { verdict: "signer-unknown", code: "", import: "trust.signer-not-accepted", ..case };
    vec![
        ok("signed_by_openssl", "a signature that openssl made", made("ok", own, None, "sha256"), openssl),
        Case {
            verdict: "trusted",
            ..ok("office_issued", "issued by an office that is accepted", of_office, Judge::Chain(true))
        },
        unknown(fail("ca_flag_missing", "issued by a root that may not issue", under_none, ""))
            .asked(Judge::Chain(false)),
        fail("expired", "signed when the certificate was no longer in force", expired, "trust.signed-out-of-term")
            .with("out-of-term")
            .asked(Judge::Chain(false)),
        fail("revoked", "the office revoked the certificate", revoked, "trust.signer-revoked").with("revoked"),
        unfit(
            "key_usage",
            "a certificate for agreeing on keys",
            made("usage", "keyUsage=critical,keyAgreement\n", None, "sha256"),
        ),
        unfit(
            "authority_signs",
            "an office's root signs a package itself",
            made("ca", "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n", None, "sha256"),
        ),
        forged("sha1", "a digest that can be forged", made("weak", own, None, "sha1")),
        forged("r_altered", "the number r of the signature is another", with_other_number(0))
            .asked(Judge::Openssl(false)),
        forged("s_altered", "the number s of the signature is another", with_other_number(1))
            .asked(Judge::Openssl(false)),
    ]
}

/// JSON that parsers read in different ways.
#[allow(clippy::too_many_lines, reason = "a table")]
fn json() -> Vec<Case> {
    let package = |old: &'static str, new: &'static str| resealed(|bag| bag.replace("data/package.json", old, new));
    let code = "package.json-refused";
    let deep = "[".repeat(33) + &"]".repeat(33);
    let tricks = [
        (
            "key_twice",
            "parsers disagree which one counts",
            package("{\"evidence\"", "{\"evidence\":\"left-out\",\"evidence\""),
        ),
        ("one_point_zero", "1.0 for 1", package("\"format\":1", "\"format\":1.0")),
        ("exponent", "1e0 for 1", package("\"format\":1", "\"format\":1e0")),
        ("minus_zero", "-0", package("\"year\":2022", "\"year\":-0")),
        ("beyond_double", "a number that no double holds", package("\"year\":2022", "\"year\":12345678901234567890")),
        ("blank", "a blank", package("{\"evidence\"", "{ \"evidence\"")),
        (
            "order",
            "keys in another order",
            package(
                "\"id\":\"fbc7111cb8f67576f9b216ce4f3582d1\",\"revision\":1",
                "\"revision\":1,\"id\":\"fbc7111cb8f67576f9b216ce4f3582d1\"",
            ),
        ),
        ("escape", "a letter as an escape", package("\"unit\"", "\"uni\\u0074\"")),
        ("surrogate", "half a character", package("\"hengjian 0.1.0\"", "\"\\ud800\"")),
        (
            "byte_order_mark",
            "a mark before it",
            resealed(|b| {
                let t = b.text("data/package.json");
                b.put("data/package.json", format!("\u{feff}{t}"))
            }),
        ),
        (
            "line_end",
            "a line end behind it",
            resealed(|b| {
                let t = b.text("data/package.json");
                b.put("data/package.json", format!("{t}\n"))
            }),
        ),
        (
            "two_values",
            "a second value behind it",
            resealed(|b| {
                let t = b.text("data/evidence.json");
                b.put("data/evidence.json", t.repeat(2))
            }),
        ),
        ("deep", "deeper than anybody needs", resealed(|b| b.put("data/evidence.json", &deep))),
        ("not_a_number", "NaN", package("\"year\":2022", "\"year\":NaN")),
        ("nothing", "an empty file", resealed(|b| b.put("data/evidence.json", ""))),
    ];
    let mut cases: Vec<Case> =
        tricks.into_iter().map(|(name, reason, bytes)| fail(format!("json_{name}"), reason, bytes, code)).collect();
    let bad = "app.bad-package";
    cases.extend([
        fail("json_other_key", "a key that nobody knows", package("\"year\":2022", "\"year\":2022,\"zone\":1"), bad),
        fail("json_other_type", "a text where a number stands", package("\"year\":2022", "\"year\":\"2022\""), bad),
        fail(
            "json_number_as_mark",
            "a mark as a number",
            resealed(|b| b.replace(SHEET, "\"total\":\"8\"", "\"total\":8")),
            bad,
        ),
        fail(
            "json_mark_spelled_otherwise",
            "3.0 for 3",
            resealed(|b| {
                b.replace(SHEET, "\"marks\":{\"A-1\":\"3\"", "\"marks\":{\"A-1\":\"3.0\"");
            }),
            bad,
        ),
        fail(
            "masked",
            "says that it is a masked copy and is not",
            package("\"history\"", "\"masked\":{\"rules\":1},\"history\""),
            code,
        ),
    ]);
    cases
}

#[allow(clippy::too_many_lines, reason = "a table")]
fn versions() -> Vec<Case> {
    let newer = |change: fn(&mut Bag)| {
        resealed(|bag| {
            bag.replace("data/package.json", "\"format\":1", "\"format\":2");
            change(bag);
        })
    };
    let code = "package.package-newer";
    let newer_case = |name: &str, reason, bytes| fail(name, reason, bytes, code).with("newer-format");
    vec![
        newer_case("newer", "a later program wrote it", newer(|_| ())),
        newer_case("newer_with_more", "a later program has other files", newer(|bag| bag.put("data/else.bin", "?"))),
        fail(
            "format_zero",
            "a format that never was",
            resealed(|bag| bag.replace("data/package.json", "\"format\":1", "\"format\":0")),
            "package.json-refused",
        ),
        fail(
            "many_flaws",
            "more faults than anybody reads",
            lie(|all| {
                for number in 0..300 {
                    all.push(Entry::new(&format!("{FOLDER}/data/run-{number}.exe"), b""));
                }
            }),
            "package.entry-unlisted",
        ),
        fail(
            "many_signatures",
            "each would be checked",
            changed(|bag| {
                let signature = bag.0[&people::signature_path(&world().signer)].clone();
                for number in 0..101_u32 {
                    bag.put(&format!("signatures/{}.p7s", Sha256::of(&number.to_le_bytes())), &signature);
                }
            }),
            "package.limit-exceeded",
        ),
        fail(
            "long_signature",
            "a signature of 300 KB",
            changed(|bag| {
                bag.put(&people::signature_path(&world().signer), vec![0x30; 300 << 10]);
            }),
            "package.limit-exceeded",
        ),
        fail(
            "many_fields",
            "bag-info.txt of a thousand lines",
            resealed(|bag| {
                let info = bag.text("bag-info.txt") + &"X: y\n".repeat(1000);
                bag.put("bag-info.txt", info);
            }),
            "package.limit-exceeded",
        ),
        fail(
            "many_values",
            "JSON of a million values",
            resealed(|bag| {
                bag.put("data/evidence.json", format!("[0{}]", ",0".repeat(1 << 20)));
            }),
            "package.json-refused",
        ),
    ]
}

/// What somebody at the desk accepted before the first package came: the office, and its list.
pub fn list() -> String {
    people::list_with(&world().office, &world().revoked)
}
