import Agencies
import Contracts
import LifeEvents
import Planes
import Reports
import Runs
import Scenarios
import Simulation
import Terminal
import YAML

/// What a run is to play: the worlds of the scenario files, read without mistakes and instantiated.
struct RunPlan {
    private let scenarios: [Scenario]
    /// The worlds, in the order of the files and of their matrices.
    let instances: [ScenarioInstance]
    /// Steps that wait for messages which do not come, in the files' order.
    private let leftOut: [Located<String>]
    /// Scenarios that were left out because they say so, in the files' order.
    let skipped: [(name: String, reason: String)]
    /// Every file that was read, includes too.
    let files: [String]
    /// The contracts that the files were held against.
    let catalogue: Catalogue

    /// Reads and instantiates what the options name; mistakes go to standard error.
    /// - Parameter schemas: when the schemas of the contracts are read; on demand, those are read that a world's steps and
    ///   agencies need, and a fault of one of them is told with all others.
    /// - Throws: `Failure` for invalid files, and for a filter that leaves no world; `ScriptError`; `ContractError`.
    init(_ options: RunOptions, schemas: SchemaReading = .now) throws {
        catalogue = try Places.catalogue(options.topics, schemas: schemas)
        var reader = try PlanReader(options, .ofProgram(catalogue))
        for path in options.paths { try reader.read(path) }
        try catalogue.demand(reader.scenarios.lazy.flatMap(\.publishedTypes).map { EventType($0.value) }, areSaid: true)
        try reader.finish()
        files = reader.files
        try options.checkOutputs(against: files)
        guard reader.scenarios.count * options.copies <= RunLimits.maximumCases else {
            throw Failure(
                .invalidFile,
                "\(counted(reader.scenarios.count, "case")), each played \(counted(options.copies, "time")): more than "
                    + "\(RunLimits.maximumCases) cases")
        }
        scenarios = reader.scenarios
        skipped = reader.skipped
        (instances, leftOut) = try Self.instances(reader.scenarios, options, catalogue)
        for step in leftOut {
            TerminalOutput.standardError.writeLine(
                "note: \(step.span): `\(step.value.escapedLine)` is left out: what it waits for has not come")
        }
    }

    /// Some worlds as they are with another seed, in the order of their places among ``instances``.
    /// - Throws: `ScriptError` if the scenarios' messages have no room in their ids.
    func instances(_ options: RunOptions, places: [Int]) throws -> [ScenarioInstance] {
        // Each scenario has as many worlds as there are copies, one after the other.
        var own: [Scenario] = []
        var worlds: [Int] = []
        var last: Int?
        for place in places {
            let scenario = place / options.playedCopies.count
            if scenario != last { own.append(scenarios[scenario]) }
            last = scenario
            worlds.append((own.count - 1) * options.playedCopies.count + place % options.playedCopies.count)
        }
        let made = try Self.instances(own, options, catalogue).instances
        return worlds.map { made[$0] }
    }

    private static func instances(
        _ scenarios: [Scenario], _ options: RunOptions, _ catalogue: Catalogue
    ) throws -> (instances: [ScenarioInstance], leftOut: [Located<String>]) {
        var leftOut: [Located<String>] = []
        let instances = try scenarios.flatMap { scenario -> [ScenarioInstance] in
            guard !scenario.waits else {
                return try options.playedCopies.map { copy in
                    let bound = try bind(scenario, worldName(scenario, copy, options.copies), options, catalogue)
                    if copy == options.playedCopies.lowerBound { leftOut += bound.leftOut }
                    return bound.instance
                }
            }
            let template = try InstanceTemplate(
                scenario, seed: options.seed, resolution: Int64(options.resolution) * 60_000)
            return options.playedCopies.map { copy in
                template.instance(worldName: worldName(scenario, copy, options.copies))
            }
        }
        return (instances, leftOut)
    }

    /// Finds what the steps of a scenario wait for: the values that rules have in the run decide it too.
    private static func bind(
        _ scenario: Scenario, _ worldName: String, _ options: RunOptions, _ catalogue: Catalogue
    ) throws -> Binding.Bound {
        let access = try catalogue.rights()
        let resolution = Int64(options.resolution) * 60_000
        return try Binding.bind(scenario, worldName: worldName, seed: options.seed, resolution: resolution) {
            instances in
            var settings = RunSettings(seed: options.seed, resolution: resolution)
            for rule in options.ruleValues { settings.ruleValues[rule.name] = rule.value }
            let runners = try Runners.of(
                instances, programs: try .of(instances, options.programs), types: access.types, access: access,
                code: BuiltInAgencies.code)
            try catalogue.demand(of: runners)
            return RunSetup(
                settings: settings, topics: catalogue.runTopics, schemas: catalogue.schemas, access: access,
                runners: runners)
        }
    }

