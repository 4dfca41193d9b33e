public import AgencyKit
import LifeEvents

/// What the population register (folkbokföring) remembers of one person; estates and taxes have cases of their own.
public struct SkatteverketCase: AgencyCase {
    /// Who acts for the person, in anything.
    @Part var godMan: KnownGodMan
    @Part var register: Register
    /// Births notified in this person's, the mother's, name and not yet registered.
    var births: [NotifiedBirth] = []
    /// Births registered from a notice in this person's name: what the hospital corrects later is found here.
    var registered: [RegisteredBirth] = []
    /// What the municipality has told of the other parent of a child that this person expects.
    var expected: [ExpectedChild] = []
    /// Custody by an act before the birth that is not registered yet.
    var custodies: [CustodyToCome] = []
    /// Children that were stillborn: a case each, and no person.
    var stillbirths: [Stillbirth] = []
    /// Children of whom the children's own cases have told.
    var ownChildren: [OwnChild] = []
    /// What the cases of this person's children have been told of a parent's death.
    var toldDeaths: [ToldDeath] = []
    @Part var child: Child
    @Part var naming: Naming
    @Part var death: DeathRecord
    @Part var move: Relocation
    @Part var abroad: Abroad
    @Part var control: Control
    @Part var appeal: Appeal
    /// A move to Sweden.
    @Part var arrival: Arrival
    @Part var representatives: Representatives
    /// Of the register's desk: the births that wait to be taken up.
    @Part var queue: OfficeQueue

    /// A person of whom nothing is known.
    public init() {}

    /// Where the person is registered now; nil: nowhere, or no longer in Sweden.
    var residence: String? { abroad.chain.holds ? nil : register.municipality }
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
        /// When the person was registered in Sweden, as the entry tells.
        var residence: [ResidencePeriod]?
        var civilStatus = CivilStatus.unmarried
        /// The status before the last change: what an annulment restores.
        var formerStatus: CivilStatus?
        var spouse: Subject?
        /// Since when they are married or partners.
        var spouseSince: Day?
        var children: [Offspring] = []
        /// Those of them that the entry told of.
        var childrenOfEntry: [Subject] = []
        var parents: [Subject] = []
        /// Children and parents who have died, and who stands in their place.
        var dead: [DeadRelative] = []
        /// What is known of spouse, children and their other parents beside the relation.
        var related: [RegisteredRelative] = []
        /// Who has custody of children, where it is not both parents.
        var custody: [KnownCustody] = []
        var isProtected = false
        var entry = ChainHead()
        var statusChange = ChainHead()
        /// Since when the status holds, where it changed during the run: of a widow the day of the death.
        var statusSince: Day?
        var identity: IdentityRecord?

        /// The one who is married to the person today.
        var livingSpouse: Subject? {
            switch civilStatus {
            case .married, .partnership: spouse
            case .unmarried, .divorced, .widowed, .partnershipDissolved, .survivingPartner: nil
            }
        }

        /// Who has custody of a child beside this person: as the child's case has told, else the other parent.
        func guardians(of child: Offspring, besides person: Subject) -> [Subject] {
            let told = custody.first { $0.child == child.person }?.guardians
            return (told ?? [child.otherParent].compactMap(\.self)).filter { $0 != person && $0 != deadSpouse }
        }

        /// Who stands in the place of a child or a parent who has died; nil: that one lives.
        func issue(of relative: Subject, outlived died: Day?) -> [Offspring]? {
            dead.first { dead in dead.person == relative && (died.map { dead.died <= $0 } ?? true) }?.issue
        }

        /// Whether a child or a parent is known to be dead.
        func isDead(_ relative: Subject) -> Bool { dead.contains { $0.person == relative } }

        /// Whether a relative has protected data, and is named in no message about this person.
        func isProtected(_ relative: Subject) -> Bool {
            related.first { $0.person == relative }?.protected == true
        }

        /// The spouse whom the person has outlived, or who died at the same time.
        private var deadSpouse: Subject? {
            switch civilStatus {
            case .widowed, .survivingPartner: spouse
            case .unmarried, .married, .divorced, .partnership, .partnershipDissolved: nil
            }
        }

        /// What the spouse becomes when this person dies.
        var survivorStatus: CivilStatus { civilStatus == .partnership ? .survivingPartner : .widowed }
    }

    /// A child or a parent who has died, with that one's children.
    struct DeadRelative: Codable, Equatable, Sendable {
        var person: Subject
        var died: Day
        var issue: [Register.Offspring]
        var chain: ChainHead
    }

    /// Who has custody of a child, where it is not both parents.
    struct KnownCustody: Codable, Equatable, Sendable {
        var child: Subject
        var guardians: [Subject]
    }

    /// The kind of number and the name; the number itself is nowhere.
    struct IdentityRecord: Codable, Equatable, Sendable {
        var chain: ChainHead
        var idType: IdentityType
        var level: IdentityLevel?
        var name: PersonName?
    }
}

extension SkatteverketCase: KnowsGodMan {}
