//! Where files belong, read from the codes in their names and in those of their folders (按编号分发).
//!
//! A code may be written as the rubric prints it or as people write it in names of files: `4.5.3-2`, `4.5.3（2）`,
//! `4-5-3-2`, `453-2`, in digits of any width. Nothing is guessed: what contradicts itself, names an indicator with
//! several points or a code that the rubric does not have is left to the person, with the points to choose from.

use rubric::Rubric;
use std::collections::{BTreeMap, BTreeSet};

/// What a place was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A code in the names.
    Named,
    /// No code; the place that it was dropped on.
    Dropped,
    /// An indicator with several points.
    Indicator,
    /// Codes that do not fit together, or not the place that it was dropped on.
    Contradicting,
    /// Something like a code that the rubric does not have.
    Unknown,
    /// Nothing.
    Nothing,
}

/// Where a file belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Codes of its points; empty when a person has to choose.
    pub points: Vec<String>,
    /// What it was read from.
    pub reading: Reading,
    /// The code as it stands in the name; empty where there is none.
    pub read: String,
    /// Codes of the points to choose from; empty when any will do.
    pub candidates: Vec<String>,
}

/// The codes of a rubric, ready to be found in names.
#[derive(Debug)]
pub struct Codes {
    places: Vec<Place>,
    /// Places by the first piece of their code, in both spellings.
    by_start: BTreeMap<String, Vec<usize>>,
}

/// An indicator or a point.
#[derive(Debug)]
struct Place {
    code: String,
    /// Pieces of the indicator's code: runs of digits or of letters.
    head: Vec<String>,
    /// Pieces of what follows in a point's code.
    tail: Vec<String>,
    /// The points: its own, or those below the indicator.
    points: Vec<String>,
    is_point: bool,
}

/// A run of digits or of Latin letters in a name.
struct Piece {
    text: String,
    start: usize,
    end: usize,
}

/// A name with every sign in one spelling, sign by sign as long as the original.
struct Name {
    original: Vec<char>,
    plain: Vec<char>,
    pieces: Vec<Piece>,
    /// Whether it is the name of a folder.
    folder: bool,
}

/// A code that was found in a name.
#[derive(Clone)]
struct Hit {
    place: usize,
    start: usize,
    end: usize,
}

/// What a name says.
#[derive(Default)]
struct Said {
    places: Vec<usize>,
    read: String,
    /// A code that the rubric does not have.
    unknown: Option<String>,
    /// The number of a point of the indicator that stands above.
    relative: Option<String>,
}

/// What the names read so far come to.
#[derive(Default)]
struct Context {
    places: Vec<usize>,
    read: String,
    clash: BTreeSet<String>,
    unknown: Option<String>,
}

