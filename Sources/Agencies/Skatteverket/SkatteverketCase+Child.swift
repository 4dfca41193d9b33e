import AgencyKit
import LifeEvents

extension SkatteverketCase {
    /// The person as a child whose birth this register has published.
    struct Child: CasePart {
        enum Stage: String, Codable, Sendable {
            case unknown
            /// PARENT_PENDING: the parents may confirm in the e-service.
            case pending
            /// PARENT_PENDING: the municipality's family law office has been told.
            case alerted
            /// Two acts, a municipality or a court have said who the other parent is: it is registered some days later.
            case agreed
            case complete
            /// CLOSED: the municipality has dropped its inquiry; the child has one parent.
            case dropped
            case annulled

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.unknown, .registered), (.annulled, .registered): .pending
                case (.pending, .lastDayPassed): .alerted
                case (.pending, .agreed), (.alerted, .agreed), (.dropped, .agreed): .agreed
                case (.pending, .parentsKnown), (.alerted, .parentsKnown), (.agreed, .parentsKnown): .complete
                case (.pending, .dropped), (.alerted, .dropped): .dropped
                case (.alerted, .alertAnnulled), (.complete, .parentUnknown), (.agreed, .parentUnknown),
                    (.dropped, .parentUnknown):
                    .pending
                case (.unknown, .annulled), (.annulled, .annulled): nil
                case (_, .annulled): .annulled
                default: nil
                }
            }
        }

        enum Trigger {
            case registered, lastDayPassed, agreed, parentsKnown, dropped, parentUnknown, alertAnnulled, annulled
        }

        /// What the two parents say alike in the e-service (föräldrabalken 1 kap. 4 a §).
        struct Parenthood: Codable, Hashable, Sendable {
            var mother: Subject
            var otherParent: Subject
            var isJoint: Bool
        }

        /// Parenthood that two acts, a municipality or a court have settled, and that is registered some days later.
        struct Agreement: Codable, Equatable, Sendable {
            var parent: Subject
            var isJoint: Bool
            var registersOn: Instant
        }

        struct Relation: Codable, Equatable, Sendable {
            var holder: Subject
            var kind: RelationKind
            var from: Day
            /// A death or a court ends it.
            var chain: ChainHead
        }

        /// A parent of whose death the parent's own case has told, with its day.
        struct DeadParent: Codable, Equatable, Sendable {
            var parent: Subject
            var death: FactChain<Day>
        }

        /// A parent whose own case was told of the child.
        struct ToldParent: Codable, Equatable, Sendable {
            var parent: Subject
            var chain: ChainHead
        }

        /// A judgment about the child: pending until it can no longer be appealed.
        struct Judgment: Codable, Equatable, Sendable {
            var kind: JudgmentKind
            var holders: [Subject]
            var isInterim: Bool
            var finalOn: Day?
        }

        /// An order on custody that was carried out, with who had custody before it.
        struct CarriedOut: Codable, Equatable, Sendable {
            var chain: FactChain<Judgment>
            var former: [Subject]
        }

        var stage = Stage.unknown
        var birth = ChainHead()
        var mother: Subject?
        var secondParent: Subject?
        /// Whether the second parent was registered after the birth, so that the birth has not told of it.
        var isParentLater = false
        var birthDate: Day?
        /// Who was registered and never was a parent: a birth that is told anew makes nobody of them one again.
        var undone: [Subject] = []
        /// What mother and other parent have said in the e-service.
        var confirmations = JointAct<Parenthood>()
        var agreement: Agreement?
        /// Our alert.
        var alert = ChainHead()
        /// The municipality's report.
        var report = ChainHead()
        var relations: [Relation] = []
        /// What the guardians have asked for: joint custody by their own notice.
        var custodyNotice = JointAct<[Subject]>()
        /// When joint custody by notice is registered, and whose.
        var custodyToCome: Agreement?
        /// A court has decided on custody: a notice of the parents' changes it no more.
        var isJudged = false
        var judgments: [FactChain<Judgment>] = []
        /// Orders on custody that were carried out, the latest last.
        var carriedOut: [CarriedOut] = []
        var deadParents: [DeadParent] = []
        /// The other parent whose own case knows of the child.
        var toldParent: ToldParent?
        /// What family law has been told: nobody has custody.
        var withoutGuardian = ChainHead()
        /// Whom the parents have last been told to have custody; nil: nothing was to be told.
        var toldGuardians: [Subject]?

        /// Who has custody, in the order in which it was registered.
        var guardians: [Subject] { relations.filter { $0.kind == .custody && $0.chain.holds }.map(\.holder) }

        /// The mother and the registered other parent.
        var parents: [Subject] { [mother, secondParent].compactMap(\.self) }

        /// Whether the register knows of no death of the person's.
        func isLiving(_ parent: Subject) -> Bool { !deadParents.contains { $0.parent == parent && $0.death.holds } }

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    /// The child's name, until its guardians, or the law, have given one (lag om personnamn 4 and 5 §§).
    struct Naming: CasePart {
        enum Stage: String, Codable, Sendable {
            /// The guardians are to notify a name.
            case open
            /// They have notified the same one, which is tested.
            case testing
            /// The time is over, and they have been reminded.
            case reminded
            /// The mother's surname is asked for.
            case byLaw
            /// The law has given a surname; a first name is missing.
            case surnameOnly
            case named

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.open, .agreed), (.reminded, .agreed), (.byLaw, .agreed),
                    (.surnameOnly, .agreed):
                    .testing
                case (.testing, .tested), (.byLaw, .named): .named
                case (.byLaw, .surnameTold): .surnameOnly
                case (.open, .lastDayPassed): .reminded
                case (.reminded, .lastDayPassed): .byLaw
                default: nil
                }
            }
        }

        enum Trigger { case agreed, tested, lastDayPassed, surnameTold, named }

        var stage = Stage.open
        /// What each guardian has notified.
        var notified = JointAct<FullName>()
        /// The name that is tested.
        var tested: FullName?

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    /// A first name and a surname, as they are notified together.
    struct FullName: Codable, Hashable, Sendable {
        var given: String
        var family: String
    }
}
