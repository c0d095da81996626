//! Commands that are one call of a session.

/// Declares commands that only pass their arguments on to the session. They run outside the window's thread.
macro_rules! use_cases {
    ($($(#[$doc:meta])* fn $name:ident($($argument:ident: $kind:ty),*) -> $value:ty { |$session:ident| $body:expr })*) => {
        $(
            $(#[$doc])*
            #[tauri::command(async)]
            #[specta::specta]
            pub fn $name(shell: tauri::State<'_, crate::shell::Shell>, $($argument: $kind),*) -> crate::shell::Answer<$value> {
                shell.with(|$session| $body)
            }
        )*
    };
}
