//! Panels: members, recusals, policy, agreed marks, and what the sheets come to.

use app::view::{NewPanel, PanelSummary, PanelUnitView, PanelView, PolicyView};

use_cases! {
    /// All panels of the workspace.
    fn panels() -> Vec<PanelSummary> { |session| session.panels() }

    /// A panel with what its sheets come to.
    fn panel(panel: String) -> PanelView { |session| session.panel(&panel) }

    /// A unit of a panel with every calculation.
    fn panel_unit(panel: String, unit: String) -> PanelUnitView { |session| session.panel_unit(&panel, &unit) }

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
