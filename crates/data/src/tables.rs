//! The tables, as `docs/formats/data.md` describes them.

use crate::table::{Column, Table, bool, mark, quotient, text, time, whole};

const fn of_part(name: &'static str, columns: &'static [Column], key: &'static [&'static str]) -> Table {
    Table { name, partitioned: true, columns, key }
}

/// Words of codes in both languages.
pub static LABEL: Table = Table {
    name: "label",
    partitioned: false,
    columns: &[text("domain"), text("code"), text("zh"), text("en")],
    key: &["domain", "code"],
};

/// Rubrics, with their files.
pub static RUBRIC: Table =
    of_part("rubric", &[text("digest"), text("edition"), text("title"), mark("total"), text("text")], &["digest"]);

/// Indicators of the rubrics.
pub static INDICATOR: Table = of_part(
    "indicator",
    &[
        text("rubric_digest"),
        text("code"),
        text("title"),
        whole("level"),
        text("parent").or_none(),
        mark("max"),
        whole("place"),
    ],
    &["rubric_digest", "code"],
);

/// Observation points of the rubrics.
pub static POINT: Table = of_part(
    "point",
    &[
        text("rubric_digest"),
        text("code"),
        text("indicator"),
        text("title"),
        text("category").or_none(),
        mark("max"),
        whole("place"),
    ],
    &["rubric_digest", "code"],
);

/// Units that were assessed.
pub static UNIT: Table = of_part("unit", &[text("unit")], &["unit"]);

/// People who assessed.
pub static ASSESSOR: Table =
    of_part("assessor", &[text("assessor"), text("organisation")], &["assessor", "organisation"]);

/// A unit in a year under one edition of a rubric.
pub static ASSESSMENT: Table =
    of_part("assessment", &[text("rubric_digest"), text("unit")], &["rubric_digest", "unit"]);

/// Signed revisions of sheets.
pub static SHEET: Table = of_part(
    "sheet",
    &[
        text("digest"),
        text("sheet"),
        whole("revision"),
        text("previous").or_none(),
        text("reason").or_none(),
        text("rubric_digest"),
        text("unit"),
        text("stage"),
        text("assessor"),
        text("organisation"),
        time("finalised_at"),
        mark("total"),
        text("grade").or_none(),
    ],
    &["digest"],
);

/// Marks of the points.
pub static MARK: Table = of_part(
    "mark",
    &[
        text("sheet_digest"),
        text("point"),
        mark("mark").or_none(),
        bool("direct"),
        bool("overridden"),
        bool("doubtful"),
        text("remark").or_none(),
    ],
    &["sheet_digest", "point"],
);

/// How marks came about, step by step.
pub static STEP: Table = of_part(
    "step",
    &[
        text("sheet_digest"),
        text("kind"),
        text("place"),
        whole("number"),
        text("code"),
        quotient("amount").or_none(),
        quotient("running").or_none(),
        text("reading").or_none(),
    ],
    &["sheet_digest", "kind", "place", "number"],
);

/// Scores of the indicators in a sheet.
pub static SCORE: Table =
    of_part("score", &[text("sheet_digest"), text("indicator"), mark("score")], &["sheet_digest", "indicator"]);

/// Scores of the categories in a sheet, adjustments included.
pub static CATEGORY_SCORE: Table =
    of_part("category_score", &[text("sheet_digest"), text("category"), mark("score")], &["sheet_digest", "category"]);

/// Amounts of adjustments in a sheet.
pub static ADJUSTMENT: Table =
    of_part("adjustment", &[text("sheet_digest"), text("code"), mark("amount")], &["sheet_digest", "code"]);

/// Decisions on conditions in a sheet.
pub static CONDITION: Table =
    of_part("condition", &[text("sheet_digest"), text("code"), bool("present")], &["sheet_digest", "code"]);

