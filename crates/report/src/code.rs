//! QR codes (ISO/IEC 18004) as areas to be filled.

use fast_qr::ECL;
use fast_qr::qr::QRBuilder;

use crate::Error;

/// Modules that stay blank around a code.
pub(crate) const QUIET: f64 = 4.0;

/// The modules of a code, by rows from the top; a seventh of them may be lost in print.
pub(crate) fn modules(text: &str) -> Result<Vec<Vec<bool>>, Error> {
    let unwritable = |error: fast_qr::qr::QRCodeError| Error::PdfUnwritable { reason: error.to_string() };
    let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(unwritable)?;
    Ok((0..code.size).map(|row| code[row].iter().map(|module| module.value()).collect()).collect())
}

/// The dark modules of a code of that side, those beside one another joined.
pub(crate) fn rings(modules: &[Vec<bool>], (left, top): (f64, f64), side: f64) -> Vec<Vec<(f64, f64)>> {
    let step = side / modules.len().max(1) as f64;
    let mut rings = Vec::new();
    for (row, line) in modules.iter().enumerate() {
        let (upper, lower) = (top + row as f64 * step, top + (row + 1) as f64 * step);
        let mut at = 0;
        for run in line.chunk_by(|a, b| a == b) {
            let (from, to) = (left + at as f64 * step, left + (at + run.len()) as f64 * step);
            if run[0] {
                rings.push(vec![(from, upper), (to, upper), (to, lower), (from, lower)]);
            }
            at += run.len();
        }
    }
    rings
}
