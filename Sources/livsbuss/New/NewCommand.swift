import CommandLineTool
import Contracts
import LifeEvents
import Terminal

/// `livsbuss new …`: what a beginning needs, ready to be run and to be changed.
enum NewCommand {
    static var group: Command {
        .group(
            "new", "Writes the beginning of an agency, a scenario or a topic, which runs as it is.",
            discussion: "Files that are there are never written over.", [agency, scenario, topic])
    }

    /// `livsbuss new agency NAME`
    private static var agency: Command {
        Command(
            "agency", "Writes an agency: its contracts, a program in Python that plays it, and a journey.",
            discussion: """
                The contracts go into the folder of contracts, the program and the journey into this folder. The program \
                talks as docs/adapter-protocol.md says; an agency in Swift is made as docs/agency.md tells.
                """,
            examples: ["livsbuss new agency lotteri": "then `livsbuss run lotteri.yaml` passes"]
        ) { args in
            let name: String = args.positional("name", "The owner's name, letters a to z.")
            let topics: String? = args.option(
                "topics", value: "folder", "The folder of contracts.", complete: .directories)
            args.require(Owner(text: name) != nil, "an owner's name is letters a to z, such as lotteri")
            let output = args.output
            return {
                let folder = try Places.topicsFolder(topics)
                if try Places.topicsAndOwners(topics).agencies.contains(where: { "\($0.owner)" == name }) {
                    throw Failure(.invalidFile, "\(folder)/\(name): this owner is there already")
                }
                var files = NewFiles()
                files.add("\(folder)/\(name)/agency.yaml", NewContracts.agency(name))
                files.add("\(folder)/\(name)/dead-letter.v1.yaml", NewContracts.deadLetters(name))
                files.add(
                    "\(folder)/\(name)/filing.v1.yaml",
                    NewContracts.topic(name, "filing", "Ansökan", "Filing", rows: ["citizen: write", "\(name): read"]))
                files.add("\(folder)/\(name)/filing.application.v1.schema.json", NewContracts.application(name))
                files.add(
                    "\(folder)/\(name)/decision.v1.yaml",
                    NewContracts.topic(name, "decision", "Beslut", "Decision", rows: ["\(name): write"]))
                files.add("\(folder)/\(name)/decision.v1.schema.json", NewContracts.decision(name))
                files.add("\(name).py", NewAgency.program(name), isProgram: true)
                files.add("\(name).yaml", NewAgency.scenario(name))
                try files.write(output)
                output.write(
                    """
                    now try
                      livsbuss topics check
                      livsbuss run \(name).yaml
                      livsbuss conformance --agency \(name) --exec ./\(name).py --scenarios \(name).yaml

                    """)
                return 0
            }
        }
    }

    /// `livsbuss new scenario NAME`
    private static var scenario: Command {
        Command(
            "scenario", "Writes a scenario: a student applies for aid, and gets it.",
            examples: ["livsbuss new scenario my-journey": "then `livsbuss run my-journey.yaml` passes"]
        ) { args in
            let name: String = args.positional("name", "The scenario's name: small letters, digits and hyphens.")
            args.require(
                Branch(text: name.filter { !$0.isNumber }) != nil, "a name is small letters, digits and single hyphens")
            let output = args.output
            return {
                var files = NewFiles()
                files.add("\(name).yaml", NewAgency.journey(name))
                try files.write(output)
                output.write("now try\n  livsbuss run \(name).yaml\n")
                return 0
            }
        }
    }

    /// `livsbuss new topic OWNER.NOUN.v1`
    private static var topic: Command {
        Command(
            "topic",
            "Writes a topic's manifest and the schema of its type, written for the record until somebody reads it.",
            discussion: """
                OWNER.NOUN.FACET.v1 adds a type to a topic. For an owner whose code is part of this program \
                `livsbuss topics swift` then makes the Swift type, and `topics check` tells which code does not say it yet.
                """,
            examples: [
                "livsbuss new topic lotteri.payment.v1": "a topic of an owner that is there",
                "livsbuss new topic skatteverket.reminder.v1 --branch beskattning": "one that a branch says",
            ]
        ) { args in
            let name: String = args.positional("type", "The type: owner.noun.v1, or owner.noun.facet.v1.")
            let topics: String? = args.option(
                "topics", value: "folder", "The folder of contracts.", complete: .directories)
            let branch: String? = args.option(
                "branch", value: "name", "The owner's branch that says it, where the owner has branches.")
            let type = EventType(name)
            let parts = name.split(separator: ".", omittingEmptySubsequences: false)
            args.require(
                3...4 ~= parts.count && parts.allSatisfy({ !$0.isEmpty }) && type.owner != nil
                    && parts.dropFirst().dropLast().allSatisfy { Branch(text: $0) != nil }
                    && parts.last.map { $0.first == "v" && Int($0.dropFirst()) ?? 0 > 0 } ?? false,
                "a type is owner.noun.v1 or owner.noun.facet.v1")
            let output = args.output
            return {
                let folder = try Places.topicsFolder(topics)
                let catalogue = try Places.topicsAndOwners(topics)
                guard let owner = type.owner, let agency = catalogue.agency(of: owner) else {
                    throw Failure(
                        .invalidFile, "\(folder): there is no owner \(parts[0]); `livsbuss new agency` writes one")
                }
                var files = NewFiles()
                let noun = "\(parts[1])", version = parts.last.map(String.init) ?? "v1"
                if catalogue.topic(named: type.topic) == nil {
                    let isFiled = noun == "filing"
                    let writer = isFiled ? "citizen" : "\(owner)/\(try Self.application(of: agency, branch))"
                    files.add(
                        "\(folder)/\(owner)/\(noun).\(version).yaml",
                        NewContracts.topic(
                            "\(owner)", noun, noun, noun, version: version,
                            rows: ["\(writer): write"]))
                }
                let file = name.dropFirst("\(owner).".count)
                files.add("\(folder)/\(owner)/\(file).schema.json", NewContracts.type(name))
                try files.write(output)
                output.write("now try\n  livsbuss topics check\n  livsbuss topics show \(name)\n")
                return 0
            }
        }
    }
}

extension NewCommand {
    /// What of an owner says a new topic: a branch, where it has branches.
    private static func application(of agency: AgencyFile, _ branch: String?) throws -> String {
        let names = agency.branches.map(\.branch.name)
        switch branch {
        case nil where names.count < 2: return names.first ?? "\(agency.owner)"
        case nil:
            throw Failure(
                .invalidFile,
                "\(agency.owner) has branches: say by --branch which of them says it: \(names.joined(separator: ", "))")
        case let name? where names.contains(name): return name
        case let name?:
            let there = names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))"
            throw Failure(.invalidFile, "\(agency.owner) has no branch \(name.escapedLine); \(there)")
        }
    }
}

/// Files that are written together, or not at all.
private struct NewFiles {
    private var files: [(path: String, text: String, isProgram: Bool)] = []

    mutating func add(_ path: String, _ text: String, isProgram: Bool = false) { files.append((path, text, isProgram)) }

    func write(_ output: TerminalOutput) throws {
        if let there = files.first(where: { Places.exists($0.path) }) {
            throw Failure(.invalidFile, "\(there.path): the file is there already, and nothing was written")
        }
        for (path, text, isProgram) in files {
            if let end = path.lastIndex(of: "/") { try Places.makeFolder(String(path[..<end])) }
            try Places.write(text, to: path)
            if isProgram { try Places.makeRunnable(path) }
            output.write("wrote \(path)\n")
        }
    }
}