impl Codes {
    /// The codes of a rubric's indicators and points.
    #[must_use]
    pub fn of(rubric: &Rubric) -> Self {
        let mut places = Vec::new();
        for (at, indicator) in rubric.indicators.iter().enumerate() {
            let head = pieces(&plain(&indicator.code));
            let above = |mut index: usize| loop {
                if index == at {
                    return true;
                }
                match rubric.indicators[index].parent {
                    Some(parent) => index = parent,
                    None => return false,
                }
            };
            let below = rubric.indicators.iter().enumerate().filter(|(index, _)| above(*index));
            let points = below.flat_map(|(_, i)| i.points.iter().map(|point| point.code.clone())).collect();
            let texts: Vec<String> = head.iter().map(|piece| piece.text.clone()).collect();
            places.push(Place {
                code: indicator.code.clone(),
                head: texts.clone(),
                tail: vec![],
                points,
                is_point: false,
            });
            for point in indicator.points.iter().filter(|point| point.code != indicator.code) {
                let all: Vec<String> = pieces(&plain(&point.code)).into_iter().map(|piece| piece.text).collect();
                let inner = all.strip_prefix(texts.as_slice()).map(<[String]>::to_vec);
                let head = if inner.is_some() { texts.clone() } else { all };
                let (code, points) = (point.code.clone(), vec![point.code.clone()]);
                places.push(Place { code, head, tail: inner.unwrap_or_default(), points, is_point: true });
            }
        }
        let mut by_start: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, place) in places.iter().enumerate() {
            let starts = place.head.first().cloned().into_iter().chain(place.joined_head());
            starts.for_each(|start| by_start.entry(start).or_default().push(index));
        }
        Self { places, by_start }
    }

    /// Where a file belongs whose folders and name are given from the outermost on, the name without its ending; and
    /// `dropped`, the code of the indicator or point that it was dropped on.
    #[must_use]
    pub fn place(&self, names: &[&str], dropped: Option<&str>) -> Placement {
        let last = names.len().saturating_sub(1);
        let names: Vec<Name> = (0..).zip(names).map(|(at, name)| Name::read(name, at < last)).collect();
        let dropped = dropped.and_then(|code| self.places.iter().position(|place| place.code == code));
        let mut context = Context::default();
        for name in &names {
            let said = self.said(name);
            self.add(&mut context, said);
        }
        if context.places.is_empty() && context.clash.is_empty() && context.unknown.is_none() {
            // Passing mentions and the bare numbers of top indicators count only where nothing else is said.
            for name in &names {
                let said = self.weakly_said(name);
                if said.places.len() > 1 {
                    context
                        .clash
                        .extend(said.places.iter().flat_map(|place| self.places[*place].points.iter().cloned()));
                }
                self.add(&mut context, said);
            }
        }
        self.decide(context, dropped)
    }

    fn decide(&self, context: Context, dropped: Option<usize>) -> Placement {
        let of = |places: &[usize]| -> BTreeSet<String> {
            places.iter().flat_map(|place| self.places[*place].points.iter().cloned()).collect()
        };
        let mut named = of(&context.places);
        let given = dropped.map(|place| of(&[place])).unwrap_or_default();
        let read = context.read;
        let open = |reading, candidates: &BTreeSet<String>, read: String| Placement {
            points: Vec::new(),
            reading,
            read,
            candidates: self.ordered(candidates),
        };
        if !context.clash.is_empty() {
            return open(Reading::Contradicting, &context.clash, read);
        }
        if let Some(unknown) = context.unknown {
            let near = if named.is_empty() { given } else { named };
            return open(Reading::Unknown, &near, unknown);
        }
        if !given.is_empty() && !named.is_empty() {
            let both: BTreeSet<String> = named.intersection(&given).cloned().collect();
            if both.is_empty() || (self.all_points(&context.places) && both != named) {
                return open(Reading::Contradicting, &named.union(&given).cloned().collect(), read);
            }
            named = both;
        }
        let (points, reading) = if named.is_empty() { (given, Reading::Dropped) } else { (named, Reading::Named) };
        match points.len() {
            0 => open(Reading::Nothing, &points, read),
            1 => Placement { points: self.ordered(&points), reading, read, candidates: Vec::new() },
            _ if reading == Reading::Named && self.all_points(&context.places) => {
                Placement { points: self.ordered(&points), reading, read, candidates: Vec::new() }
            }
            _ => open(Reading::Indicator, &points, read),
        }
    }

    fn all_points(&self, places: &[usize]) -> bool {
        places.iter().all(|place| self.places[*place].is_point)
    }

    /// Points in the order of the rubric.
    fn ordered(&self, points: &BTreeSet<String>) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let all = self.places.iter().flat_map(|place| &place.points);
        all.filter(|code| points.contains(*code) && seen.insert(*code)).cloned().collect()
    }

    fn under(&self, inner: &[usize], outer: &[usize]) -> bool {
        let within: BTreeSet<&String> = outer.iter().flat_map(|place| &self.places[*place].points).collect();
        inner.iter().all(|place| self.places[*place].points.iter().all(|code| within.contains(code)))
    }

    /// Narrows what is known by what one more name says.
    fn add(&self, context: &mut Context, said: Said) {
        if let Some(number) = said.relative {
            let fits = |place: &Place| {
                let above = context.places.iter().find(|above| !self.places[**above].is_point);
                above.is_some_and(|above| place.is_point && place.head == self.places[*above].head)
                    && place.tail == [number.clone()]
            };
            if let Some(place) = self.places.iter().position(fits) {
                context.read = format!("{} {}", context.read, said.read);
                context.places = vec![place];
            }
            return;
        }
        if said.unknown.is_some() {
            context.unknown = said.unknown;
        }
        if said.places.is_empty() {
            return;
        }
        if context.places.is_empty() || self.under(&said.places, &context.places) {
            (context.places, context.read) = (said.places, said.read);
        } else if !self.under(&context.places, &said.places) {
            let all = context.places.iter().chain(&said.places);
            context.clash.extend(all.flat_map(|place| self.places[*place].points.iter().cloned()));
            context.read = format!("{} / {}", context.read, said.read);
        }
    }

    /// What a name says at its beginning: one code, or several in a row.
    fn said(&self, name: &Name) -> Said {
        if let Some((number, read)) = name.relative() {
            return Said { relative: Some(number), read, ..Said::default() };
        }
        let first = self.hit(name, 0).filter(|hit| self.is_firm(name, hit));
        let Some(first) = first else {
            return Said { unknown: name.unknown_code(), ..Said::default() };
        };
        let mut hits = vec![first];
        while let Some(next) = hits.last().and_then(|last| self.listed_after(name, last)) {
            hits.push(next);
        }
        let end = hits.last().map_or(0, |hit| hit.end);
        let start = name.pieces[hits[0].start].start;
        let mut said = Said { read: name.text(start, name.pieces[end - 1].end), ..Said::default() };
        if let Some(longer) = hits.iter().find_map(|hit| name.longer(hit)) {
            said.unknown = Some(longer);
        }
        let mut seen = BTreeSet::new();
        said.places = hits.into_iter().map(|hit| hit.place).filter(|place| seen.insert(*place)).collect();
        said
    }

    /// The code that follows in a list: `4.5.3-1、4.5.3-2`.
    fn listed_after(&self, name: &Name, hit: &Hit) -> Option<Hit> {
        let between = name.between(hit.end)?;
        let between = between.trim_matches([')', '(']);
        let listed = !between.is_empty() && between.chars().all(|c| "、,;和及与&+/ ".contains(c));
        let next = self.hit(name, hit.end).filter(|_| listed)?;
        (self.is_long(&next)).then_some(next)
    }

    /// What a name says in passing, or by the number of a top indicator alone.
    fn weakly_said(&self, name: &Name) -> Said {
        let hits = (0..name.pieces.len()).filter_map(|at| self.hit(name, at));
        let top = |hit: &Hit| name.folder && hit.start == 0 && hit.end == 1 && name.begins_with(0);
        let kept: Vec<Hit> = hits.filter(|hit| self.is_long(hit) || top(hit)).collect();
        let found: BTreeSet<usize> = kept.iter().map(|hit| hit.place).collect();
        let read = kept.iter().map(|hit| name.text(name.pieces[hit.start].start, name.pieces[hit.end - 1].end));
        Said { read: read.collect::<Vec<_>>().join(" / "), places: found.into_iter().collect(), ..Said::default() }
    }

    /// Whether a code is long enough to be no date and no amount.
    fn is_long(&self, hit: &Hit) -> bool {
        let place = &self.places[hit.place];
        let lettered = place.head.first().is_some_and(|first| first.bytes().all(|b| b.is_ascii_alphabetic()));
        let length = place.head.len() + place.tail.len();
        length >= 3 || (lettered && length >= 2)
    }

    /// Whether a code counts by itself: it is more than one number, and nothing but brackets or a word such as 指标
    /// stands before it.
    fn is_firm(&self, name: &Name, hit: &Hit) -> bool {
        let place = &self.places[hit.place];
        place.head.len() + place.tail.len() >= 2 && name.begins_with(hit.start)
    }

    /// The longest code that begins with a piece of a name.
    fn hit(&self, name: &Name, at: usize) -> Option<Hit> {
        let piece = name.pieces.get(at)?;
        if name.is_continued(at) {
            return None;
        }
        let starting = self.by_start.get(&piece.text)?;
        let hits = starting.iter().filter_map(|place| {
            let end = self.places[*place].matched(name, at)?;
            Some(Hit { place: *place, start: at, end })
        });
        hits.filter(|hit| name.ends_code(hit.end)).max_by_key(|hit| (hit.end, self.places[hit.place].is_point))
    }
}

