//! Help and usage errors in Chinese: the parser's own words are English.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, Error, FromArgMatches};

/// Layout of every help page.
const PAGE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}\n";

/// Reads the arguments; help, version and errors come in Chinese.
pub fn parse<T: CommandFactory + FromArgMatches>() -> Result<T, Error> {
    let matches = localized(T::command()).try_get_matches()?;
    T::from_arg_matches(&matches)
}

/// A command and all below it with Chinese headings, help and version flags.
fn localized(command: Command) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    let mut order = 0;
    let mut command = command
        .help_template(PAGE)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .next_help_heading("选项")
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示帮助"))
        .mut_args(|arg| {
            order += 1;
            let heading = if arg.is_positional() { "参数" } else { "选项" };
            // What these would print in English stands in the argument's own text.
            let silent = arg.get_action().takes_values();
            let arg = with_values(arg).hide_possible_values(silent).hide_default_value(silent).hide_env(silent);
            arg.help_heading(heading).display_order(order)
        });
    if command.get_version().is_some() {
        command = command.arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help("显示版本")
                .help_heading("选项"),
        );
    }
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, localized))
}

/// An argument whose text says what it may be: what is not named yet comes from the values' own texts.
fn with_values(arg: Arg) -> Arg {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let values = arg.get_possible_values();
    if !arg.get_action().takes_values() || values.iter().all(|value| help.contains(value.get_name())) {
        return arg;
    }
    let named = values.iter().map(|value| match value.get_help() {
        Some(text) => format!("{} {text}", value.get_name()),
        None => value.get_name().to_owned(),
    });
    let named: Vec<String> = named.collect();
    arg.help(format!("{help}：{}", named.join("；")))
}

/// A help page, or the version, as it is printed.
pub fn page(asked: &Error) -> String {
    asked.render().to_string().replace("[OPTIONS]", "[选项]")
}

/// What is wrong with the call, in Chinese, and what to do.
pub fn explain(error: &Error) -> String {
    let given = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(ContextValue::StyledStr(text)) => plain(text),
        _ => String::new(),
    };
    let argument = given(ContextKind::InvalidArg);
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("不认识参数“{argument}”"),
        ErrorKind::InvalidSubcommand => format!("不认识命令“{}”", given(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {argument}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "缺少命令".to_owned(),
        ErrorKind::ArgumentConflict => format!("{argument} 不能和 {} 一起用", given(ContextKind::PriorArg)),
        ErrorKind::InvalidValue if given(ContextKind::InvalidValue).is_empty() => format!("{argument} 后面缺少内容"),
        ErrorKind::InvalidValue => {
            let (value, valid) = (given(ContextKind::InvalidValue), given(ContextKind::ValidValue));
            format!("{argument} 不能是“{value}”，可以是：{valid}")
        }
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("{argument} 的内容“{}”不对：{reason}", given(ContextKind::InvalidValue))
        }
        _ => error.to_string().lines().next().unwrap_or_default().to_owned(),
    };
    format!("用法不对：{what}\n  没有做任何事。\n  加 --help 看用法，例如 hengjian --help。\n[usage]")
}

fn plain(text: &StyledStr) -> String {
    text.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Help does not print what a value may be by itself, so the argument's own text has to.
    #[test]
    fn the_help_of_an_argument_names_what_it_may_be() {
        fn unnamed(command: &Command, found: &mut Vec<String>) {
            for arg in command.get_arguments().filter(|arg| arg.get_action().takes_values()) {
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                let missing = arg.get_possible_values().into_iter().filter(|value| !help.contains(value.get_name()));
                let missing: Vec<String> = missing.map(|value| value.get_name().to_owned()).collect();
                if !missing.is_empty() {
                    found.push(format!("{} {}: {help} lacks {}", command.get_name(), arg.get_id(), missing.join(" ")));
                }
            }
            command.get_subcommands().for_each(|below| unnamed(below, found));
        }
        let mut found = Vec::new();
        unnamed(&localized(crate::args::Cli::command()), &mut found);
        assert_eq!(found, Vec::<String>::new());
    }
}
