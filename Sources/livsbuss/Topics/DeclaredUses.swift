import Agencies
import AgencyKit
import Contracts
import Hosting
import LifeEvents
import Planes

/// What the built-in agencies hear and publish, and what people file.
struct DeclaredUses {
    let readings: [DeclaredReading]
    let writings: [DeclaredWriting]
    /// All types: those of this version, and those of owners whom programs of their own play.
    let types: [EventType]

    init(_ catalogue: Catalogue) {
        let runners = BuiltInAgencies.idleRunners + [Self.people]
        let programs = ProgramUses(catalogue)
        types = Self.types + programs.types.filter { !Self.types.contains($0) }
        readings = Self.readings(runners) + programs.readings
        let people = catalogue.agencies.filter { $0.kind == .people }.map(\.owner)
        // What people own they say themselves, but for what agencies set on their pages.
        let said = Set(runners.flatMap(\.publications).map(\.type))
        let filings = Self.types.filter { $0.isFiling || $0.owner.map(people.contains) == true && !said.contains($0) }
            .flatMap { type in people.map { DeclaredWriting(party: Party(whole: $0), type: type) } }
        writings =
            runners.flatMap { runner in
                runner.publications.map {
                    DeclaredWriting(party: Party(runner.owner, $0.branch), type: $0.type)
                }
            } + filings + programs.writings
            + [DeclaredWriting(party: Party(whole: .livsbuss), type: Errand.type)]
    }

    /// What the built-in agencies hear, whatever the contracts say.
    static var readings: [DeclaredReading] { readings(BuiltInAgencies.idleRunners + [people]) }

    /// People, as planes play them.
    private static var people: AgencyRunner { AgencyRunner.runner(for: CitizenAdapter(.bus), playing: []) }

    private static func readings(_ runners: [AgencyRunner]) -> [DeclaredReading] {
        runners.flatMap(\.riverDescriptions).map {
            DeclaredReading(
                party: Party($0.owner, $0.branch), type: $0.type, rule: $0.name, file: "\($0.file)", line: $0.line)
        }
    }

    /// All types of this version.
    static var types: [EventType] { EventTypes.all.map { EventType($0) } }
}

extension EventType {
    /// Whether people file it: what is sent to an agency is a topic of its own for each owner.
    fileprivate var isFiling: Bool { topic.split(separator: ".").dropFirst().first == "filing" }
}