impl Place {
    /// The digits of a code of three pieces and more without signs between them, as in `453-2`.
    fn joined_head(&self) -> Option<String> {
        let digits = self.head.iter().all(|piece| piece.bytes().all(|b| b.is_ascii_digit()));
        (self.head.len() >= 3 && digits).then(|| self.head.concat())
    }

    /// The piece behind the code, when the code stands at piece `at` of a name.
    fn matched(&self, name: &Name, at: usize) -> Option<usize> {
        let joined = name.may_join(at) && self.joined_head().is_some_and(|joined| name.pieces[at].text == joined);
        let mut end =
            if joined { at + 1 } else { name.run(at, &self.head, |sign| matches!(sign, "" | "." | "-" | "_"))? };
        if let Some((first, rest)) = self.tail.split_first() {
            let sign = name.between(end)?;
            let sign: String = sign.chars().filter(|c| *c != ' ').collect();
            let opens = matches!(sign.as_str(), "-" | "." | "_" | "(" | "#" | "-(" | "观测点" | "观测点(" | "-观测点");
            if !opens || name.pieces.get(end)?.text != *first {
                return None;
            }
            end = name.run_after(end, rest, |sign| matches!(sign, "" | "." | "-"))?;
        }
        Some(end)
    }
}

impl Name {
    fn read(name: &str, folder: bool) -> Self {
        let original: Vec<char> = name.chars().collect();
        let plain = plain(name);
        let pieces = pieces(&plain);
        Self { original, plain, pieces, folder }
    }

