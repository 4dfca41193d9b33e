import AgencyKit
import LifeEvents

extension SkatteverketCase {
    /// A birth that a hospital has notified: REPORTED in the words of the birth machine; it ends when registered.
    struct NotifiedBirth: Codable, Equatable, Sendable {
        var child: Subject
        var notice: ChainHead
        var birthDate: Day
        var birthOrder: Int
        var registersOn: Instant
        /// Whether the spouse's case has been asked where the child is to be registered (B2).
        var isAsked = false
        /// Whether it waits for its turn at the desk: until then ``registersOn`` is no day.
        var isQueued = false
        /// What the registration is caused by: twins wait for one timer, each with a notice of its own.
        var cause: Cause

        /// Whether its handling time is over, and nothing else is waited for.
        func isDue(_ now: Instant) -> Bool { registersOn <= now && !isAsked && !isQueued }
    }

    /// A birth that a notice has led to, as it was published.
    struct RegisteredBirth: Codable, Equatable, Sendable {
        var child: Subject
        var notice: ChainHead
        /// The birth, as far as notices have moved it.
        var chain = ChainHead()
        /// The board's report that the other parent was confirmed before the birth, and the parenthood by it.
        var report = ChainHead()
        var parenthood = ChainHead()
        var mother: Subject
        var secondParent: Subject?
        var municipality: String
        var birthDate: Day
        var birthOrder: Int

        var fact: Birth {
            Birth(
                mother: mother, secondParent: secondParent, municipality: municipality, birthDate: birthDate,
                birthOrder: birthOrder, concerns: SkatteverketRules.region(of: municipality))
        }
    }

    /// A child of this person's of whom no entry told: its own case did, when this person was registered as parent.
    struct OwnChild: Codable, Equatable, Sendable {
        var child: Subject
        var chain: ChainHead
    }

    /// A parent's death, as it was told to a child's case.
    struct ToldDeath: Codable, Equatable, Sendable {
        var child: Subject
        var parent: Subject
        var chain: ChainHead
        /// The day of death.
        var day: Day
    }

    /// The other parent of a child that is expected: confirmed and approved at the municipality before the birth.
    struct ExpectedChild: Codable, Equatable, Sendable {
        var report: ChainHead
        var otherParent: Subject
        var isJoint: Bool
        var expectedOn: Day
    }

    /// Joint custody that the parents have asked for before the birth: registered some days after the child is.
    struct CustodyToCome: Codable, Equatable, Sendable {
        var child: Subject
        var holder: Subject
        var municipality: String
        var registersOn: Instant
        var cause: Cause
    }
}
