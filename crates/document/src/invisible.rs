//! Characters that cannot be seen.

/// Marks that have no width and only steer other programs: controls, zero-width spaces, marks of direction, and numbers
/// that are no characters. A line feed is none of them.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}'
        | '\u{E0000}'..='\u{E00FF}' | '\u{E01F0}'..='\u{E0FFF}')
        || (character.is_control() && character != '\n')
}

/// Joiners and selectors of variants: they belong to the characters beside them and stay in texts; only where no font
/// follows them are they left out.
#[must_use]
pub fn is_joiner(character: char) -> bool {
    matches!(character,
        '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0100}'..='\u{E01EF}')
}
