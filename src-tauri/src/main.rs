//! The window: a list of commands over [`app`]; no rule inside.

#![cfg_attr(all(not(debug_assertions), target_os = "windows"), windows_subsystem = "windows")]

#[macro_use]
mod use_cases;

mod bytes;
mod commands;
mod dialogs;
mod office;
mod shell;

use tauri::{Manager, RunEvent};

fn main() {
    // A blank window on some Linux graphics drivers; harmless elsewhere.
    #[cfg(target_os = "linux")]
    if std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        shell::set_before_start("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    }
    let commands = commands::all();
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(shell::Shell::default())
        .invoke_handler(commands.invoke_handler())
        .build(tauri::generate_context!())
        .expect("the window could not be opened: is a display there?")
        .run(|app, event| {
            if let RunEvent::Exit = event {
                app.state::<shell::Shell>().end();
            }
        });
}
