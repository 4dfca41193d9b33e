import AgencyKit
import LifeEvents

extension TaxationCase {
    /// The tax registration of a business: `NONE → APPLIED → APPROVED, REFUSED → REVOKED`.
    struct Business: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, applied, decided, revoked

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .applied), (.decided, .applied), (.revoked, .applied): .applied
                case (.applied, .decided), (.none, .adopted): .decided
                case (.decided, .revoked): .revoked
                case (.revoked, .restored): .decided
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case adopted, applied, decided, revoked, restored }

        /// Unpaid tax of somebody who leads it.
        struct Arrears: Codable, Equatable, Sendable {
            var person: Subject
            /// SEK.
            var amount: Int
            var chain: ChainHead
        }

        var stage = Stage.none
        var form = TaxForm.limitedCompany
        /// Whose business it is, of a sole trader.
        var owner: Subject?
        var kinds: [TaxKind] = []
        /// What is approved.
        var approved: [TaxKind] = []
        /// When the first application came: the build-up stage is counted from it.
        var noticedOn: Day?
        /// Who acts for it, as the company register tells, and by which event.
        var signatories = Signatories()
        var company = ChainHead()
        var owners: [BeneficialOwner] = []
        var arrears: [Arrears] = []
        /// The bankruptcy, and our revocation.
        var bankruptcy = ChainHead()
        var revocation = ChainHead()

        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }

        /// Whether somebody may apply for it on a day.
        func mayApply(_ person: Subject, form: TaxForm, on day: Day) -> Bool {
            switch form {
            case .soleTrader: owner.map { $0 == person } ?? true
            case .limitedCompany: signatories.mayAct(person, .taxRegistration, on: day)
            }
        }

        /// Who leads it and has tax unpaid that counts (C10).
        func debtors(above limit: Int) -> [Subject] {
            let leaders = signatories.officers.map(\.person) + [owner].compactMap(\.self)
            return arrears.filter { $0.chain.holds && $0.amount > limit && leaders.contains($0.person) }.map(\.person)
        }
    }
}
