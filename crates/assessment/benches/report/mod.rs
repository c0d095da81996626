//! How times are told.

use std::time::Instant;

/// Prints the median of so many runs.
pub fn report(name: &str, runs: usize, mut run: impl FnMut()) {
    let mut times: Vec<u128> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_nanos()
        })
        .collect();
    times.sort_unstable();
    #[allow(clippy::print_stdout)]
    {
        println!("{name} {}.{:03}", times[runs / 2] / 1000, times[runs / 2] % 1000);
    }
}
