//! Fonts by role, what characters they have, and where a character is taken from that a font lacks.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use document::Role;
use fontdb::{Database, Family, Query, Weight};
use serde::Deserialize;
use strum::VariantArray;
use ttf_parser::{Face, Permissions};

use crate::Error;

/// The fonts of a program run: one for each role, as bytes.
#[derive(Debug, Clone)]
pub struct FontSet {
    fonts: BTreeMap<Role, Font>,
}

/// A font that a document uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontUse {
    /// What it is used for.
    pub role: Role,
    /// Its name.
    pub name: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Font {
    pub name: String,
    pub bytes: Vec<u8>,
    /// Which face of a collection.
    pub index: u32,
    fallback: Vec<Role>,
    never: String,
    installed: Vec<String>,
    bold: bool,
}

/// One entry of the list of fonts, as written in `fonts.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    role: Role,
    name: String,
    file: String,
    fallback: Vec<Role>,
    #[serde(default)]
    never: String,
    #[serde(default)]
    installed: Vec<String>,
    #[serde(default)]
    bold: bool,
    #[serde(rename = "sha256")]
    _sha256: Option<String>,
    #[serde(rename = "licence")]
    _licence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    font: Vec<Entry>,
}

impl FontSet {
    /// Builds a set from the text of a list of fonts and a way to get the bytes of a file that it names.
    ///
    /// # Errors
    /// [`Error::FontListInvalid`] for a list that is not well-formed or lacks a role; [`Error::FontUnusable`] for
    /// bytes that are no font; whatever `read` returns.
    pub fn from_list(list: &str, mut read: impl FnMut(&str) -> Result<Vec<u8>, Error>) -> Result<FontSet, Error> {
        let list: List = toml::from_str(list).map_err(|e| Error::FontListInvalid { reason: e.to_string() })?;
        let mut fonts = BTreeMap::new();
        for entry in list.font {
            let bytes = read(&entry.file)?;
            Face::parse(&bytes, 0)
                .map_err(|e| Error::FontUnusable { name: entry.name.clone(), reason: e.to_string() })?;
            let Entry { role, name, fallback, never, installed, bold, .. } = entry;
            fonts.insert(role, Font { name, bytes, index: 0, fallback, never, installed, bold });
        }
        if let Some(role) = Role::VARIANTS.iter().find(|role| !fonts.contains_key(role)) {
            return Err(Error::FontListInvalid { reason: format!("no font for {role:?}") });
        }
        Ok(FontSet { fonts })
    }

    /// Reads `fonts.toml` and the files that it names from a folder.
    ///
    /// # Errors
    /// [`Error::FontFileUnreadable`], and those of [`FontSet::from_list`].
    pub fn load(folder: &Path) -> Result<FontSet, Error> {
        let read = |file: &str| {
            let path = folder.join(file);
            std::fs::read(&path)
                .map_err(|e| Error::FontFileUnreadable { path: path.display().to_string(), reason: e.to_string() })
        };
        let list =
            String::from_utf8(read("fonts.toml")?).map_err(|e| Error::FontListInvalid { reason: e.to_string() })?;
        FontSet::from_list(&list, read)
    }

    /// The set with the fonts that the format rules name in place of the bundled ones, where the system has them.
    #[must_use]
    pub fn with_installed(self) -> FontSet {
        let mut system = Database::new();
        system.load_system_fonts();
        self.with_fonts_of(&system)
    }

    fn with_fonts_of(mut self, system: &Database) -> FontSet {
        for font in self.fonts.values_mut() {
            if let Some((name, bytes, index)) = font.installed.iter().find_map(|name| find(system, name, font.bold)) {
                (font.name, font.bytes, font.index) = (name, bytes, index);
            }
        }
        self
    }

    /// The first character of a text that none of the fonts has, so that it can be refused before it must be printed.
    #[must_use]
    pub fn missing(&self, text: &str) -> Option<char> {
        let faces = self.faces();
        text.chars().find(|c| !c.is_whitespace() && faces.pick(Role::Fangsong, *c).is_none())
    }

    pub(crate) fn font(&self, role: Role) -> &Font {
        self.fonts.get(&role).expect("from_list() saw every role")
    }

    /// Names of the fonts behind some roles, in the roles' order.
    pub(crate) fn uses(&self, roles: &BTreeSet<Role>) -> Vec<FontUse> {
        roles.iter().map(|role| FontUse { role: *role, name: self.font(*role).name.clone() }).collect()
    }

    pub(crate) fn faces(&self) -> Faces<'_> {
        let mut fonts = BTreeMap::new();
        for (role, font) in &self.fonts {
            let face = Face::parse(&font.bytes, font.index).expect("the same bytes were parsed when they were taken");
            fonts.insert(*role, (font, face));
        }
        Faces { fonts }
    }
}

