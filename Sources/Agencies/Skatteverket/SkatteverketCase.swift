public import AgencyKit
import LifeEvents

/// What the population register (folkbokföring) remembers of one person; estates and taxes have cases of their own.
public struct SkatteverketCase: AgencyCase {
    @Part var register: Register
    /// Births notified in this person's, the mother's, name and not yet registered.
    var births: [NotifiedBirth] = []
    /// Births registered from a notice in this person's name: what the hospital corrects later is found here.
    var registered: [RegisteredBirth] = []
    /// The custody of those children that a death has ended.
    var custodies: [EndedCustody] = []
    @Part var child: Child
    @Part var death: DeathRecord
    @Part var move: Relocation
    @Part var abroad: Abroad
    @Part var representatives: Representatives

    /// A person of whom nothing is known.
    public init() {}
}

extension SkatteverketCase {
    /// The entry in the population register (folkbokföring).
    struct Register: CasePart {
        struct Offspring: Codable, Equatable, Sendable {
            var person: Subject
            var birthDate: Day
            var otherParent: Subject?
        }

        /// Where the person is registered; nil: nobody has registered the person.
        var municipality: String?
        var birthDate: Day?
        var civilStatus = CivilStatus.unmarried
        /// The status before the last change: what an annulment restores.
        var formerStatus: CivilStatus?
        var spouse: Subject?
        /// Since when they are married or partners.
        var spouseSince: Day?
        var children: [Offspring] = []
        /// Those of them that the entry told of.
        var childrenOfEntry: [Subject] = []
        /// What is known of spouse, children and their other parents beside the relation.
        var related: [RegisteredRelative] = []
        var isProtected = false
        var entry = ChainHead()
        var statusChange = ChainHead()
        var identity: IdentityRecord?

        /// The one who is married to the person today.
        var livingSpouse: Subject? {
            switch civilStatus {
            case .married, .partnership: spouse
            case .unmarried, .divorced, .widowed, .partnershipDissolved, .survivingPartner: nil
            }
        }

        /// What the spouse becomes when this person dies.
        var survivorStatus: CivilStatus { civilStatus == .partnership ? .survivingPartner : .widowed }
    }

    /// The kind of number and the name; the number itself is nowhere.
    struct IdentityRecord: Codable, Equatable, Sendable {
        var chain: ChainHead
        var idType: IdentityType
        var level: IdentityLevel?
        var name: PersonName?
    }

    /// A birth that a hospital has notified: REPORTED in the words of the birth machine; it ends when registered.
    struct NotifiedBirth: Codable, Equatable, Sendable {
        var child: Subject
        var notice: ChainHead
        var birthDate: Day
        var birthOrder: Int
        var registersOn: Instant
        /// What the registration is caused by: twins wait for one timer, each with a notice of its own.
        var cause: Cause
    }

    /// A birth that a notice has led to, as it was published.
    struct RegisteredBirth: Codable, Equatable, Sendable {
        var child: Subject
        var notice: ChainHead
        /// The birth, as far as notices have moved it.
        var chain = ChainHead()
        var mother: Subject
        var secondParent: Subject?
        var municipality: String
        var birthDate: Day
        var birthOrder: Int

        /// Whether a person is one of the parents.
        func has(_ parent: Subject) -> Bool { parent == mother || parent == secondParent }

        var fact: Birth {
            Birth(
                mother: mother, secondParent: secondParent, municipality: municipality, birthDate: birthDate,
                birthOrder: birthOrder)
        }
    }
}

extension SkatteverketCase {
    /// The person as a child whose birth this register has published.
    struct Child: CasePart {
        enum Stage: String, Codable, Sendable {
            case unknown
            /// PARENT_PENDING: the parents may confirm in the e-service.
            case pending
            /// PARENT_PENDING: the municipality's family law office has been told.
            case alerted
            case complete, annulled

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.unknown, .registered), (.annulled, .registered): .pending
                case (.pending, .lastDayPassed): .alerted
                case (.pending, .parentsKnown), (.alerted, .parentsKnown): .complete
                case (.alerted, .alertAnnulled), (.complete, .parentUnknown): .pending
                case (.pending, .annulled), (.alerted, .annulled), (.complete, .annulled): .annulled
                default: nil
                }
            }
        }

        enum Trigger { case registered, lastDayPassed, parentsKnown, parentUnknown, alertAnnulled, annulled }

        /// One parent's confirmation in the e-service.
        struct Confirmation: Codable, Equatable, Sendable {
            var other: Subject
            var day: Day
            var jointCustody: Bool
        }

        struct Relation: Codable, Equatable, Sendable {
            var holder: Subject
            var kind: RelationKind
            var from: Day
            /// A death ends it.
            var chain: ChainHead
        }

        var stage = Stage.unknown
        var birth = ChainHead()
        var mother: Subject?
        var secondParent: Subject?
        var birthDate: Day?
        /// What the mother and the other parent have said in the e-service.
        var fromMother: Confirmation?
        var fromOther: Confirmation?
        /// Our alert.
        var alert = ChainHead()
        /// The municipality's report.
        var report = ChainHead()
        var relations: [Relation] = []

        /// Who is told: the living.
        var parents: [Subject] { [mother, secondParent].compactMap(\.self).filter(isLiving) }

        /// Whether the person's relation has not ended with a death.
        func isLiving(_ parent: Subject) -> Bool {
            !relations.contains { $0.holder == parent && $0.chain.isEnded }
        }

        /// Those who must agree to what is done for the child, as far as is known.
        var guardians: [Subject] {
            let joint = relations.lazy.filter { $0.kind == .custody }.map(\.holder)
            return ([mother].compactMap(\.self) + joint.filter { $0 != mother }).filter(isLiving)
        }

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }
}
