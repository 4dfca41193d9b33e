/// Which room may import what: a room only those listed above it, a C library in the one room that wraps it.
enum ImportRule {
    /// From the ground up.
    static let rooms = [
        "JSON", "Files", "LinearRegex", "Parallel", "Processes", "YAML", "SQLite", "Terminal", "CommandLineTool",
        "JSONSchema",
        "Kafka", "LifeEvents",
        "Contracts", "AgencyKit",
        "Agencies", "CitizenStatus", "Planes", "Hosting", "Simulation", "Scenarios", "Reports", "Runs", "Dashboard",
        "JourneyTesting",
        "livsbuss",
    ]
    static let toolkit: Set = [
        "JSON", "Files", "LinearRegex", "Parallel", "Processes", "YAML", "SQLite", "Terminal", "CommandLineTool",
        "JSONSchema",
    ]
    /// The tools that another tool is made with.
    private static let helpers: [String: Set<String>] = [
        "CommandLineTool": ["Terminal"], "YAML": ["Files"], "JSONSchema": ["JSON", "LinearRegex", "Terminal"],
    ]
    static let wrappers = ["CRdkafka": "Kafka", "CSQLite": "SQLite", "CYAML": "YAML", "CSpawn": "Processes"]
    static let withoutFoundation: Set = ["JSON", "LifeEvents", "AgencyKit", "Hosting", "Simulation", "Agencies"]

    /// Rooms above that a room must not know all the same.
    private static let unknown: [String: Set<String>] = [
        "LifeEvents": ["Kafka"], "AgencyKit": ["Kafka", "SQLite"], "Agencies": ["Kafka", "SQLite"],
        "Hosting": ["Kafka", "SQLite", "CitizenStatus", "Agencies"],
    ]
    private static let toolchain: Set = [
        "Swift", "Foundation", "FoundationEssentials", "Glibc", "Synchronization", "Dispatch", "Testing",
    ]
    private static let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]

    /// The room a path lies in: `Sources/Toolkit/JSON/…` is JSON.
    static func room(of path: String) -> String? {
        let folders = path.split(separator: "/").map(String.init)
        guard folders.count > 2, folders[0] == "Sources" else { return nil }
        return folders[1] == "Toolkit" ? folders[2] : folders[1]
    }

    /// The modules a file imports, with their lines.
    static func imports(of file: SourceFile) -> [(module: String, line: Int)] {
        file.tokens.indices.compactMap { index in
            guard file.word(index) == "import", file.word(index - 1) != "." else { return nil }
            let module = file.word(index + (kinds.contains(file.word(index + 1)) ? 2 : 1))
            return (module, file.tokens[index].line)
        }
    }

    static func violations(in file: SourceFile, libraries: Set<String>) -> [Violation] {
        guard let room = room(of: file.path) else { return [] }
        guard rooms.contains(room) else { return [file.violation(1, "\(room) is not a room of the house")] }
        return imports(of: file).compactMap { module, line in
            reason(room, module, libraries).map { file.violation(line, $0) }
        }
    }

    /// A library that no table names still belongs to one room.
    static func sharedLibraries(_ files: [SourceFile], libraries: Set<String>) -> [Violation] {
        var owners = wrappers
        return files.flatMap { file in
            imports(of: file).compactMap { module, line in
                guard libraries.contains(module), wrappers[module] == nil, let room = room(of: file.path) else {
                    return nil
                }
                let owner = owners[module] ?? room
                owners[module] = owner
                return owner == room ? nil : file.violation(line, "\(module) is wrapped by \(owner) already")
            }
        }
    }

    private static func reason(_ room: String, _ module: String, _ libraries: Set<String>) -> String? {
        if module.hasPrefix("Foundation"), withoutFoundation.contains(room) {
            return "\(room) does without Foundation"
        }
        if let owner = wrappers[module] { return owner == room ? nil : "only \(owner) imports \(module)" }
        if libraries.contains(module) || toolchain.contains(module) { return nil }
        guard let own = rooms.firstIndex(of: room), let other = rooms.firstIndex(of: module) else {
            return "\(module) comes neither with the toolchain nor from this house"
        }
        if toolkit.contains(room) {
            return helpers[room]?.contains(module) == true ? nil : "\(room) stands alone; it imports \(module)"
        }
        if other >= own { return "\(room) stands below \(module) and must not import it" }
        return unknown[room]?.contains(module) == true ? "\(room) must not know \(module)" : nil
    }
}