/// What experts found of pieces of evidence.
pub static JUDGEMENT: Table = of_part(
    "judgement",
    &[text("sheet_digest"), text("evidence"), text("verdict"), text("note")],
    &["sheet_digest", "evidence"],
);

/// Which revision of a sheet counts at an office.
pub static STANDING: Table =
    of_part("standing", &[text("office"), text("sheet"), text("sheet_digest")], &["office", "sheet"]);

/// Who signed a revision.
pub static SIGNATURE: Table = of_part(
    "signature",
    &[
        text("office"),
        text("sheet_digest"),
        text("fingerprint"),
        text("signer").or_none(),
        text("signer_organisation").or_none(),
    ],
    &["office", "sheet_digest", "fingerprint"],
);

/// In which packages a revision came.
pub static PACKAGE: Table = of_part(
    "package",
    &[text("office"), text("sheet_digest"), text("package"), text("file"), time("arrived_at")],
    &["office", "sheet_digest", "package"],
);

/// The evidence catalogues, without the evidence itself.
pub static EVIDENCE: Table = of_part(
    "evidence",
    &[
        text("office"),
        text("evidence"),
        text("rubric_digest"),
        text("unit"),
        text("name"),
        text("date"),
        text("kind").or_none(),
        text("note"),
        text("medium").or_none(),
        text("file_name"),
        whole("size"),
        text("sha256"),
        text("from_sheet").or_none(),
    ],
    &["office", "evidence"],
);

/// Which points a piece of evidence supports.
pub static EVIDENCE_POINT: Table = of_part(
    "evidence_point",
    &[text("office"), text("evidence"), text("point"), text("page").or_none()],
    &["office", "evidence", "point"],
);

/// Panels with their declared policies.
pub static PANEL: Table = of_part(
    "panel",
    &[
        text("panel"),
        text("office"),
        text("name"),
        text("stage"),
        text("rubric_digest"),
        bool("declared"),
        text("method"),
        text("per"),
        text("rounding"),
        mark("step"),
        text("holds"),
        whole("least"),
        whole("point_outlier").or_none(),
        whole("total_outlier").or_none(),
        text("trim"),
        text("ties"),
        time("created_at"),
    ],
    &["panel"],
);

/// Members of panels.
pub static PANEL_MEMBER: Table = of_part(
    "panel_member",
    &[text("panel"), text("assessor"), text("organisation"), bool("leader")],
    &["panel", "assessor", "organisation"],
);

/// Members who keep away from a unit.
pub static RECUSAL: Table = of_part(
    "recusal",
    &[text("panel"), text("assessor"), text("organisation"), text("unit"), text("reason")],
    &["panel", "assessor", "organisation", "unit"],
);

/// The sheets that a panel had before it, in whatever phase, with the units' own evaluations.
pub static PANEL_SHEET: Table = of_part(
    "panel_sheet",
    &[
        text("panel"),
        text("sheet"),
        text("stage"),
        text("unit"),
        text("assessor"),
        text("organisation"),
        text("phase"),
        text("sheet_digest").or_none(),
        whole("contested").or_none(),
        text("decided").or_none(),
    ],
    &["panel", "sheet"],
);

/// A unit beside a member: whether a sheet counts, and what it says.
pub static PANEL_CELL: Table = of_part(
    "panel_cell",
    &[
        text("panel"),
        text("unit"),
        text("assessor"),
        text("organisation"),
        text("standing"),
        text("sheet_digest").or_none(),
        mark("total").or_none(),
        text("grade").or_none(),
        text("part").or_none(),
        bool("outlier"),
    ],
    &["panel", "unit", "assessor", "organisation"],
);

/// How several marks became one.
pub static CALCULATION: Table = of_part(
    "calculation",
    &[
        text("panel"),
        text("unit"),
        text("code"),
        mark("sum"),
        whole("divisor"),
        whole("dropped"),
        mark("spread"),
        mark("computed").or_none(),
        bool("agreed"),
        mark("mark").or_none(),
    ],
    &["panel", "unit", "code"],
);

