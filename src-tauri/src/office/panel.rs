//! Panels: members, recusals, policy, agreed marks, and what the sheets come to.

use app::localise::Target;
use app::view::{
    AgreementGroup, NewPanel, PanelComparison, PanelOffer, PanelSummary, PanelUnitView, PanelView, PolicyView,
};
use std::path::Path;

/// Places where members differ that are shown at once; what a person can look through.
const DIFFERENCES: usize = 200;

use_cases! {
    /// All panels of the workspace.
    fn panels() -> Vec<PanelSummary> { |session| session.panels() }

    /// A panel with what its sheets come to.
    fn panel(panel: String) -> PanelView { |session| session.panel(&panel) }

    /// A unit of a panel with every calculation.
    fn panel_unit(panel: String, unit: String) -> PanelUnitView { |session| session.panel_unit(&panel, &unit) }

    /// What a member may see of a panel (提交前互不可见).
    fn panel_as(panel: String, member: String) -> PanelView { |session| session.panel_as(&panel, &member) }

    /// The rounds that a panel can be made for.
    fn panel_offers() -> Vec<PanelOffer> { |session| session.panel_offers() }

    /// Where the members differ about a unit; with a member, how that one differs from the others.
    fn compare_members(panel: String, unit: String, member: Option<String>) -> PanelComparison {
        |session| session.compare_members(&panel, &unit, member.as_deref(), DIFFERENCES)
    }

    /// How far the members agree within the parts of the rubric.
    fn panel_agreement(panel: String) -> Vec<AgreementGroup> { |session| session.panel_agreement(&panel) }

    /// Gives a panel another name.
    fn rename_panel(panel: String, name: String) -> PanelView { |session| session.rename_panel(&panel, &name) }

    /// Takes a panel off the list.
    fn remove_panel(panel: String) -> Vec<PanelSummary> { |session| session.remove_panel(&panel) }

    /// Panels that were taken off the list.
    fn removed_panels() -> Vec<PanelSummary> { |session| session.removed_panels() }

    /// Puts a panel back on the list.
    fn restore_panel(panel: String) -> PanelView { |session| session.restore_panel(&panel) }

    /// Writes the table of a panel as it is shown, as CSV.
    fn export_panel(panel: String, path: String, replace: bool) -> () {
        |session| session.export_panel(&panel, Target { path: Path::new(&path), replace })
    }

    /// Makes a panel.
    fn new_panel(input: NewPanel) -> PanelView { |session| session.new_panel(&input) }

    /// Adds a member to a panel, or takes one off.
    fn set_panel_member(panel: String, name: String, organisation: String, is_member: bool) -> PanelView {
        |session| session.set_panel_member(&panel, &name, &organisation, is_member)
    }

    /// Says who leads a panel; nobody without a member.
    fn set_panel_leader(panel: String, member: Option<String>) -> PanelView {
        |session| session.set_panel_leader(&panel, member.as_deref())
    }

    /// Keeps a member away from a unit, for a reason; without one the recusal is taken back.
    fn recuse(panel: String, member: String, unit: String, reason: Option<String>) -> PanelView {
        |session| session.recuse(&panel, &member, &unit, reason.as_deref())
    }

    /// Declares how marks become one.
    fn set_panel_policy(panel: String, policy: PolicyView) -> PanelView {
        |session| session.set_panel_policy(&panel, &policy)
    }

    /// Keeps what the members agreed on, with its reason; without a mark it is taken back.
    fn agree(panel: String, unit: String, code: String, mark: Option<String>, reason: String) -> PanelView {
        |session| session.agree(&panel, &unit, &code, mark.as_deref().map(|mark| (mark, reason.as_str())))
    }

    /// Undoes or redoes a change of a panel.
    fn step_panel(panel: String, undo: bool) -> PanelView { |session| session.step_panel(&panel, undo) }
}
