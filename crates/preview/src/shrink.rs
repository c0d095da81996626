//! Scaling a picture down while its rows arrive, so that the whole of it is never in memory.

/// Averages squares of pixels, row by row.
pub struct Shrink {
    factor: usize,
    channels: usize,
    width: usize,
    /// Sums of the row of squares that is being filled.
    sums: Vec<u32>,
    rows: usize,
    pixels: Vec<u8>,
}

impl Shrink {
    /// For rows of `width` pixels of so many channels, eight bits each; `factor` pixels a side become one.
    pub fn new(width: usize, channels: usize, factor: usize) -> Self {
        let shown = width.div_ceil(factor);
        Self { factor, channels, width, sums: vec![0; shown * channels], rows: 0, pixels: Vec::new() }
    }

    /// Takes the next row.
    pub fn row(&mut self, row: &[u8]) {
        let squares = row.chunks(self.factor * self.channels).zip(self.sums.chunks_mut(self.channels));
        for (square, sums) in squares {
            for pixel in square.chunks(self.channels) {
                sums.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += u32::from(*value));
            }
        }
        self.rows += 1;
        if self.rows == self.factor {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let last = self.width % self.factor;
        let squares = self.sums.len() / self.channels;
        for (at, sums) in self.sums.chunks_mut(self.channels).enumerate() {
            // The last square of a row may be narrower.
            let across = if at + 1 == squares && last > 0 { last } else { self.factor };
            let count = u32::try_from(across * self.rows).unwrap_or(u32::MAX).max(1);
            for sum in sums {
                self.pixels.push(u8::try_from((*sum + count / 2) / count).unwrap_or(u8::MAX));
                *sum = 0;
            }
        }
        self.rows = 0;
    }

    /// The pixels, and how many rows of them there are.
    pub fn done(mut self) -> (Vec<u8>, usize) {
        if self.rows > 0 {
            self.flush();
        }
        let rows = self.pixels.len() / self.sums.len().max(1);
        (self.pixels, rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_are_averaged_also_at_the_edges() {
        let mut shrink = Shrink::new(3, 1, 2);
        for row in [[0, 100, 7], [100, 200, 9], [40, 60, 11]] {
            shrink.row(&row);
        }
        assert_eq!(shrink.done(), (vec![100, 8, 50, 11], 2));
    }
}
