import AgencyKit
import LifeEvents

extension ForsakringskassanCase {
    /// Where a person is registered, as far as it has been told since the journey began.
    struct Residence: CasePart {
        struct Home: Codable, Hashable, Sendable {
            var municipality: String?
            var addressRef: String?
            /// The day on which the one before it was left; nil: before the journey.
            var left: Day?
            /// From when the registration holds.
            var since: Day?
            var isAbroad = false

            /// Whether two people are registered at the same place in Sweden.
            func isSame(as other: Home) -> Bool {
                !isAbroad && !other.isAbroad && municipality == other.municipality && addressRef == other.addressRef
            }
        }

        /// Before the journey, where it is told.
        var start: Home?
        /// Moves and departures, the oldest first.
        var homes: [FactChain<Home>] = []

        init() {}

        /// Nil: where the person was when the journey began.
        var home: Home? { homes.last?.head?.value ?? start }

        /// The place of the fact that an event creates, moves or annuls; nil: it is not known.
        func place<Data: LifeEvent>(of event: Event<Data>) -> Int? {
            event.isNew ? nil : homes.firstIndex { event.follows($0) }
        }

        /// Takes a home that an event tells of.
        /// - Returns: whether it moves what is known.
        mutating func take<Data: LifeEvent>(_ event: Event<Data>, _ home: Home) throws -> Bool {
            guard !event.isNew else {
                guard !homes.contains(where: { $0.head?.id == event.id }) else { return false }
                homes.append(FactChain(event, home))
                return true
            }
            guard let place = place(of: event) else { return false }
            try homes[place].take(event, home)
            return true
        }

        /// Takes an annulment: of a move or a departure, or of the end of one.
        mutating func take<Fact: LifeEvent>(_ event: Event<Annulled<Fact>>) throws {
            guard let place = place(of: event) else { return }
            try homes[place].take(event)
            if !homes[place].holds { homes.remove(at: place) }
        }
    }

    /// The children of a household with housing allowance: what their own cases have told.
    struct Household: CasePart {
        /// What a child's case has told.
        struct Child: Codable, Equatable, Sendable {
            var person: Subject
            var hasCustody: Bool
            var isRegistered: Bool
            var home: Residence.Home?
            var adultOn: Day?
        }

        /// A child that has left, with what it has done to the allowance.
        struct Leaving: Codable, Equatable, Sendable {
            var child: Subject
            var number: Int
            var day: Day
            /// How the case stood before it.
            var stage: HousingAllowance.Stage
        }

        /// Those who have been asked for, and those who have answered.
        var asked: [Subject] = []
        var children: [Child] = []
        var leavings: [Leaving] = []
        /// How many children have left so far.
        var count = 0

        init() {}

        mutating func take(_ data: HouseholdChild) {
            let home = data.municipality.map {
                Residence.Home(municipality: $0, addressRef: data.addressRef, left: data.left, since: data.since)
            }
            children.removeAll { $0.person == data.child }
            children.append(
                Child(
                    person: data.child, hasCustody: data.hasCustody, isRegistered: data.isRegistered, home: home,
                    adultOn: data.adultOn))
        }

        /// A child as far as its case has told of it.
        func child(_ person: Subject) -> Child? { children.first { $0.person == person } }
    }

    /// Whether a child of the household is still a child in a month: the right ends with the month of the birthday (M14).
    func isChild(_ person: Subject, in month: Month) -> Bool {
        household.child(person)?.adultOn.map { month.firstDay <= HousingRules.lastDay(left: $0) } ?? true
    }

    /// Whether a child counts in the insured's allowance: in custody, and registered where the insured is (M12). Whose
    /// registration has not been told of since the journey began is where it was then.
    func livesWith(_ person: Subject) -> Bool {
        guard let child = household.child(person), child.hasCustody, child.isRegistered else { return false }
        switch (residence.home, child.home) {
        case (nil, nil): return true
        case (let own?, let other?): return own.isSame(as: other)
        default: return false
        }
    }
}
