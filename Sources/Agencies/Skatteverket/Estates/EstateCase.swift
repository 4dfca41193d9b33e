public import AgencyKit
import LifeEvents

/// What the estates' branch (dödsbo) remembers of one person: who would inherit, and the estate once the person is dead.
public struct EstateCase: AgencyCase {
    @Part var family: Family
    @Part var estate: Estate
    /// Estates in which this person, a minor or a principal, is partner, and who acts for the person.
    @Part var shares: Shares

    /// A person of whom nothing is known.
    public init() {}
}

extension EstateCase {
    /// Relations, as the register has told them.
    struct Family: CasePart {
        struct Child: Codable, Equatable, Sendable {
            var person: Subject
            var birthDate: Day
            var otherParent: Subject?
        }

        struct Custody: Codable, Equatable, Sendable {
            var child: Subject
            var guardians: [Subject]
        }

        var municipality: String?
        var spouse: Subject?
        /// The one who was married to the person and has died: what was left in half may have heirs of its own.
        var deadSpouse: Subject?
        var children: [Child] = []
        var parents: [Subject] = []
        /// Relatives with protected data: they act as others do, and no message names them.
        var protected: [Subject] = []
        /// Whether the person has protected data: whom an estate concerns by its place is rung up by a named function.
        var isProtected = false
        /// Who has custody of children, where it is not both parents.
        var custody: [Custody] = []
        var entry = ChainHead()
        var status = ChainHead()
        /// Who acts for a relative in this person's estate.
        var representatives: [Representative] = []
        /// Who inherits what the dead spouse left, after this person.
        var successors: [Subject] = []
        /// Children of whom no entry told: their own cases did.
        var later: [LaterChild] = []
        /// Children and parents who have died.
        var dead: [DeadRelative] = []
        /// Who lives with the person, spouse or cohabitant with whom there is a child, and has no protected data.
        var cohabitants: [Subject] = []
        /// With whom those live who act for partners of the person's estate.
        var households: [Household] = []

        /// Spouse and cohabitants.
        var household: [Subject] {
            let all = [spouse].compactMap(\.self) + cohabitants.filter { $0 != spouse }
            return all.filter { !protected.contains($0) }
        }
    }

    /// With whom one is married or lives.
    struct Household: Codable, Equatable, Sendable {
        var representative: Subject
        var members: [Subject]
    }

    /// A child or a parent who has died, and who stands in that one's place.
    struct DeadRelative: Codable, Equatable, Sendable {
        var person: Subject
        var died: Day
        var issue: [Family.Child]
        /// Who acts for that one's own estate.
        var actors: [Subject]
        var chain: ChainHead
    }

    /// A child of whom its own case has told.
    struct LaterChild: Codable, Equatable, Sendable {
        var child: Subject
        var chain: ChainHead
    }

    /// Who acts for somebody's share: a god man, or of a partner who has died the partners of that estate.
    struct Representative: Codable, Equatable, Sendable {
        var person: Subject
        var actors: [Subject]
        var chain: ChainHead
        /// Who has acted before them, and has been told that it is over.
        var released: [Subject] = []
    }

    /// The person as partner in estates of others.
    struct Shares: CasePart {
        var estates: [Subject] = []
        /// Who acts for the person, by what chief guardians have told: one mandate each, in the order in which it came.
        var mandates: [Mandate] = []
        /// What was told to estates of relatives, and which.
        var told: [Told] = []

        struct Mandate: Codable, Equatable, Sendable {
            var chain: FactChain<Guardianship>
        }

        struct Told: Codable, Equatable, Sendable {
            var dead: Subject
            var actors: [Subject]
            var chain: ChainHead
        }

        /// Who acts for the person's share of an estate: who is appointed for that share, in the place of who else is
        /// god man (FB 11:2); else all whose scope holds more than care for the person.
        var actors: [Subject] {
            let held = mandates.compactMap { $0.chain.holds ? $0.chain.head?.value : nil }
            let special = held.filter { $0.scope.contains(.estateShare) }
            var actors: [Subject] = []
            for mandate in special.isEmpty ? held.filter(\.actsForShares) : special
            where !actors.contains(mandate.holder) { actors.append(mandate.holder) }
            return actors
        }
    }

