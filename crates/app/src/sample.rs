//! The sample: an invented unit with its self-evaluation and two reviews, to try everything on.

use crate::evidence::Description;
use crate::view::{EvidenceKind, NewSheet, Stage};
use crate::writing::read_texts;
use crate::{Result, Session, Watch, assess};
use std::path::{Path, PathBuf};
use store::AuditNote;

const RUBRIC: &str = "oucsx-2021";
const UNIT: &str = "并州分校（示例）";
const YEAR: i32 = 2022;

/// A file of `assets/sample`.
macro_rules! sample {
    ($name:literal) => {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/sample/", $name)
    };
}

/// A file of evidence, by its name.
macro_rules! evidence {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/sample/evidence/", $name)))),*]
    };
}

const FILES: &[(&str, &[u8])] = evidence![
    "并州分校“十四五”发展规划（节选）.txt",
    "校园文化墙.png",
    "转发关于做好2021年秋季学期教学工作的通知.txt",
    "学费上缴与教学投入汇总（2019-2021）.csv",
    "论文指导教师和学生名单（2021年秋）.csv",
    "诚信教育活动记录.txt",
    "学生满意度调查统计（2021年）.csv",
    "支持开放大学办学工作会议纪要.txt",
];
/// File, points, name, date, kind and document number of each piece.
const CATALOGUE: &str = include_str!(sample!("evidence.tsv"));
const TEXTS: &str = include_str!(sample!("writing.toml"));

struct Person {
    stage: Stage,
    name: &'static str,
    organisation: &'static str,
    scores: &'static str,
}

const PEOPLE: [Person; 3] = [
    Person {
        stage: Stage::SelfEvaluation,
        name: "周宁",
        organisation: "并州分校",
        scores: include_str!(sample!("self-周宁.json")),
    },
    Person {
        stage: Stage::Review,
        name: "韩立群",
        organisation: "汾东开放大学",
        scores: include_str!(sample!("review-韩立群.json")),
    },
    Person {
        stage: Stage::Review,
        name: "孟雪琴",
        organisation: "漳河职业学院",
        scores: include_str!(sample!("review-孟雪琴.json")),
    },
];

impl Session {
    /// Makes the sample and returns the id of its self-evaluation; one that is on the list already is left as it is.
    ///
    /// # Errors
    /// Of the disk; what was made until then can be removed like a draft.
    pub fn make_sample(&mut self) -> Result<String> {
        let (samples, sheets) = self.read(|tx| Ok((tx.samples()?, tx.sheets()?)))?;
        let of_sample = |row: &&store::SheetRow| samples.contains(&row.assessment.id);
        let there = sheets.iter().filter(of_sample).min_by_key(|row| row.stage != assessment::Stage::SelfEvaluation);
        if let Some(row) = there {
            return Ok(row.id.clone());
        }
        let mut ids = Vec::new();
        for person in &PEOPLE {
            ids.push(self.sample_sheet(person)?);
        }
        let own = ids.swap_remove(0);
        self.sample_evidence(&own)?;
        self.write_texts(&own, &read_texts("writing.toml", TEXTS)?)?;
        Ok(own)
    }

    fn sample_sheet(&mut self, person: &Person) -> Result<String> {
        let id = self.create_sheet(&NewSheet {
            rubric: RUBRIC.to_owned(),
            unit: UNIT.to_owned(),
            year: YEAR,
            stage: person.stage.clone(),
            assessor: person.name.to_owned(),
            organisation: person.organisation.to_owned(),
        })?;
        let row = self.sheet(&id)?;
        let note =
            AuditNote { at: self.now(), sheet: Some(&id), action: "sample", target: UNIT, ..AuditNote::default() };
        self.write(&note, |tx| Ok(tx.put_sample(&row.assessment.id)?))?;
        self.enter_input(&id, &assess::read(person.name, person.scores)?)?;
        let note = AuditNote { action: "sample-filled", ..note };
        // One step back must not empty the sample: its filling is where it begins.
        self.write(&note, |tx| Ok(tx.forget_changes(&id)?))?;
        Ok(id)
    }

    /// Attaches the files as anyone would: from a folder, which goes away again.
    fn sample_evidence(&mut self, sheet: &str) -> Result<()> {
        let folder = self.root().join("evidence").join("sample");
        let done = self.attach_sample(sheet, &folder);
        std::fs::remove_dir_all(&folder).ok();
        done
    }

    fn attach_sample(&mut self, sheet: &str, folder: &Path) -> Result<()> {
        let failed = |error: std::io::Error| store::Error::io(folder, &error);
        std::fs::create_dir_all(folder).map_err(failed)?;
        for line in CATALOGUE.lines().skip(1) {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or_default().trim();
            let (file, points, name, date, kind, note) = (cell(), cell(), cell(), cell(), cell(), cell());
            let path: PathBuf = folder.join(file);
            let content = FILES.iter().find(|(known, _)| *known == file).map_or(&[][..], |(_, content)| content);
            std::fs::write(&path, content).map_err(failed)?;
            let points: Vec<String> = points.split_whitespace().map(str::to_owned).collect();
            let description = Description {
                name: Some(name.to_owned()),
                date: date.to_owned(),
                kind: kind_of(kind),
                note: note.to_owned(),
            };
            self.attach_described(sheet, &points, &[path], &description, &Watch::none())?;
        }
        Ok(())
    }
}

fn kind_of(letter: &str) -> Option<EvidenceKind> {
    serde_json::from_value(serde_json::Value::String(letter.to_owned())).ok()
}
