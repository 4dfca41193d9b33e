import Contracts
import Hosting
import JSON
import LifeEvents

/// Who may say what on each topic of a run.
struct SayingRights {
    /// By topic: the owners of whom some branch may write it; nil: it is open to all.
    private let writers: [[Owner]?]
    private let names: [String]
    /// What agencies of this run declare to publish by branches that have no right to it.
    private let forbidden: [(owner: Owner, type: [UInt8], branches: String)]

    /// No contracts: everybody may say everything.
    init() {
        writers = []
        names = []
        forbidden = []
    }

    /// The rights of a run's topics.
    /// - Parameter runners: the code of the agencies, whose branches declare what they publish.
    init(_ access: AccessRights, topics: [String], _ runners: [AgencyRunner]) {
        writers = topics.map { access.writers(of: $0) }
        names = topics
        forbidden = runners.flatMap { runner in
            let published = runner.publications
            let types = Set(published.map(\.type)).sorted()
            return types.compactMap { type -> (owner: Owner, type: [UInt8], branches: String)? in
                let branches = published.filter { $0.type == type }.map(\.branch)
                guard branches.allSatisfy({ !access.mayPublish(type, Party(runner.owner, $0)) }) else { return nil }
                return (runner.owner, Array(type.name.utf8), branches.map(\.name).joined(separator: ", "))
            }
        }
    }

    /// Whether everybody may write a topic.
    func isOpen(_ topic: Int32) -> Bool { writers.isEmpty || writers[Int(topic)] == nil }

    /// Why an outsider's event may not be said; nil if it may.
    func refusal(of source: AgencyID?, _ event: ReadEvent, on topic: Int32) -> String? {
        if let source { return refusal(of: source, event.type, on: topic) }
        guard !isOpen(topic) else { return nil }
        return
            "the source \(event.sourceText.string ?? "") is no agency, and only agencies may write \(names[Int(topic)])"
    }

    /// Why an agency may not say a type, as one sentence; nil if it may. Allocates nothing where it may.
    func refusal(of agency: AgencyID, _ type: JSONValue, on topic: Int32) -> String? {
        guard !writers.isEmpty, let owners = writers[Int(topic)] else { return nil }
        guard owners.contains(agency.owner) else {
            return "no row of \(names[Int(topic)]) lets \(agency.owner) write it, and \(agency) has said this"
        }
        guard !forbidden.isEmpty, let name = type.stringBytes,
            let breach = forbidden.first(where: { $0.owner == agency.owner && $0.type.elementsEqual(name) })
        else { return nil }
        return
            "no row of \(names[Int(topic)]) lets \(agency.owner)/\(breach.branches) write it, and \(agency) has said this"
    }
}