/// The marks that a calculation is made of.
pub static CALCULATION_MARK: Table = of_part(
    "calculation_mark",
    &[text("panel"), text("unit"), text("code"), text("assessor"), text("organisation"), mark("mark"), text("part")],
    &["panel", "unit", "code", "assessor", "organisation"],
);

/// Results of units.
pub static RESULT: Table = of_part(
    "result",
    &[
        text("panel"),
        text("unit"),
        whole("counted"),
        mark("total").or_none(),
        mark("percent").or_none(),
        text("grade").or_none(),
        bool("vetoed"),
        whole("rank").or_none(),
        bool("tied"),
        mark("own_total").or_none(),
    ],
    &["panel", "unit"],
);

/// Scores of the indicators in the results, not rounded.
pub static RESULT_SCORE: Table = of_part(
    "result_score",
    &[text("panel"), text("unit"), text("indicator"), quotient("score")],
    &["panel", "unit", "indicator"],
);

/// What to look at before a result stands.
pub static FLAG: Table = of_part(
    "flag",
    &[text("panel"), text("unit"), whole("number"), text("code"), text("zh"), text("en")],
    &["panel", "unit", "number"],
);

/// Agreement between the members.
pub static AGREEMENT: Table = of_part(
    "agreement",
    &[text("panel"), text("measure"), mark("value").or_none(), whole("units")],
    &["panel", "measure"],
);

/// What people decided: marks that panels agreed on, and conflicts.
pub static DECISION: Table = of_part(
    "decision",
    &[
        text("decision"),
        text("kind"),
        text("panel").or_none(),
        text("unit").or_none(),
        text("place"),
        text("taken").or_none(),
        text("before").or_none(),
        text("given").or_none(),
        text("reason"),
        text("decided_by").or_none(),
        text("organisation").or_none(),
        time("decided_at"),
    ],
    &["decision"],
);

/// All tables, those that others refer to first.
pub static ALL: &[&Table] = &[
    &LABEL,
    &RUBRIC,
    &INDICATOR,
    &POINT,
    &UNIT,
    &ASSESSOR,
    &ASSESSMENT,
    &SHEET,
    &MARK,
    &STEP,
    &SCORE,
    &CATEGORY_SCORE,
    &ADJUSTMENT,
    &CONDITION,
    &JUDGEMENT,
    &STANDING,
    &SIGNATURE,
    &PACKAGE,
    &EVIDENCE,
    &EVIDENCE_POINT,
    &PANEL,
    &PANEL_MEMBER,
    &RECUSAL,
    &PANEL_SHEET,
    &PANEL_CELL,
    &CALCULATION,
    &CALCULATION_MARK,
    &RESULT,
    &RESULT_SCORE,
    &FLAG,
    &AGREEMENT,
    &DECISION,
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_key_is_made_of_columns_and_no_name_is_there_twice() {
        let mut names = BTreeSet::new();
        for table in ALL {
            assert!(names.insert(table.name), "{} twice", table.name);
            let columns: Vec<&str> = table.all_columns().map(|column| column.name).collect();
            assert_eq!(columns.iter().collect::<BTreeSet<_>>().len(), columns.len(), "{}", table.name);
            for key in table.full_key() {
                let column = table.all_columns().find(|column| column.name == key);
                assert!(column.is_some_and(|column| !column.optional), "{}.{key}", table.name);
            }
        }
    }

    #[test]
    fn the_documentation_names_every_table_and_column() {
        let text = include_str!("../../../docs/formats/data.md");
        for table in ALL {
            let line = format!("| `{}` |", table.name);
            let row = text.lines().find(|row| row.starts_with(&line));
            let row = row.unwrap_or_else(|| panic!("docs/formats/data.md does not describe {}", table.name));
            for column in table.columns {
                assert!(row.contains(&format!("`{}`", column.name)), "{}.{}", table.name, column.name);
            }
        }
    }
}