    fn text(&self, start: usize, end: usize) -> String {
        let opened = self.plain[start..end].contains(&'(') && self.plain.get(end) == Some(&')');
        self.original[start..end + usize::from(opened)].iter().collect()
    }

    /// What stands between a piece and the one before it.
    fn between(&self, at: usize) -> Option<String> {
        let (before, piece) = (self.pieces.get(at.checked_sub(1)?)?, self.pieces.get(at)?);
        Some(self.plain[before.end..piece.start].iter().collect())
    }

    /// The piece behind a run of pieces that begins at `at`, with fitting signs between them.
    fn run(&self, at: usize, wanted: &[String], fits: impl Fn(&str) -> bool) -> Option<usize> {
        let (first, rest) = wanted.split_first()?;
        (self.pieces.get(at)?.text == *first).then_some(())?;
        self.run_after(at, rest, fits)
    }

    fn run_after(&self, at: usize, rest: &[String], fits: impl Fn(&str) -> bool) -> Option<usize> {
        for (number, text) in (at + 1..).zip(rest) {
            let fitting =
                self.pieces.get(number)?.text == *text && self.between(number).is_some_and(|sign| fits(&sign));
            fitting.then_some(())?;
        }
        Some(at + 1 + rest.len())
    }

    /// Whether a number by itself may be a code without signs: not where cameras and scanners count their files.
    fn may_join(&self, at: usize) -> bool {
        let counted = !self.folder && self.pieces.len() == 1 && self.pieces[at].end == self.plain.len();
        self.begins_with(at) && !counted
    }

    /// Whether a piece goes on with a number or a word before it, as the 4 in `1.4` or in `v4`.
    fn is_continued(&self, at: usize) -> bool {
        let Some(sign) = self.between(at) else { return false };
        let before = &self.pieces[at - 1].text;
        let year = before.len() >= 4 && sign == "-";
        sign.is_empty() || (matches!(sign.as_str(), "." | "-" | "_") && !year && is_digits(before))
    }

    /// Whether a code may end before piece `end`: no letter follows at once, and no unit that makes its last number
    /// an amount or a date.
    fn ends_code(&self, end: usize) -> bool {
        const UNITS: &str = "年月日号期届级周季班人个条次项名份页张件例万亿元倍%％";
        let last = &self.pieces[end - 1];
        match self.plain.get(last.end) {
            None => true,
            Some(next) => !next.is_ascii_alphanumeric() && !UNITS.contains(*next),
        }
    }