/// A font of the system that may be embedded: its name, its bytes and which face of them it is.
fn find(system: &Database, name: &str, bold: bool) -> Option<(String, Vec<u8>, u32)> {
    let weight = if bold { Weight::BOLD } else { Weight::NORMAL };
    let query = Query { families: &[Family::Name(name)], weight, ..Query::default() };
    let found = system.face(system.query(&query)?).filter(|face| (face.weight >= Weight::SEMIBOLD) == bold)?;
    system.with_face_data(found.id, |bytes, index| {
        let face = Face::parse(bytes, index).ok()?;
        let embeddable =
            face.permissions().is_none_or(|p| p != Permissions::Restricted) && face.is_subsetting_allowed();
        embeddable.then(|| (name.to_owned(), bytes.to_vec(), index))
    })?
}

/// The set's fonts, opened.
pub(crate) struct Faces<'a> {
    fonts: BTreeMap<Role, (&'a Font, Face<'a>)>,
}

impl Faces<'_> {
    /// The role whose font prints `character` where `role` is asked for; none when no font has it.
    pub(crate) fn pick(&self, role: Role, character: char) -> Option<Role> {
        if self.glyph(role, character).is_some() {
            return Some(role);
        }
        let (font, _) = self.fonts.get(&role)?;
        let fits = |other: &Role| {
            self.glyph(*other, character).is_some()
                && self.fonts.get(other).is_some_and(|(f, _)| !f.never.contains(character))
        };
        font.fallback.iter().copied().find(fits)
    }

    /// The number of a character's glyph; none where the font lacks it.
    pub(crate) fn glyph(&self, role: Role, character: char) -> Option<u16> {
        let (_, face) = self.fonts.get(&role)?;
        face.glyph_index(character).map(|id| id.0).filter(|id| *id != 0)
    }

    /// Advance of a character in em.
    pub(crate) fn advance(&self, role: Role, character: char) -> f64 {
        let advance = self.fonts.get(&role).and_then(|(_, face)| {
            let width = face.glyph_hor_advance(face.glyph_index(character)?)?;
            Some(f64::from(width) / f64::from(face.units_per_em()))
        });
        advance.unwrap_or(1.0)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::OnceLock;

    use super::*;

    /// The program's fonts, loaded once for all tests.
    pub(crate) fn fonts() -> &'static FontSet {
        static FONTS: OnceLock<FontSet> = OnceLock::new();
        FONTS.get_or_init(|| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts");
            FontSet::load(&folder).unwrap_or_else(|error| panic!("{error}\nrun script/fonts first"))
        })
    }

    #[test]
    fn a_character_comes_from_the_first_font_that_has_it() {
        let faces = fonts().faces();
        let cases = [
            (Role::Fangsong, '国', Some(Role::Fangsong)),
            (Role::Fangsong, '喆', Some(Role::Rare)),
            (Role::Fangsong, '䶮', Some(Role::Rare)),
            (Role::Hei, '喆', Some(Role::Hei)),
            (Role::Times, 'A', Some(Role::Times)),
            // The rare font's narrow quotes are never used.
            (Role::Times, '“', Some(Role::Times)),
            (Role::Fangsong, '\u{E123}', None),
        ];
        for (role, character, expected) in cases {
            assert_eq!(faces.pick(role, character), expected, "{character} in {role:?}");
        }
    }

    #[test]
    fn a_font_that_the_system_has_takes_the_place_of_the_bundled_one() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts");
        let mut system = Database::new();
        system.load_font_file(folder.join("LXGWWenKai-Light.ttf")).unwrap();
        system.load_font_file(folder.join("LiberationSerif-Regular.ttf")).unwrap();
        let mut set = fonts().clone();
        let named = |set: &mut FontSet, role, name: &str| {
            set.fonts.get_mut(&role).unwrap().installed = vec!["没有的字体".to_owned(), name.to_owned()];
        };
        named(&mut set, Role::Fangsong, "霞鹜文楷");
        named(&mut set, Role::Times, "Liberation Serif");
        // Only its regular weight is there.
        named(&mut set, Role::TimesBold, "Liberation Serif");
        let set = set.with_fonts_of(&system);
        assert_eq!(set.font(Role::Fangsong).name, "霞鹜文楷");
        assert_eq!(set.font(Role::TimesBold).name, "Liberation Serif Bold");
        assert_eq!(set.faces().pick(Role::Fangsong, '䶮'), Some(Role::Fangsong));
    }

    #[test]
    fn a_list_that_is_not_complete_is_refused() {
        let read = |_: &str| Ok(fonts().font(Role::Times).bytes.clone());
        let entry = "[[font]]\nrole = \"times\"\nname = \"n\"\nfile = \"f\"\nlicence = \"l\"\nfallback = []\n";
        assert!(matches!(FontSet::from_list(entry, read), Err(Error::FontListInvalid { .. })));
        let garbage = |_: &str| Ok(vec![0; 64]);
        assert!(matches!(FontSet::from_list(entry, garbage), Err(Error::FontUnusable { .. })));
        let missing = FontSet::load(Path::new("no-such-folder"));
        assert!(matches!(missing, Err(Error::FontFileUnreadable { .. })));
    }
}
