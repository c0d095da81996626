//! An empty window of the same kind: what `script/bench` compares the program's start and memory with.

use tauri::Url;
use tauri::http::Response;
use tauri::utils::config::WebviewUrl;

const PAGE: &str = "<!doctype html><meta charset=utf-8><title>empty</title><p>empty</p>\
    <script>requestAnimationFrame(() => performance.mark('interactive'))</script>";

fn main() {
    let mut context = tauri::generate_context!();
    let url = Url::parse("bench://localhost/").expect("a constant address");
    for window in &mut context.config_mut().app.windows {
        window.url = WebviewUrl::CustomProtocol(url.clone());
    }
    tauri::Builder::default()
        .register_uri_scheme_protocol("bench", |_, _| {
            let answer = Response::builder().header("content-type", "text/html").body(PAGE.as_bytes().to_vec());
            answer.expect("a constant answer")
        })
        .run(context)
        .expect("the window could not be opened: is a display there?");
}
