//! Titles over several lines: broken between words only, as a trapezoid or a diamond (附件5: 回行时，要做到词意完整，
//! 排列对称，长短适宜，间距恰当，标题排列应当使用梯形或菱形).

use icu_segmenter::{WordSegmenter, options::WordBreakInvariantOptions};

/// Marks that never begin a line, and words that belong to what stands before them.
const NEVER_FIRST: &str = "，。、；：？！”’》〉）】〕」』—…·％%的和与及等了";
/// Terms of the field that the dictionary takes apart.
const TERMS: &[&str] = &[
    "社会主义",
    "开放大学",
    "广播电视大学",
    "立德树人",
    "德智体美劳",
    "打分表",
    "自评表",
    "自评报告",
    "评估报告",
    "指标体系",
    "指标任务",
    "任务综述",
    "任务分解",
    "进度安排",
    "支撑材料",
    "评分明细",
    "评分方法",
    "基本要求",
    "管理体系",
    "安全生产",
    "标准化",
    "符合性",
    "终身教育",
    "服务平台",
    "互联网",
    "办学评估",
    "档案材料",
    "评估工作",
    "信息化",
    "数字化",
    "自评情况",
    "整改方案",
    "实施方案",
    "问题清单",
    "分校",
    "学习中心",
];
/// What ends a name and stays with it: 山西分部.
const SUFFIXES: &[&str] = &["分部", "分校", "大学", "学院", "学校", "中心", "公司", "集团", "基地", "委员会", "协会"];
/// Marks that never end a line.
const NEVER_LAST: &str = "“‘《〈（【〔「『";
/// More lines than this are broken where they are full.
const MOST_LINES: usize = 4;

/// The lines of a title when a line has room for `cells` full-width characters. A line feed in the title is kept as it
/// is: then a person decided.
#[must_use]
pub fn title_lines(title: &str, cells: f64) -> Vec<String> {
    if title.contains('\n') {
        return title.lines().map(str::to_owned).collect();
    }
    let words = words(title);
    let widths: Vec<f64> = words.iter().map(|word| width(word)).collect();
    let total: f64 = widths.iter().sum();
    if total <= cells {
        return vec![title.to_owned()];
    }
    let ends = (2..=MOST_LINES).find_map(|lines| best(&widths, lines, cells));
    join(&words, &ends.unwrap_or_else(|| full(&widths, cells)))
}

/// Lines as full as they get, for a title of more lines than have a shape.
fn full(widths: &[f64], cells: f64) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut used = 0.0;
    for (index, width) in widths.iter().enumerate() {
        if used > 0.0 && used + width > cells {
            ends.push(index);
            used = 0.0;
        }
        used += width;
    }
    ends.push(widths.len());
    ends
}

/// Width in full-width characters.
fn width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
}

