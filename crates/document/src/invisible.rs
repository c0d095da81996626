//! Characters that cannot be seen.

/// Marks that have no width and only steer other programs: controls, zero-width marks, marks of direction, selectors of
/// variants, and numbers that are no characters. A line feed is none of them.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{FFFE}' | '\u{FFFF}' | '\u{E0000}'..='\u{E0FFF}')
        || (character.is_control() && character != '\n')
}