    /// Refuses what the scenarios publish on topics that the folder of contracts lacks: the engine has no place for it.
    func checkTopics(_ topics: [String]) throws {
        let known = Set(topics)
        var told: Set<SourceSpan> = []
        var mistakes: [FileMistake] = []
        for type in instances.lazy.flatMap(\.scenario.publishedTypes)
        where !known.contains(EventType(type.value).topic) && told.insert(type.span).inserted {
            let message = "no contract of this run has a topic for `\(type.value)`"
            let diagnostic = Diagnostic(.unknownType, message, at: type.span)
            mistakes.append(FileMistake(diagnostic))
            TerminalOutput.standardError.writeLine("\(diagnostic)")
        }
        guard mistakes.isEmpty else {
            throw Failure(.invalidFile, "\(counted(mistakes.count, "mistake")); nothing was run", mistakes)
        }
    }

    private static func worldName(_ scenario: Scenario, _ copy: Int, _ copies: Int) -> String {
        guard copies > 1 else { return scenario.caseName }
        return ScenarioInstance.worldName(ofCopy: copy, case: scenario.caseName)
    }

    /// What decides a run's digest, as one text: a store goes on only with equal inputs.
    func fingerprint(_ options: RunOptions, topics: [String]) throws -> String {
        var hash = SipHash24(key: .init(1, 1))
        for file in files { hash.append(field: try Places.text(of: file)) }
        for instance in instances {
            hash.append(field: instance.name)
            hash.append(UInt64(instance.scriptedMessages))
            hash.append(UInt64(bitPattern: instance.until.milliseconds))
        }
        for topic in topics { hash.append(field: topic) }
        hash.append(options.seed)
        hash.append(UInt64(options.resolution))
        hash.append(field: options.brokers == nil ? "embedded" : "cluster")
        hash.append(field: options.namespace ?? "")
        for rule in options.ruleValues { hash.append(field: "\(rule)") }
        if let name = options.plane {
            hash.append(field: "plane")
            let files = try PlaneChoice.plane(name).files
            for file in files { hash.append(field: try Places.text(of: file)) }
            if files.isEmpty { hash.append(field: name) }
        }
        try Programs.of(instances, options.programs).feed(&hash)
        return String(hash.finalize(), radix: 16)
    }
}

private struct PlanReader {
    let options: RunOptions
    let vocabulary: ScenarioVocabulary
    let filter: CaseFilter?
    private let choice: ScenarioChoice
    var scenarios: [Scenario] = []
    var files: [String] = []
    private(set) var skipped: [(name: String, reason: String)] = []
    private var names: [Located<String>] = []
    private var mistakes: [FileMistake] = []
    private var unfiltered: [Scenario] = []
    /// Each file, with the line up to which it is played, once: it may be named itself and by its folder.
    private var taken: Set<String> = []

    init(_ options: RunOptions, _ vocabulary: ScenarioVocabulary) throws {
        self.options = options
        self.vocabulary = vocabulary
        choice = try ScenarioChoice(options)
        filter = options.onlyCase.flatMap { CaseFilter($0) }
    }

    /// Reads a file, a folder, or a file up to a line.
    mutating func read(_ path: String) throws {
        let selection = ScenarioSelection(path)
        guard let line = selection.line, !Places.exists(path) else {
            let isFolder = Places.isFolder(path)
            for file in try Places.scenarioFiles([path]) { read(file: file, line: nil, isNamed: !isFolder) }
            return
        }
        guard Places.exists(selection.path), !Places.isFolder(selection.path) else {
            throw Failure(.invalidFile, "\(selection.path): there is no such file")
        }
        read(file: selection.path, line: line, isNamed: true)
    }

