//! Where a file belongs, by the codes in its path: a table of names as people give them.

#![allow(clippy::unwrap_used)]

use assessment::distribute::{Codes, Placement, Reading};
use rubric::Rubric;

fn codes(rubric: &str) -> Codes {
    Codes::of(&Rubric::read(rubric).unwrap())
}

fn oucsx() -> Codes {
    codes(include_str!("../../../rubrics/oucsx-2021.toml"))
}

fn coal() -> Codes {
    codes(include_str!("../../../rubrics/coal-2021.toml"))
}

/// Path without the file's ending, as it is walked.
fn place(codes: &Codes, path: &str, dropped: Option<&str>) -> Placement {
    let names: Vec<&str> = path.split('/').collect();
    codes.place(&names, dropped)
}

#[test]
fn codes_are_read_in_every_spelling() {
    let cases = [
        ("4.5.3-2", "4.5.3-2"),
        ("4.5.3-2 考务培训", "4.5.3-2"),
        ("4.5.3-2考务培训签到表", "4.5.3-2"),
        ("4.5.3（2）", "4.5.3-2"),
        ("4.5.3(2)培训", "4.5.3-2"),
        ("4.5.3 （2） 培训", "4.5.3-2"),
        ("4.5.3【2】", "4.5.3-2"),
        ("４.５.３－２ 培训", "4.5.3-2"),
        ("４．５．３（２）培训", "4.5.3-2"),
        ("4。5。3—2", "4.5.3-2"),
        ("453-2", "4.5.3-2"),
        ("4.5.3-2/453", "4.5.3-2"),
        ("453-2培训", "4.5.3-2"),
        ("４５３（２）", "4.5.3-2"),
        ("4-5-3-2", "4.5.3-2"),
        ("4_5_3_2", "4.5.3-2"),
        ("4.5.3.2 培训", "4.5.3-2"),
        ("4.5.3_2", "4.5.3-2"),
        ("4.5.3观测点2", "4.5.3-2"),
        ("指标4.5.3-2 通知", "4.5.3-2"),
        ("【4.5.3-2】通知", "4.5.3-2"),
        ("附件4.5.3-2", "4.5.3-2"),
        ("2021-4.5.3-2 通知", "4.5.3-2"),
        ("4.5.3/（2）业务培训/签到表", "4.5.3-2"),
        ("4.5.3/2/签到表", "4.5.3-2"),
        ("4.5.3 考试管理/观测点2/签到表", "4.5.3-2"),
        ("4.5.3-2 培训/2021通知", "4.5.3-2"),
        ("453-2/培训", "4.5.3-2"),
        ("4 教学/4.5 考试/4.5.3 考试管理/4.5.3-2 培训", "4.5.3-2"),
        ("4/4.5/4.5.3/4.5.3-2", "4.5.3-2"),
        ("材料/4.5.3-2/4.5.3 终结性考试通知", "4.5.3-2"),
        ("4.5.3-2 关于3.1.1精神的学习", "4.5.3-2"),
        ("4.5.3-2/关于3.1.1精神的学习", "4.5.3-2"),
        ("4.5.3-2 2021年9月1日检查", "4.5.3-2"),
        ("4.5.3-2/2021.12.31 总结", "4.5.3-2"),
        ("并州分校（4.5.3-2）培训", "4.5.3-2"),
    ];
    let codes = oucsx();
    for (path, point) in cases {
        let placed = place(&codes, path, None);
        assert_eq!((placed.points.as_slice(), placed.reading), (&[point.to_owned()][..], Reading::Named), "{path}");
    }
}

#[test]
fn codes_with_letters_are_read() {
    let codes = coal();
    for (path, point) in [
        ("A2-1", "A2-1"),
        ("a2-1 制度", "A2-1"),
        ("Ａ２－１制度", "A2-1"),
        ("A2.1 制度", "A2-1"),
        ("A2（1）制度", "A2-1"),
        ("A2/（1）制度", "A2-1"),
        ("A/A2/A2-1 制度", "A2-1"),
        ("B2-3 账号", "B2-3"),
        ("D1-1/照片", "D1-1"),
    ] {
        let placed = place(&codes, path, None);
        assert_eq!((placed.points.as_slice(), placed.reading), (&[point.to_owned()][..], Reading::Named), "{path}");
    }
}

