//! Embeds the window's configuration and front end.

fn main() {
    tauri_build::build();
}