    /// - Parameter isNamed: whether the user has named the file: a library that a folder holds is passed over.
    private mutating func read(file: String, line: Int?, isNamed: Bool) {
        guard taken.insert("\(Places.real(file)):\(line ?? 0)").inserted else { return }
        let reading = ScenarioFile.read(path: file, vocabulary: vocabulary)
        for read in reading.files where !files.contains(read) { files.append(read) }
        for diagnostic in reading.diagnostics {
            if diagnostic.severity == .error { mistakes.append(FileMistake(diagnostic)) }
            TerminalOutput.standardError.writeLine("\(diagnostic)")
        }
        guard let first = reading.scenarios.first else {
            if reading.isValid, isNamed {
                tell(FileMistake("\(file) is no scenario, but a library of blocks for scenarios", file: file))
            }
            return
        }
        if let other = names.first(where: { $0.value == first.name.value }) {
            let diagnostic = Diagnostic(
                .duplicateScenario, "two scenarios of this run are named `\(first.name.value)`", at: first.name.span,
                notes: [Diagnostic.Note("the first is here", at: other.span)])
            mistakes.append(FileMistake(diagnostic))
            TerminalOutput.standardError.writeLine("\(diagnostic)")
        }
        names.append(first.name)
        guard choice.takes(first) else { return }
        if let line, let last = Self.lastLine(of: file), line > last {
            tell(FileMistake("the file has \(counted(last, "line")), and no line \(line)", file: file, line: last))
            return
        }
        if let reason = first.skip {
            skipped.append((first.name.value, reason.value))
            return
        }
        unfiltered += reading.scenarios
        for scenario in reading.scenarios where filter?.matches(scenario) ?? true {
            guard choice.takes(case: scenario) else { continue }
            // With a coarser resolution more steps share an instant than the check of the file knows of.
            if let step = scenario.crowdedStep(resolution: Int64(options.resolution) * 60_000) {
                let most = ScenarioLimits.maximumAtOneInstant
                tell(
                    FileMistake(
                        "with --resolution \(options.resolution) more than \(most) steps publish at one instant",
                        file: step.span.file, line: step.span.range.start.line, column: step.span.range.start.column))
                return
            }
            guard let line else {
                scenarios.append(scenario)
                continue
            }
            guard let part = scenario.upTo(line: line) else {
                tell(FileMistake("no step stands at line \(line) or above it", file: file, line: line))
                return
            }
            scenarios.append(part)
        }
    }

    /// The number of a file's last line, of what can be read twice.
    private static func lastLine(of file: String) -> Int? {
        guard let text = try? Places.text(of: file) else { return nil }
        let lines = text.utf8.count { $0 == UInt8(ascii: "\n") }
        return text.utf8.last == UInt8(ascii: "\n") ? lines : lines + 1
    }

    private mutating func tell(_ mistake: FileMistake) {
        mistakes.append(mistake)
        TerminalOutput.standardError.writeLine("error: \(mistake.message)\n  --> \(mistake.place)")
    }

    func finish() throws {
        guard mistakes.isEmpty else {
            throw Failure(.invalidFile, "\(counted(mistakes.count, "mistake")); nothing was run", mistakes)
        }
        if scenarios.isEmpty, skipped.isEmpty || options.rerunsFailed, options.onlyCase == nil,
            let sentence = choice.nothingFound
        {
            throw Failure(.nothingPlayed, sentence)
        }
        guard let wanted = options.onlyCase else { return }
        guard scenarios.isEmpty else { return }
        // Nothing of that name, tag or last failure is there, or all of it is skipped: then the case is not to blame.
        if unfiltered.isEmpty, !skipped.isEmpty { return }
        if unfiltered.isEmpty || options.rerunsFailed, let sentence = choice.nothingFound {
            throw Failure(.nothingPlayed, sentence)
        }
        if let copy = options.missingCopy {
            let copies =
                options.copies == 1 ? "--copies makes some" : "--copies \(options.copies) makes 1 to \(options.copies)"
            throw Failure(.nothingPlayed, "--case \(wanted): there is no copy \(copy); \(copies)")
        }
        let all = unfiltered.filter { !$0.caseName.isEmpty }.map(\.caseName)
        guard !all.isEmpty else {
            throw Failure(.nothingPlayed, "--case \(wanted): no scenario of this run has a matrix")
        }
        let shown =
            all.prefix(10).joined(separator: "\n  ") + (all.count > 10 ? "\n  … and \(all.count - 10) more" : "")
        throw Failure(.nothingPlayed, "--case \(wanted): there is no such case; they are\n  \(shown)")
    }
}