#[test]
fn several_codes_in_a_row_are_several_points() {
    let codes = oucsx();
    for path in ["4.5.3-1、4.5.3-2 通知", "4.5.3-1和4.5.3-2", "4.5.3（1）、4.5.3（2）通知", "4.5.3-2 4.5.3-1"]
    {
        let placed = place(&codes, path, None);
        assert_eq!(
            (placed.points, placed.reading),
            (vec!["4.5.3-1".into(), "4.5.3-2".into()], Reading::Named),
            "{path}"
        );
    }
}

#[test]
fn what_is_not_clear_is_left_to_the_person() {
    let codes = oucsx();
    for (path, reading, choices) in [
        ("4.5.3 教学检查/2021通知", Reading::Indicator, 5),
        ("4.5.3", Reading::Indicator, 5),
        ("453 教学检查", Reading::Indicator, 5),
        ("4-5-3/1.通知", Reading::Indicator, 5),
        ("4.5.3-2021年检查", Reading::Indicator, 5),
        ("4.5.3 2份", Reading::Indicator, 5),
        ("4.5.3-9 通知", Reading::Unknown, 5),
        ("4.5.3（9）通知", Reading::Unknown, 5),
        ("9.9.9 通知", Reading::Unknown, 0),
        ("9.9.9-1", Reading::Unknown, 0),
        ("4.5.3-2/4.5.3-1 通知", Reading::Contradicting, 2),
        ("4.5.3-2/4.5.4-1 通知", Reading::Contradicting, 2),
        ("会议纪要（4.5.3-2）和（4.5.4-1）", Reading::Contradicting, 2),
        ("2021通知", Reading::Nothing, 0),
        ("2021.09 通知", Reading::Nothing, 0),
        ("2021-9-1 会议", Reading::Nothing, 0),
        ("2021.4.5 清明", Reading::Nothing, 0),
        ("IMG_20211231_0453", Reading::Nothing, 0),
        ("453", Reading::Nothing, 0),
        ("IMG_453", Reading::Nothing, 0),
        ("第453份", Reading::Nothing, 0),
        ("453/001", Reading::Indicator, 5),
        ("v4.5.3 说明", Reading::Nothing, 0),
        ("1.4.5.3-2", Reading::Unknown, 0),
        ("增长3.1倍", Reading::Nothing, 0),
        ("晋开大教〔2021〕31号", Reading::Nothing, 0),
        ("4.5.3a", Reading::Indicator, 12),
        ("照片", Reading::Nothing, 0),
        ("", Reading::Nothing, 0),
    ] {
        let placed = place(&codes, path, None);
        assert_eq!((placed.reading, placed.candidates.len()), (reading, choices), "{path}: {placed:?}");
        assert!(placed.points.is_empty(), "{path}");
    }
}

#[test]
fn a_place_that_was_dropped_on_is_kept_unless_names_say_otherwise() {
    let codes = oucsx();
    for (path, dropped, reading, points, choices) in [
        ("通知", "4.5.3-2", Reading::Dropped, 1, 0),
        ("4.5.3 通知", "4.5.3-2", Reading::Named, 1, 0),
        ("4.5.3-2 通知", "4.5.3-2", Reading::Named, 1, 0),
        ("4.5.3-1 通知", "4.5.3-2", Reading::Contradicting, 0, 2),
        ("通知", "4.5.3", Reading::Indicator, 0, 5),
        ("4.5.3-1 通知", "4.5.3", Reading::Named, 1, 0),
        ("4.5.3-1 通知", "4.5", Reading::Named, 1, 0),
        ("4.5.4 通知", "4.5.3-1", Reading::Contradicting, 0, 4),
    ] {
        let placed = place(&codes, path, Some(dropped));
        assert_eq!(
            (placed.reading, placed.points.len(), placed.candidates.len()),
            (reading, points, choices),
            "{path} on {dropped}: {placed:?}"
        );
    }
}

/// Every code of every rubric, as printed and in full width, alone and with a text behind it, finds its own point.
#[test]
fn every_point_of_every_rubric_is_found_by_its_code() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rubrics");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    for file in files.filter(|path| path.extension().is_some_and(|ending| ending == "toml")) {
        let rubric = Rubric::read(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let codes = Codes::of(&rubric);
        for (indicator, point) in rubric.points() {
            let wide: String = point.code.chars().map(|c| if c == '-' { '－' } else { c }).collect();
            for name in [point.code.clone(), format!("{} 材料", point.code), format!("{wide}材料")] {
                let path = format!("{}/{name}", indicator.code);
                let placed = place(&codes, &path, None);
                assert_eq!(placed.points, std::slice::from_ref(&point.code), "{}: {path}", rubric.id);
            }
        }
    }
}
