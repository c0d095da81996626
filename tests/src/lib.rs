//! Journeys through the whole program; the tests stand in `journeys/`.
