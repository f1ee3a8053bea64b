//! Bands: from where to where each layer is, and how far apart layers are.

use crate::diagram::svg::layers::{Layers, Link, Size};
use crate::diagram::svg::tracks::{self, Crossing};

/// The least height of a gap.
const GAP: f64 = 28.0;

/// What is above and below the tracks of a gap, and their distance.
const BESIDE: f64 = 17.0;
const TRACK: f64 = 8.0;

/// A layer: from here to there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Band {
    pub(super) top: f64,
    pub(super) bottom: f64,
}

/// Where layers are, and for each crossing how high it runs across its gap.
pub(super) struct Bands {
    pub(super) layers: Vec<Band>,
    pub(super) tracks: Vec<f64>,
}

/// The middle of a layer.
pub(super) fn middle(bands: &[Band], layer: usize) -> f64 {
    let band = bands.get(layer);
    band.map_or(0.0, |band| f64::midpoint(band.top, band.bottom))
}

impl Bands {
    /// Layers as high as what stands in them, and gaps as high as lines need to cross them.
    pub(super) fn of(
        layers: &Layers,
        sizes: &[Size],
        links: &[Link],
        crossings: &[Crossing],
    ) -> Self {
        let places =
            || (layers.nodes.iter()).chain(layers.links.iter().map(|course| &course.label));
        let count = places()
            .map(|place| place.layer + 1)
            .max()
            .unwrap_or_default();
        let mut heights = vec![0.0_f64; count];
        let sizes = sizes.iter().chain(links.iter().map(|link| &link.label));
        for (place, size) in places().zip(sizes) {
            if let Some(height) = heights.get_mut(place.layer) {
                *height = height.max(size.height);
            }
        }
        let tracks = tracks::assign(crossings, count);
        let mut top = 0.0;
        let layers: Vec<Band> = (heights.iter().zip(&tracks.counts))
            .map(|(height, tracks)| {
                let band = Band {
                    top,
                    bottom: top + height,
                };
                top = band.bottom + GAP.max(2.0 * BESIDE + track(tracks.saturating_sub(1)));
                band
            })
            .collect();
        let height = |(crossing, number): (&Crossing, &usize)| {
            let bottom = layers.get(crossing.gap).map_or(0.0, |band| band.bottom);
            bottom + BESIDE + track(*number)
        };
        let tracks = crossings.iter().zip(&tracks.of).map(height).collect();
        Self { layers, tracks }
    }
}

/// How far down this track is from the first.
fn track(number: usize) -> f64 {
    TRACK * f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