/// The pieces between which a line may end.
fn words(title: &str) -> Vec<String> {
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let kept: Vec<_> = TERMS.iter().flat_map(|term| title.match_indices(term)).collect();
    let inside = |end: usize| kept.iter().any(|(at, term)| *at < end && end < at + term.len());
    let ends: Vec<usize> = segmenter.segment_str(title).filter(|end| !inside(*end)).collect();
    let mut words: Vec<String> = Vec::new();
    for pair in ends.windows(2) {
        let word = &title[pair[0]..pair[1]];
        let glued = word.starts_with(|c| NEVER_FIRST.contains(c))
            || SUFFIXES.iter().any(|suffix| word.starts_with(suffix))
            || words.last().is_some_and(|last| last.ends_with(|c| NEVER_LAST.contains(c)));
        match words.last_mut() {
            Some(last) if glued => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
    }
    words
}

fn join(words: &[String], ends: &[usize]) -> Vec<String> {
    let mut start = 0;
    let mut lines = Vec::new();
    for end in ends {
        lines.push(words[start..*end].concat());
        start = *end;
    }
    lines
}

/// The best way to break into `lines` lines: where each ends, counted in words; none when it does not fit.
fn best(widths: &[f64], lines: usize, cells: f64) -> Option<Vec<usize>> {
    let mut found: Option<(f64, Vec<usize>)> = None;
    let mut ends = Vec::new();
    search(widths, lines, cells, &mut ends, &mut found);
    found.map(|(_, ends)| ends)
}

fn search(widths: &[f64], lines: usize, cells: f64, ends: &mut Vec<usize>, found: &mut Option<(f64, Vec<usize>)>) {
    let start = ends.last().copied().unwrap_or(0);
    let left = lines - ends.len();
    if left == 0 {
        if start == widths.len() {
            let worth = cost(&line_widths(widths, ends));
            if found.as_ref().is_none_or(|(least, _)| worth < *least) {
                *found = Some((worth, ends.clone()));
            }
        }
        return;
    }
    let mut used = 0.0;
    for end in start + 1..=widths.len() {
        used += widths[end - 1];
        if used > cells {
            break;
        }
        // What is left must fit the lines that are left.
        if widths[end..].iter().sum::<f64>() > cells * (left - 1) as f64 {
            continue;
        }
        ends.push(end);
        search(widths, lines, cells, ends, found);
        ends.pop();
    }
}

fn line_widths(widths: &[f64], ends: &[usize]) -> Vec<f64> {
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(ends).map(|(start, end)| widths[start..*end].iter().sum()).collect()
}

/// How far the lines are from a good shape: neighbours differ by two characters or so, and the lengths grow, shrink, or
/// grow and then shrink.
fn cost(lines: &[f64]) -> f64 {
    const STEP: f64 = 2.5;
    const NO_SHAPE: f64 = 1000.0;
    let steps: Vec<f64> = lines.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let uneven: f64 = steps.iter().map(|step| (step.abs() - STEP).powi(2)).sum();
    // Short, long, short is a diamond; long, short, long is an hourglass.
    let shaped = !steps.windows(2).any(|pair| pair[0] < 0.0 && pair[1] > 0.0);
    uneven + if shaped { 0.0 } else { NO_SHAPE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_break_between_words_as_a_trapezoid_or_a_diamond() {
        let cases: &[(&str, f64, &[&str])] = &[
            ("自评报告", 19.0, &["自评报告"]),
            ("国家开放大学山西分部办学评估自评打分表", 19.0, &["国家开放大学山西分部办学评估自评打分表"]),
            ("某某广播电视大学\n自评报告", 19.0, &["某某广播电视大学", "自评报告"]),
            ("国家开放大学山西分部办学评估自评评分明细", 19.0, &["国家开放大学山西分部", "办学评估自评评分明细"]),
        ];
        for (title, cells, expected) in cases {
            assert_eq!(title_lines(title, *cells), *expected);
        }
    }

    #[test]
    fn a_title_without_end_is_broken_between_words_and_soon() {
        let title = "国家开放大学办学评估自评报告".repeat(40);
        let lines = title_lines(&title, 19.0);
        assert_eq!(lines.concat(), title);
        assert!(lines.iter().all(|line| width(line) <= 19.0 && !line.starts_with("大学")), "{lines:?}");
    }

    #[test]
    fn long_titles_keep_their_words_and_every_character() {
        let titles = [
            "山西开放大学并州分校关于国家开放大学办学评估工作自评情况的报告",
            "煤矿安全生产标准化管理体系基本要求及评分方法自评打分表",
            "全面加强党的领导，坚持社会主义办学方向，落实立德树人根本任务，培养德智体美劳全面发展的社会主义建设者和接班人指标任务综述",
            "GB/T 38856—2020“互联网+”终身教育服务平台符合性评估报告",
        ];
        for title in titles {
            let lines = title_lines(title, 19.0);
            assert_eq!(lines.concat(), title);
            assert!(lines.len() > 1 && lines.iter().all(|line| width(line) <= 19.0), "{lines:?}");
            let widths: Vec<f64> = lines.iter().map(|line| width(line)).collect();
            assert!(cost(&widths) < 1000.0, "no shape: {lines:?}");
            let whole = ["开放大学", "评估", "自评", "安全", "管理", "领导", "社会主义", "指标", "平台", "服务"];
            for word in whole.iter().filter(|word| title.contains(**word)) {
                let kept: usize = lines.iter().map(|line| line.matches(word).count()).sum();
                assert_eq!(kept, title.matches(word).count(), "{word} is cut in {lines:?}");
            }
        }
    }
}
