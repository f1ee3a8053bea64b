//! How wide text is. The fonts that the drawing asks for share these widths; where a host
//! has none of them, `textLength` in the drawing makes another font fit.

/// Widths from the blank to `~`, in thousandths of the size.
const REGULAR: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// The same for bold text.
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];

/// The width of a text of this size.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    let widths = if bold { &BOLD } else { &REGULAR };
    let thousandths: u32 = text.chars().map(|one| of_character(one, widths)).sum();
    f64::from(thousandths) * size / 1000.0
}

fn of_character(character: char, widths: &[u16; 95]) -> u32 {
    let index = u32::from(character).checked_sub(u32::from(' '));
    let known = index.and_then(|index| widths.get(usize::try_from(index).ok()?));
    match (known, character) {
        (Some(width), _) => u32::from(*width),
        (None, '«' | '»') => 556,
        (None, '−') => 584,
        // Latin, Greek and Cyrillic letters are about as wide as ours, others up to square.
        (None, '\u{a0}'..='\u{52f}') => 600,
        (None, _) => 1000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        let check = |text, bold, expect: f64| {
            assert!((width(text, 10.0, bold) - expect).abs() < 1e-9, "{text}");
        };
        check("", false, 0.0);
        check("~", false, 5.84);
        check(
            "install",
            false,
            2.22 + 5.56 + 5.0 + 2.78 + 5.56 + 2.22 + 2.22,
        );
        check(
            "install",
            true,
            2.78 + 6.11 + 5.56 + 3.33 + 5.56 + 2.78 + 2.78,
        );
        check("«é漢»", false, 5.56 + 6.0 + 10.0 + 5.56);
    }
}
