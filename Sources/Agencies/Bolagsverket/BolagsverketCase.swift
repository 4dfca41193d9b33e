public import AgencyKit
import LifeEvents

/// What Bolagsverket remembers of one company, or of one person: who sits on which board.
public struct BolagsverketCase: AgencyCase {
    @Part var formation: Formation
    @Part var company: RegisteredCompany
    @Part var owners: OwnersNotice
    /// Of a person.
    @Part var seats: Seats

    /// Nothing is known.
    public init() {}
}

extension BolagsverketCase {
    /// A notice of a new company.
    struct Formation: CasePart {
        enum Stage: String, Codable, Sendable {
            case none
            /// Papers lack.
            case draft
            /// All is there: it is handled.
            case complete
            /// No name can be registered.
            case supplement
            case registered, lapsed

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .filed), (.lapsed, .filed): .draft
                case (.draft, .whole), (.supplement, .renamed): .complete
                case (.complete, .nameFound): .registered
                case (.complete, .nameLacking): .supplement
                case (.draft, .lastDayPassed), (.supplement, .lastDayPassed): .lapsed
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case filed, whole, renamed, nameFound, nameLacking, lastDayPassed }

        /// What a notice lacks, in the order in which it is told.
        enum Lack: Equatable, Sendable { case signatures(Int), certificate, fee }

        var stage = Stage.none
        var filing: CompanyFiling?
        var signed: [Subject] = []
        /// Who has taken a seat on the board without being a founder.
        var consented: [Subject] = []
        /// Certified share capital, SEK.
        var certified: Int?
        var lastDay: Day?
        /// The event that told of it.
        var chain = ChainHead()

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }

        /// Whether a person founds it.
        func isFounder(_ person: Subject) -> Bool { filing?.founders.contains(person) ?? false }

        /// C4: what lacks.
        var lacks: [Lack] {
            guard let filing else { return [] }
            var lacks: [Lack] = []
            let unsigned = filing.founders.count { !signed.contains($0) }
            if unsigned > 0 { lacks.append(.signatures(unsigned)) }
            if filing.form == .limitedCompany, (certified ?? 0) < filing.shareCapital { lacks.append(.certificate) }
            if !filing.feePaid { lacks.append(.fee) }
            return lacks
        }
    }

    /// A company in the register.
    struct RegisteredCompany: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, registered, changed, bankrupt, dissolved

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .registered): .registered
                case (.registered, .changed), (.changed, .changed): .changed
                case (.registered, .bankrupt), (.changed, .bankrupt): .bankrupt
                case (.bankrupt, .closed): .dissolved
                // What stands again says itself whether it was changed.
                case (.bankrupt, .lifted(let stage)): stage
                default: nil
                }
            }
        }

        enum Trigger: Sendable {
            case registered, changed, bankrupt, closed
            case lifted(to: Stage)
        }

        /// One person in one role.
        struct Role: Codable, Equatable, Sendable {
            var seat: BoardSeat
            var from: Day
            var chain: ChainHead
        }

        /// An officer who is none any more, by death or in error, and what stood before.
        struct Lost: Codable, Equatable, Sendable {
            var notice: ChainHead
            var person: Subject
            var officers: [BoardSeat]?
            var signatories: [[Subject]]?
        }

        var stage = Stage.none
        /// What was told last, and by which event.
        var told: Company?
        var head: EventID?
        /// What stood before a bankruptcy.
        var before: Company?
        var beforeHead: EventID?
        var roles: [Role] = []
        /// A change that is handled.
        var change: CompanyChange?
        /// The last day to notify a new board.
        var boardBy: Day?
        var lost: [Lost] = []
        /// The court's decision.
        var bankruptcy = ChainHead()

        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }

        /// Whether its board acts.
        var isActive: Bool { stage == .registered || stage == .changed }
        /// Who acts for it.
        var signatories: Signatories {
            var known = Signatories()
            if let told { known.take(told) }
            return known
        }
    }

    /// The notice of who owns a company.
    struct OwnersNotice: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, due, reminded, ordered, registered

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .due), (.registered, .due): .due
                case (.due, .lastDayPassed): .reminded
                case (.reminded, .lastDayPassed): .ordered
                case (.due, .filed), (.reminded, .filed), (.ordered, .filed), (.registered, .filed): .registered
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case due, filed, lastDayPassed }

        var stage = Stage.none
        /// Who is registered; nil: nothing has been notified.
        var registered: [BeneficialOwner]?

        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    /// On which boards a person sits.
    struct Seats: CasePart {
        struct Seat: Codable, Equatable, Sendable {
            var company: Subject
            var chain: ChainHead
            /// What we have told the company's case.
            var notice: ChainHead
        }

        var all: [Seat] = []
        /// The company of an objection that is inquired into.
        var objection: Subject?
        var death = FactChain<Day>()
    }
}
