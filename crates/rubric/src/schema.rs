//! The rubric file as a JSON Schema, for editors and other programs. What a schema cannot say (sums, references,
//! reachable marks) is checked by [`crate::Rubric::read`].

use crate::model::{Base, Basis, Modality, ReadingStatus, Rounding, Scope, Shape, Side};
use serde_json::{Map, Value, json};
use strum::VariantNames;

/// A key with what its value must be.
type Key = (&'static str, Value);

/// The schema of a rubric file (TOML read as JSON), draft 2020-12.
#[must_use]
pub fn schema() -> Value {
    let mut file = object(
        vec![
            ("format", json!({ "const": 1 })),
            ("id", text("Stable identifier, such as oucsx-2021.")),
            ("edition", text("Edition.")),
            ("title", text("Title as printed.")),
            ("title_en", text("Title in English.")),
            ("total", number("Full marks: the sum of the level-1 indicators.")),
            ("step", number("Every mark is a multiple of this; above 0.")),
            ("source", source()),
            ("indicator", list(indicator())),
        ],
        vec![
            ("shape", word(Shape::VARIANTS)),
            ("step_sentence", text("The sentence that sets the step.")),
            ("note", list(note())),
            ("reading", list(reading())),
            ("grade", list(grade())),
            ("grade_condition", list(grade_condition())),
            ("veto", list(veto())),
            ("period", period()),
            ("local", local()),
            ("parent", parent()),
            ("category", list(category())),
            ("quantity", list(quantity())),
            ("conversion", list(conversion())),
            ("adjustment", list(adjustment())),
        ],
    );
    file["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    file["title"] = json!("衡鉴 指标体系文件 / Hengjian rubric file, format 1");
    file["$defs"] = json!({ "part": part(), "limit": limit() });
    file
}

/// An object with these keys and no others.
fn object(required: Vec<Key>, optional: Vec<Key>) -> Value {
    let names: Vec<&str> = required.iter().map(|(name, _)| *name).collect();
    let properties: Map<String, Value> =
        required.iter().chain(&optional).map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    json!({ "type": "object", "required": names, "properties": properties, "additionalProperties": false })
}

fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn number(description: &str) -> Value {
    json!({ "type": "number", "minimum": 0, "exclusiveMaximum": 1_000_000_000, "description": description })
}

fn flag(description: &str) -> Value {
    json!({ "type": "boolean", "description": description })
}

fn texts(description: &str) -> Value {
    json!({ "type": "array", "items": { "type": "string" }, "description": description })
}

fn word(words: &[&str]) -> Value {
    json!({ "enum": words })
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn sentence() -> Key {
    ("sentence", text("The sentence of the source that says so."))
}

fn source() -> Value {
    object(
        vec![("document", text("Title of the document."))],
        vec![
            ("issuer", text("Who issued it.")),
            ("number", text("文号")),
            ("date", text("As printed.")),
            ("parts", texts("The parts used.")),
        ],
    )
}

fn note() -> Value {
    let required = vec![("number", text("As printed.")), ("text", text("As printed."))];
    object(required, vec![("printed_in", texts("Parts of the source.")), ("on_sheet", flag("Printed on the sheet."))])
}

fn reading() -> Value {
    let required = vec![
        ("id", text("Such as O7.")),
        ("status", word(ReadingStatus::VARIANTS)),
        ("text", text("What was read, and why.")),
    ];
    object(required, vec![("codes", texts("What it concerns."))])
}

fn grade() -> Value {
    let required = vec![
        ("name", text("As printed.")),
        ("name_en", text("In English.")),
        ("at_least", number("Lowest total.")),
        sentence(),
    ];
    object(required, vec![])
}

fn grade_condition() -> Value {
    let required = vec![
        ("kind", word(&["few_below"])),
        ("level", json!({ "enum": [1, 2, 3] })),
        ("below", number("Percent, strictly below.")),
        ("fewer_than", json!({ "type": "integer", "minimum": 1 })),
        ("otherwise", text("The grade when it is not met.")),
        sentence(),
    ];
    object(required, vec![("grades", texts("The grades that need it."))])
}

fn veto() -> Value {
    let required = vec![
        ("indicator", text("Its code.")),
        ("below", number("Percent, strictly below.")),
        ("conclusion", text("The grade that results.")),
        sentence(),
    ];
    object(required, vec![])
}

fn local() -> Value {
    object(vec![sentence()], vec![("grades", flag("分数梯度")), ("weights", flag("指标分数权重"))])
}

fn period() -> Value {
    let years = json!({ "type": "integer", "minimum": 0, "description": "Whole years before that of the assessment." });
    object(vec![("years", years), sentence()], vec![])
}

fn parent() -> Value {
    object(vec![("id", text("")), ("edition", text("")), ("digest", text("SHA-256 of the parent's file."))], vec![])
}

fn category() -> Value {
    let required =
        vec![("name", text("As printed.")), ("name_en", text("In English.")), ("max", number("Full marks."))];
    object(required, vec![])
}

fn quantity() -> Value {
    let required = vec![("name", text("As formulas refer to it.")), ("unit", text(""))];
    let optional = vec![
        ("whole", flag("Whole numbers only.")),
        ("note", text("What it covers.")),
        ("reading", text("The reading that it rests on.")),
        ("formula", text("How it follows from other quantities.")),
    ];
    object(required, optional)
}

fn conversion() -> Value {
    let step = object(vec![("value", number(""))], vec![("at_most", number("Highest quantity that it covers."))]);
    let required = vec![
        ("name", text("Name of the value.")),
        ("of", text("The quantity.")),
        ("unit", text("Unit of the value.")),
        sentence(),
        ("steps", list(step)),
    ];
    object(required, vec![("codes", texts("Points where it is used."))])
}

fn limits() -> Key {
    ("limit", list(json!({ "$ref": "#/$defs/limit" })))
}

fn parts() -> Value {
    list(json!({ "$ref": "#/$defs/part" }))
}

fn adjustment() -> Value {
    let required =
        vec![("code", text("")), ("section", text("Heading.")), ("title", text("")), ("text", text("As printed."))];
    let optional = vec![
        ("note", text("")),
        ("category", text("指标类型 as printed.")),
        ("method", text("评价方法")),
        ("acts_on", text("The category whose total it changes.")),
        ("reason", flag("An amount other than 0 needs a reason.")),
        ("parts", parts()),
        limits(),
    ];
    object(required, optional)
}

fn indicator() -> Value {
    let required = vec![
        ("level", json!({ "enum": [1, 2, 3] })),
        ("code", text("The source's own numbering.")),
        ("title", text("Without number and marks.")),
        ("text", text("As printed.")),
        ("max", number("Full marks.")),
    ];
    let optional = vec![
        ("note", text("注")),
        ("lead", texts("牵头部门")),
        ("assisting", texts("配合部门")),
        ("departments", texts("负责部门")),
        ("collection", text("What to collect.")),
        ("guidance", text("说明")),
        ("point", list(point())),
        limits(),
    ];
    object(required, optional)
}

fn point() -> Value {
    let required = vec![
        ("code", text("Stable code.")),
        ("title", text("")),
        ("text", text("As printed.")),
        ("max", number("Full marks.")),
        ("parts", parts()),
    ];
    let optional = vec![
        ("note", text("注")),
        ("category", text("指标类型")),
        ("method", text("评价方法")),
        ("base", word(Base::VARIANTS)),
        limits(),
    ];
    object(required, optional)
}

fn limit() -> Value {
    let of = |effect: &str, mut more: Vec<Key>, optional: Vec<Key>| {
        let mut required = vec![
            ("code", text("Stable.")),
            ("title", text("")),
            ("text", text("As printed.")),
            ("effect", word(&[effect])),
        ];
        required.append(&mut more);
        let common = vec![("note", text("注")), ("reading", text("")), ("when", text("A condition over quantities."))];
        object(required, common.into_iter().chain(optional).collect())
    };
    json!({ "oneOf": [
        of("zero", vec![], vec![]),
        of("cap", vec![("cap", number("At most this."))], vec![]),
        of("veto", vec![("conclusion", text("Replaces the grade."))], vec![("scope", word(Scope::VARIANTS))]),
    ] })
}

fn part() -> Value {
    let of = |kind: &str, mut more: Vec<Key>, optional: Vec<Key>| {
        let mut required = vec![("kind", word(&[kind]))];
        required.append(&mut more);
        let common = vec![
            ("sentence", text("The sentence; left out: the point's text.")),
            ("takes", flag("It takes marks away.")),
            ("reading", text("The reading that it rests on.")),
        ];
        object(required, common.into_iter().chain(optional).collect())
    };
    let amount = || number("Marks.");
    json!({ "oneOf": [
        of("award", vec![("basis", word(Basis::VARIANTS))], vec![("from", amount()), ("to", amount())]),
        of("check", vec![], vec![("amount", amount())]),
        of("count", vec![("amount", amount())], vec![
            ("items", texts("What is counted.")),
            ("open", flag("Others may be counted too.")),
            ("unit", text("")),
        ]),
        of("range", vec![("from", amount()), ("to", amount())], vec![]),
        of("measure", measure_keys(), vec![
            ("unit", text("Unit of the value.")),
            ("side", word(Side::VARIANTS)),
            ("award", amount()),
            ("partial_step", word(&["ignore", "count", "prorate"])),
            ("rounding", word(Rounding::VARIANTS)),
        ]),
        of("band", vec![("bands", list(band()))], vec![
            ("suggests", flag("The conditions only propose a band.")),
            ("gap", text("The reading that refuses marks between bands.")),
        ]),
        of("entries", vec![("items", list(entry_item()))], vec![("each_most", amount()), ("most", amount())]),
        of("conform", vec![("modality", word(Modality::VARIANTS))], vec![]),
    ] })
}

fn measure_keys() -> Vec<Key> {
    vec![
        ("of", text("A formula.")),
        ("line", number("")),
        ("every", number("Size of a step.")),
        ("amount", number("Marks for a step.")),
    ]
}

fn band() -> Value {
    let required = vec![("from", number("Lowest mark.")), ("to", number("Highest mark.")), sentence()];
    object(required, vec![("when", text("The condition that chooses it."))])
}

fn entry_item() -> Value {
    object(vec![("name", text(""))], vec![("coefficient", number("1 when left out."))])
}
