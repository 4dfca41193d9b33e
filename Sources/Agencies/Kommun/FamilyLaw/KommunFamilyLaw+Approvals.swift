import AgencyKit
import LifeEvents

/// What becomes of what the board has approved: an officer corrects it or takes it back, or the register finds that who was
/// approved is no parent. Then nothing of the approval stands, and the register tells anew of a child with one parent.
extension KommunFamilyLaw {
    var approvals: [River<Self>] {
        [
            River(
                "hold what the board has approved", hears: ParenthoodReport.self, as: Self.branch,
                under: [FamilyLawRules.board], concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a child that is born, and the first or a correction of what we hold") {
                        state, event in
                        guard let approval = state.inquiry.approval else {
                            return event.isNew && event.data.expectedDate == nil
                        }
                        return event.corrects(approval.report)
                    }
                ],
                handle: { state, event, effects in
                    guard event.data.state == .confirmed, let parent = event.data.otherParent else {
                        state.inquiry.approval = nil
                        return
                    }
                    let isSame = state.inquiry.approval?.otherParent == parent
                    let relation = isSame ? state.inquiry.approval?.relation : nil
                    state.inquiry.approval = .init(
                        report: ChainHead(event), otherParent: parent, relation: relation ?? ChainHead())
                    // An officer has approved it at the desk.
                    guard state.inquiry.take(.bothConfirmed) else { return }
                    try Self.closeApproved(event.data.mother, parent, &state, &effects)
                }),
            River(
                "hold the parenthood by what the board has approved", hears: FamilyRelation.self, as: Self.branch,
                concerns: { Kommun.concerned(by: $0.data) },
                mine: [
                    Condition("is a new parenthood of whom the board has approved") { state, event in
                        event.isNew && event.data.kind == .parenthood
                            && event.data.holder == state.inquiry.approval?.otherParent
                    }
                ],
                handle: { state, event, _ in state.inquiry.approval?.relation.adopt(event) }),
            River(
                "take back an approval", hears: Annulled<ParenthoodReport>.self, as: Self.branch,
                under: [FamilyLawRules.board],
                mine: [
                    Condition("annuls what the board has approved") { state, event in
                        state.inquiry.approval.map { event.annuls($0.report) } == true
                    }
                ],
                handle: { state, event, effects in
                    try Self.undoApproval(&state, event.data.reasonCode, &effects)
                }),
            River(
                "take back the approval of who is no parent", hears: Annulled<FamilyRelation>.self, as: Self.branch,
                under: [FamilyLawRules.board],
                mine: [
                    Condition("annuls the parenthood by what the board has approved") { state, event in
                        state.inquiry.approval.map { event.annuls($0.relation) } == true
                    }
                ],
                handle: { state, event, effects in
                    guard var approval = state.inquiry.approval else { return }
                    try effects.annul(ParenthoodReport.self, in: &approval.report, reason: event.data.reasonCode)
                    try Self.undoApproval(&state, event.data.reasonCode, &effects)
                }),
            River(
                "take back an approval before the birth", hears: Annulled<ParenthoodReport>.self, as: Self.branch,
                under: [FamilyLawRules.board],
                mine: [
                    Condition("annuls what the board has approved before a birth") { state, event in
                        state.approvedBefore.contains { event.annuls($0.report) }
                    }
                ],
                handle: { state, event, effects in
                    guard let place = state.approvedBefore.firstIndex(where: { event.annuls($0.report) }) else {
                        return
                    }
                    let approved = state.approvedBefore.remove(at: place)
                    for parent in [effects.subject, approved.otherParent] {
                        try effects.set(Tile(.parenthood, .corrected, Self.undone), for: parent)
                    }
                }),
        ]
    }

    private static let undone = "Familjerättens godkännande av er bekräftelse var fel och är borttaget"

    /// The case is as before the alert; who read of the approval reads that it is gone.
    private static func undoApproval(
        _ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        guard let parent = state.inquiry.approval?.otherParent else { return }
        state.inquiry.approval = nil
        guard state.inquiry.take(.approvalAnnulled) else { return }
        try effects.annul(MunicipalCaseStatus.self, in: &state.inquiry.status, reason: reason)
        try tellMother(.corrected, undone, state, &effects)
        try effects.set(Tile(.parenthood, .corrected, undone, about: effects.subject), for: parent)
    }
}
