//! The seal as a picture that is anchored to a paragraph.

use document::Seal;

use super::xml::{Element, el};
use crate::Error;

/// English metric units: the unit of pictures.
const EMU_PER_PT: f64 = 12700.0;
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

/// A picture of the file.
pub(super) struct Drawing {
    pub png: Vec<u8>,
    /// In points.
    pub width: f64,
    /// In points.
    pub height: f64,
    /// Id of the part that holds it.
    pub relation: &'static str,
}

impl Drawing {
    /// The seal in a width; none when it has no pixels.
    pub(super) fn new(seal: &Seal, width: f64, relation: &'static str) -> Result<Option<Drawing>, Error> {
        if seal.width == 0 || seal.height == 0 {
            return Ok(None);
        }
        let height = width * f64::from(seal.height) / f64::from(seal.width);
        Ok(Some(Drawing { png: png(seal)?, width, height, relation }))
    }

    /// A run with the picture over the text, its upper left corner so far from the core's left edge and the
    /// paragraph's upper one.
    pub(super) fn anchored(&self, left: f64, down: f64) -> Element {
        let emu = |points: f64| (points * EMU_PER_PT).round() as i64;
        let at = |name, from, points| {
            el(name).attr("relativeFrom", from).with(el("wp:posOffset").text(&emu(points).to_string()))
        };
        let extent = |name| el(name).attr("cx", emu(self.width)).attr("cy", emu(self.height));
        let named = |name| el(name).attr("id", 1).attr("name", "印章").attr("descr", "印章");
        let blip = el("a:blip").attr("r:embed", self.relation);
        let shape = el("a:xfrm").with(el("a:off").attr("x", 0).attr("y", 0)).with(extent("a:ext"));
        let shape = el("pic:spPr").with(shape).with(el("a:prstGeom").attr("prst", "rect").with(el("a:avLst")));
        let picture = el("pic:pic")
            .attr("xmlns:pic", PICTURE)
            .with(el("pic:nvPicPr").with(named("pic:cNvPr")).with(el("pic:cNvPicPr")))
            .with(el("pic:blipFill").with(blip).with(el("a:stretch").with(el("a:fillRect"))))
            .with(shape);
        let graphic = el("a:graphic").attr("xmlns:a", DRAWING);
        let graphic = graphic.with(el("a:graphicData").attr("uri", PICTURE).with(picture));
        let none = [("distT", 0), ("distB", 0), ("distL", 0), ("distR", 0), ("simplePos", 0)];
        let mut anchor = el("wp:anchor");
        for (name, value) in none.into_iter().chain([("relativeHeight", 1), ("behindDoc", 0), ("locked", 0)]) {
            anchor = anchor.attr(name, value);
        }
        let anchor = anchor
            .attr("layoutInCell", 1)
            .attr("allowOverlap", 1)
            .with(el("wp:simplePos").attr("x", 0).attr("y", 0))
            .with(at("wp:positionH", "margin", left))
            .with(at("wp:positionV", "paragraph", down))
            .with(extent("wp:extent"))
            .with(el("wp:wrapNone"))
            .with(named("wp:docPr"))
            .with(el("wp:cNvGraphicFramePr"))
            .with(graphic);
        el("w:r").with(el("w:drawing").with(anchor))
    }
}

fn png(seal: &Seal) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, seal.width, seal.height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(&seal.rgba)?;
        writer.finish()
    });
    written.map_err(|e| Error::DocxUnwritable { reason: format!("seal: {e}") })?;
    Ok(bytes)
}
