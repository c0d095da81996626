//! What the journeys and benches share; the tests stand in `journeys/`.

pub mod packages;
