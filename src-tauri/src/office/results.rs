//! Results over the units of a panel, their saved views, and what is declared about editions.

use app::view::{EditionPair, MarkView, ProfileView, ResultsQuery, ResultsView, SavedView, TrendView, UnitProfileView};
use std::path::Path;

use_cases! {
    /// Everything over the units that a query asks for.
    fn results(panel: String, query: ResultsQuery) -> ResultsView { |session| session.results_by(&panel, &query) }

    /// A unit beside all others.
    fn unit_profile(panel: String, query: ResultsQuery) -> UnitProfileView {
        |session| session.unit_profile(&panel, &query)
    }

    /// Units side by side.
    fn compare_units(panel: String, query: ResultsQuery) -> ProfileView { |session| session.compare_by(&panel, &query) }

    /// Units over the years.
    fn trend(panel: String, query: ResultsQuery) -> TrendView { |session| session.trend_by(&panel, &query) }

    /// How a mark of a unit came about.
    fn explain_mark(panel: String, unit: String, code: String) -> MarkView {
        |session| session.mark(&panel, &unit, &code)
    }

    /// Declares that indicators of an earlier edition and of the panel's mean the same.
    fn match_editions(panel: String, earlier: String, pairs: Vec<EditionPair>) -> TrendView {
        |session| {
            let pairs: Vec<_> = pairs.into_iter().map(|pair| (Some(pair.old), pair.new)).collect();
            session.match_editions(&panel, &earlier, &pairs)
        }
    }

    /// Takes back what was declared of an indicator of the panel's edition.
    fn unmatch_editions(panel: String, earlier: String, code: String) -> TrendView {
        |session| session.match_editions(&panel, &earlier, &[(None, code)])
    }

    /// The saved views of a panel.
    fn result_views(panel: String) -> Vec<SavedView> { |session| session.result_views(&panel) }

    /// Keeps what is asked for under a name.
    fn save_result_view(panel: String, name: String, query: ResultsQuery, replace: bool) -> Vec<SavedView> {
        |session| session.save_result_view(&panel, &name, &query, replace)
    }

    /// Gives a saved view another name.
    fn rename_result_view(panel: String, name: String, to: String) -> Vec<SavedView> {
        |session| session.rename_result_view(&panel, &name, &to)
    }

    /// Removes a saved view.
    fn remove_result_view(panel: String, name: String) -> Vec<SavedView> {
        |session| session.remove_result_view(&panel, &name)
    }

    /// Writes the table that a query shows as CSV.
    fn export_results(panel: String, query: ResultsQuery, path: String, replace: bool) -> () {
        |session| session.write_results(&panel, &query, Path::new(&path), replace)
    }
}