    /// The code in full, when a short number follows that would make it a point that there is not: `4.5.3-9`.
    fn longer(&self, hit: &Hit) -> Option<String> {
        let sign = self.between(hit.end)?;
        let piece = &self.pieces[hit.end];
        let bracketed = sign == "(" && self.plain.get(piece.end) == Some(&')');
        let goes_on = matches!(sign.as_str(), "-" | ".") || bracketed;
        let short = is_digits(&piece.text) && piece.text.len() <= 2 && self.ends_code(hit.end + 1);
        (goes_on && short).then(|| self.text(self.pieces[hit.start].start, piece.end))
    }

    /// What looks like a code of three numbers at the beginning and is none of the rubric.
    fn unknown_code(&self) -> Option<String> {
        let short = |piece: &Piece| is_digits(&piece.text) && piece.text.len() <= 2;
        let dotted = |at: usize| self.between(at).is_some_and(|sign| matches!(sign.as_str(), "." | "-"));
        let three = self.pieces.len() >= 3 && self.pieces[..3].iter().all(short) && dotted(1) && dotted(2);
        let printed = three && self.between(1).as_deref() == Some(".") && self.between(2).as_deref() == Some(".");
        if !printed || !self.begins_with(0) || !self.ends_code(3) {
            return None;
        }
        let end = if dotted(3) && self.pieces.get(3).is_some_and(short) { 4 } else { 3 };
        Some(self.text(self.pieces[0].start, self.pieces[end - 1].end))
    }

    /// Whether nothing stands before a piece but signs and words that lead to a code.
    fn begins_with(&self, at: usize) -> bool {
        let before: String = self.plain[..self.pieces[at].start].iter().collect();
        let lead = before.trim_matches([' ', '(', '#', '第', '-', '_']);
        matches!(lead, "" | "指标" | "观测点" | "附件" | "材料" | "三级指标" | "二级指标" | "一级指标")
    }

    /// The number of a point by itself: `（2）培训`, `观测点2`, or a folder called `2`.
    fn relative(&self) -> Option<(String, String)> {
        let first = self.pieces.first().filter(|first| is_digits(&first.text) && first.text.len() <= 2)?;
        let before: String = self.plain[..first.start].iter().filter(|c| **c != ' ').collect();
        let after = self.plain.get(first.end);
        let bracketed = before == "(" && after == Some(&')');
        let worded = matches!(before.as_str(), "观测点" | "观测点(")
            && after.is_none_or(|c| !c.is_ascii_alphanumeric() && *c != '.');
        let whole = self.folder && first.start == 0 && after.is_none();
        let number = first.text.trim_start_matches('0').to_owned();
        let end = if bracketed { first.end + 1 } else { first.end };
        (bracketed || worded || whole).then(|| (number, self.text(0, end)))
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Every sign in one spelling: half width, lower case, one dash, one dot, one bracket.
fn plain(text: &str) -> Vec<char> {
    let one = |c: char| match c {
        '（' | '【' | '〔' | '［' | '[' | '「' => '(',
        '）' | '】' | '〕' | '］' | ']' | '」' => ')',
        '－' | '—' | '–' | '‐' | '‑' | '−' | '―' => '-',
        '．' | '。' | '·' | '・' | '•' => '.',
        '，' => ',',
        '；' => ';',
        '　' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c).to_ascii_lowercase(),
        _ => c.to_ascii_lowercase(),
    };
    text.chars().map(one).collect()
}

/// The runs of digits and of letters in a name.
fn pieces(plain: &[char]) -> Vec<Piece> {
    let class = |c: char| if c.is_ascii_digit() { 1 } else { u8::from(c.is_ascii_alphabetic()) * 2 };
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, c) in plain.iter().enumerate().filter(|(_, c)| class(**c) > 0) {
        match pieces.last_mut() {
            Some(last) if last.end == at && last.text.chars().all(|before| class(before) == class(*c)) => {
                last.text.push(*c);
                last.end = at + 1;
            }
            _ => pieces.push(Piece { text: c.to_string(), start: at, end: at + 1 }),
        }
    }
    pieces
}
