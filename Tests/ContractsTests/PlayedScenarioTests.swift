import Agencies
import AgencyKit
import Contracts
import Foundation
import JourneyTesting
import LifeEvents
import Testing

/// What the shipped scenarios put on the bus, held against what is declared of it.
@Suite struct PlayedScenarioTests {
    /// Every case of every scenario, played once.
    private static let journeys = Result { () throws -> [Journey] in
        let folder = URL(filePath: TopicsFolder.shipped).deletingLastPathComponent().appending(path: "Scenarios").path
        let names = (FileManager.default.enumerator(atPath: folder)?.allObjects ?? []).compactMap { $0 as? String }
        let files = names.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix("shared/") }.sorted()
        return try files.flatMap { try Journey.replayAll("\(folder)/\($0)") }
    }

    /// The types of an owner's agencies.
    struct Said: Hashable, Comparable, CustomStringConvertible {
        let owner: Owner
        let type: String

        var description: String { "\(owner) says \(type)" }

        static func < (left: Said, right: Said) -> Bool {
            (left.owner.description, left.type) < (right.owner.description, right.type)
        }
    }

    private static let declared = Set(
        BuiltInAgencies.owners.flatMap { owner in
            BuiltInAgencies.code(for: owner).flatMap { publications(of: $0) }.map {
                Said(owner: owner, type: $0.type.name)
            }
        })

    private static func publications<Code: Agency>(of code: Code) -> [Publication] { Code.publications }

    @Test func `an agency says no type that it does not declare`() throws {
        var said: Set<Said> = []
        for journey in try Self.journeys.get() {
            #expect(journey.passed)
            for message in journey.messages {
                guard let owner = message.envelope.source?.owner, BuiltInAgencies.owners.contains(owner),
                    // A dead letter is written by the host for the agency.
                    !message.type.hasSuffix(".dead-letter.v1")
                else { continue }
                said.insert(Said(owner: owner, type: message.type))
            }
        }
        #expect(said.count > 20)
        #expect(said.subtracting(Self.declared).sorted() == [])
        // No fault: a type may be for an event that no shipped scenario has.
        for unsaid in Self.declared.subtracting(said).sorted() { print("in no shipped scenario: \(unsaid)") }
    }

    @Test func `people say nothing but what they file, and what is their own`() throws {
        for message in try Self.journeys.get().flatMap(\.messages) where message.envelope.source?.owner == .citizen {
            let topic = EventType(message.type).topic
            #expect(
                topic.hasSuffix(".filing.v1")
                    || ["citizen.consent.v1", "citizen.household.v1", "citizen.mandate.v1"].contains(topic),
                "\(message.type)")
        }
    }

    @Test func `every message is valid by the schema of its type`() throws {
        let schemas = try TopicSchemas()
        var valid = 0
        for journey in try Self.journeys.get() {
            // What is recorded of protected people lacks the fields that say where they are.
            let isProtected = journey.messages.contains { $0.data.contains(#""protection":"#) }
            for message in journey.messages {
                let type = EventType(message.type)
                guard !type.topic.hasSuffix(".dead-letter.v1") else { continue }
                let failures = try schemas.failures(
                    of: message.data, type: type, isAnnulled: message.envelope.change == .annulled
                ).filter { !isProtected || !$0.hasSuffix("' is missing") }
                #expect(failures == [], "\(type): \(message.data)")
                valid += 1
            }
        }
        #expect(valid > 1_000)
    }
}
