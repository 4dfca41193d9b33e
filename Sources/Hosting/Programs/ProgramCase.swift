import AgencyKit
import JSON
import LifeEvents

/// What a program remembers of one subject, opaque to the host, and the names by which it finds what it cannot make
/// itself: ids of what it has published, and causes.
struct ProgramCase: AgencyCase {
    /// A publication that the program has given a name.
    struct NamedID: Codable, Hashable {
        var name: String
        var id: EventID
    }

    /// A message that the program has handled, and wants to give as a cause later.
    struct NamedCause: Codable, Hashable {
        var name: String
        var cause: Cause
    }

    /// The program's own JSON; empty: nothing yet.
    var text = ""
    /// By name.
    var ids: [NamedID] = []
    /// By name.
    var causes: [NamedCause] = []

    init() {}

    /// Gives an id a name, whatever had it before.
    mutating func name(_ id: EventID, _ name: String) {
        ids.removeAll { $0.name == name }
        ids.append(NamedID(name: name, id: id))
        ids.sort { $0.name < $1.name }
    }

    /// Keeps a cause under a name, whatever had it before.
    mutating func remember(_ cause: Cause, as name: String) {
        causes.removeAll { $0.name == name }
        causes.append(NamedCause(name: name, cause: cause))
        causes.sort { $0.name < $1.name }
    }

    func id(named name: String) -> EventID? { ids.first { $0.name == name }?.id }
    func cause(named name: String) -> Cause? { causes.first { $0.name == name }?.cause }
}