    /// The estate until its inventory (bouppteckning) is registered, or is not needed.
    struct Estate: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, awaiting, reminded, ordered, appointing, received, supplementAsked, registered, small

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .opened), (.small, .assetFound): .awaiting
                case (.awaiting, .timePassed): .reminded
                case (.reminded, .timePassed): .ordered
                case (.ordered, .timePassed): .appointing
                case (.awaiting, .filed), (.reminded, .filed), (.ordered, .filed), (.appointing, .filed): .received
                case (.awaiting, .filedIncomplete), (.reminded, .filedIncomplete), (.ordered, .filedIncomplete),
                    (.appointing, .filedIncomplete):
                    .supplementAsked
                case (.supplementAsked, .completed): .received
                case (.supplementAsked, .timePassed): .reminded
                case (.received, .timePassed): .registered
                case (.awaiting, .small), (.reminded, .small), (.ordered, .small): .small
                // An heir of whom nobody knew: what was filed, or registered, is not whole.
                case (.received, .heirFound), (.registered, .heirFound): .supplementAsked
                // A later day of death: there is time again.
                case (.reminded, .dueLater), (.ordered, .dueLater): .awaiting
                default: nil
                }
            }

            var isWaiting: Bool { after(.filed) != nil }
        }

        enum Trigger {
            case opened, timePassed, filed, filedIncomplete, completed, small, assetFound, dueLater, heirFound
        }

        var stage = Stage.none
        /// Whose estate it is, once the person is dead.
        var dead: Subject?
        /// The death, with its day; kept also where the estate needs nothing.
        var death = FactChain<Day>()
        var registeredOn: Day?
        var municipality: String?
        var heldBy: Day?
        var dueDate: Day?
        /// The last day of the request that stands now.
        var lastDay: Day?
        var heldOn: Day?
        var partners = EstatePartners()
        var summoned: [Subject] = []
        /// What is missing in the inventory.
        var missing: InventoryItem?
        /// What has been published, the state `due` first: each is a fact of its own.
        var facts: [ChainHead] = []
        var notices: [Notice] = []
        var unattended = ChainHead()
        /// What was told to the estate of the spouse who died before, and by it.
        var partnerDied = ChainHead()
        var successors = ChainHead()
        /// What parents and children have been told of the death.
        var toldRelatives: [ToldRelative] = []
        /// Whether an inventory has said that some heir is not known, and who acts for such heirs.
        var hasUnknownHeirs = false
        var unknownHeirsActor: UnknownHeirsActor?
        /// Who acts, as the register knows it.
        var toldActors: [Subject] = []
        /// To whom the inventory was said to be due.
        var dueTo: [Subject] = []
        /// Who has been told to have a part in the estate.
        var roles: [Role] = []

        struct UnknownHeirsActor: Codable, Equatable, Sendable {
            var person: Subject
            var chain: ChainHead
        }

        struct Role: Codable, Equatable, Sendable {
            var person: Subject
            var part: EstatePart
        }

        struct ToldRelative: Codable, Equatable, Sendable {
            var person: Subject
            var died: Day
            var issue: [Family.Child]
            var actors: [Subject]
            var chain: ChainHead
        }

        /// A minor whom the chief guardian has been told of.
        struct Notice: Codable, Equatable, Sendable {
            var child: Subject
            var chain: ChainHead
        }

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    /// The estate partners by law (D6, ärvdabalken 1 kap. 1 §, 2, 3 and 5 kap.): a spouse before common children, who
    /// inherit after the spouse and are no partners; a child by another at once; no spouse: children, else parents; in the
    /// place of who has not outlived the dead that one's children. A minor acts through the parent who lives.
    func heirs(on day: Day) -> EstatePartners {
        var persons = [family.spouse].compactMap(\.self)
        for child in family.children where family.spouse == nil || child.otherParent != family.spouse {
            persons += line(of: child).map(\.person)
        }
        if persons.isEmpty {
            for parent in family.parents {
                let line = deadBefore(parent)?.issue.map(\.person) ?? [parent]
                persons += line.filter { $0 != estate.dead && !persons.contains($0) }
            }
        }
        persons += [estate.unknownHeirsActor?.person].compactMap(\.self)
        // What a dead spouse left is divided with those who were to wait for it.
        persons += family.successors.filter { !persons.contains($0) }
        return EstatePartners(persons.map { holder($0, on: day) })
    }

    /// Who inherits after the spouse (efterarvingar, ärvdabalken 3 kap. 1 and 2 §§), and is to be summoned: who has protected
    /// data is by a named function.
    func waiting(on day: Day) -> [Subject] {
        guard family.spouse != nil else { return [] }
        var state = self
        state.family.spouse = nil
        return state.heirs(on: day).persons.filter { person in
            !estate.partners.persons.contains(person) && !family.protected.contains(person)
        }
    }

    /// A child, or who stands in the place of one who has not outlived the person.
    private func line(of child: Family.Child) -> [Family.Child] { deadBefore(child.person)?.issue ?? [child] }

    /// A relative who has not outlived the person: who dies later has inherited (ärvdabalken 1 kap. 1 and 2 §§).
    private func deadBefore(_ relative: Subject) -> DeadRelative? {
        family.dead.first { dead in
            dead.person == relative && (estate.death.head.map { dead.died <= $0.value } ?? true)
        }
    }

    /// Who stands in the person's place where another inherits who died on a day: children, and theirs where they are dead.
    func issue(outliving died: Day?) -> [Family.Child] {
        family.children.flatMap { child in
            family.dead.first { dead in
                dead.person == child.person && (died.map { dead.died <= $0 } ?? true)
            }?.issue ?? [child]
        }
    }

    /// A holder, with who acts instead: a god man, of one who has died later who acts for that estate, or of a minor the
    /// other parent.
    func holder(_ person: Subject, on day: Day) -> EstatePartners.Holder {
        if let representative = family.representatives.last(where: { $0.person == person && $0.chain.holds }) {
            return .init(person, actedFor: representative.actors)
        }
        if let dead = family.dead.first(where: { $0.person == person }) {
            return .init(person, actedFor: dead.actors)
        }
        guard isMinor(person, on: day), let child = child(person) else { return .init(person) }
        return .init(person, actedFor: guardians(of: child))
    }

    /// Who acts for a child: who has custody as the child's case has told, else the other parent, unless that one died
    /// before.
    func guardians(of child: Family.Child) -> [Subject] {
        let told = family.custody.first { $0.child == child.person }?.guardians
        return (told ?? [child.otherParent].compactMap(\.self)).filter { guardian in
            guardian != estate.dead && guardian != family.deadSpouse
                && !family.dead.contains { $0.person == guardian }
        }
    }

    /// A child, or a child's or a parent's child, as far as relations have been told.
    func child(_ person: Subject) -> Family.Child? {
        family.children.first { $0.person == person }
            ?? family.dead.lazy.flatMap(\.issue).first { $0.person == person }
    }

    func isMinor(_ person: Subject, on day: Day) -> Bool {
        child(person).map { SkatteverketRules.isMinor(born: $0.birthDate, on: day) } ?? false
    }

    /// Whether some partner is a minor or has a representative: then the chief guardian gets a copy.
    func hasWards(on day: Day) -> Bool {
        estate.partners.holders.contains { isWard($0.person, on: day) }
    }

    /// Whether a minor or a principal is partner through another.
    func isWard(_ person: Subject, on day: Day) -> Bool { isMinor(person, on: day) || hasRepresentative(person) }

    /// Whether who acts for a partner, a minor's guardian or a god man, is partner as well, or is married to one or lives
    /// with one: then another is to act (D12).
    func needsGodMan(_ person: Subject, on day: Day) -> Bool {
        guard isWard(person, on: day) else { return false }
        let actors = holder(person, on: day).actors ?? []
        let near = family.households.filter { actors.contains($0.representative) }.flatMap(\.members)
        return (actors + near).contains { $0 != person && estate.partners.persons.contains($0) }
    }

    /// Whether a person's own case tells this one who acts for that person: spouses, parents and children do.
    func isNearest(_ person: Subject) -> Bool {
        person == family.spouse || family.parents.contains(person)
            || family.children.contains { $0.person == person }
    }

    /// Whether the chief guardian is told of a partner before the meeting (D12).
    func concernsChiefGuardian(_ person: Subject, on day: Day) -> Bool {
        isMinor(person, on: day) || needsGodMan(person, on: day)
    }

    func hasRepresentative(_ person: Subject) -> Bool {
        family.representatives.contains { $0.person == person && $0.chain.holds }
    }
}

extension Guardianship {
    /// Whether its scope lets the holder act for what the principal inherits (FB 11:2, 11:5).
    var actsForShares: Bool { scope.contains { $0 != .careForPerson } }
}
