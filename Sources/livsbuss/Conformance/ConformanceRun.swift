import Agencies
import Contracts
import Hosting
import LifeEvents
import Processes
import Runs
import Scenarios
import Simulation
import Terminal

/// One call of `livsbuss conformance`.
struct ConformanceRun {
    let options: ConformanceOptions
    private let player: ProgramPlayer
    private let agency: AgencyID

    init(_ options: ConformanceOptions) throws {
        self.options = options
        guard let agency = AgencyID(options.agency), let words = CommandWords.split(options.program) else {
            throw Failure(.invalidFile, "--agency and --exec name who is tried")
        }
        self.agency = agency
        var player = ProgramPlayer(
            owner: agency.owner, branch: options.branch.flatMap { Branch(text: $0) }, words: words, folder: ".")
        player.tells = { TerminalOutput.standardError.writeLine($0.escapedLine) }
        self.player = player
    }

    func perform(_ output: TerminalOutput) throws -> Int32 {
        let folder = try Places.topicsFolder(options.topics)
        let catalogue = try Catalogue(folder: folder)
        var trial = try ConformanceTrial(player, agency: agency, catalogue: catalogue)
        try trial.run()
        var files: [String] = []
        if case .held = trial.report.verdict(.begins) { files = try playJourneys(&trial, catalogue) }
        output.write(text(trial.report, output.paint))
        if let junit = options.junit { try Places.write(xml(trial.report), to: junit) }
        if let evidence = options.evidence {
            try Evidence.write(
                to: evidence, agency: "\(agency)", player: player, topics: folder, scenarios: files, trial,
                text: text(trial.report, Paint(isEnabled: false)))
        }
        return trial.report.conforms ? 0 : Failure.Code.expectation.rawValue
    }

    // MARK: - Journeys

    /// Plays the journeys in which the agency takes part: as they are, permuted, and with the code of this program where
    /// there is some, whose messages must be the same.
    /// - Returns: the files of these journeys.
    private func playJourneys(_ trial: inout ConformanceTrial, _ catalogue: Catalogue) throws -> [String] {
        var run = RunOptions()
        run.seed = options.seed
        run.topics = options.topics
        run.paths = options.scenarios
        if run.paths.isEmpty {
            let shipped = try Places.besideTopics() + "/Scenarios"
            guard Places.isFolder(shipped) else { return [] }
            run.paths = [shipped]
        }
        let plan = try RunPlan(run)
        let instances = try plan.instances.thatGoOn().filter { $0.agencies.contains { $0.owner == agency.owner } }
        guard !instances.isEmpty else { return [] }
        let once = try play(instances, catalogue, perturbation: 0)
        for (instance, failures) in zip(instances, once.failures) {
            trial.note(
                .journeys, failures.first.map { "\(instance.name): \($0.message)" })
        }
        let permuted = try play(instances, catalogue, perturbation: 3)
        for (place, instance) in instances.enumerated() {
            trial.note(
                .redelivery,
                once.digests[place] == permuted.digests[place]
                    ? nil : "\(instance.name): with another order of what may be in any order its digest is another")
        }
        return Set(instances.map(\.scenario.name.span.file)).sorted()
    }

    private func play(
        _ instances: [ScenarioInstance], _ catalogue: Catalogue, perturbation: UInt64
    ) throws -> (failures: [[ExpectationFailure]], digests: [RunDigest]) {
        let access = try catalogue.rights()
        var programs = try Programs(instances, chosen: [player])
        programs.tell { TerminalOutput.standardError.writeLine($0.escapedLine) }
        let run = ScenarioRun(
            instances,
            setup: RunSetup(
                settings: RunSettings(seed: options.seed, perturbation: perturbation), topics: catalogue.runTopics,
                schemas: catalogue.schemas, access: access,
                runners: try Runners.of(
                    instances, programs: programs, types: access.types, access: access, code: BuiltInAgencies.code)))
        let (result, failures) = try run.play()
        return (KnownFailures(instances, failures).failures, result.digests)
    }

    // MARK: - Telling

    private func text(_ report: ConformanceReport, _ paint: Paint) -> String {
        var text = ""
        for clause in ConformanceClause.allCases {
            let name = clause.rawValue.padded(to: 12)
            switch report.verdict(clause) {
            case .held(let count):
                text += paint("held   ", .green, .bold) + "  \(name)\(clause.sentence) (\(counted(count, "time")))\n"
            case .untried: text += paint("untried", .dim) + "  \(name)\(clause.sentence)\n"
            case .broken(let findings):
                text += paint("broken ", .red, .bold) + "  \(name)\(clause.sentence)\n"
                for finding in findings.prefix(ConformanceReport.mostFindings) {
                    text += "         \(finding.escapedLine)\n"
                }
                let more = findings.count - ConformanceReport.mostFindings
                if more > 0 { text += "         … and \(more) more\n" }
            }
        }
        let broken = ConformanceClause.allCases.count { if case .broken = report.verdict($0) { true } else { false } }
        return text + (broken == 0 ? "\(agency) conforms\n" : "\(agency) breaks \(counted(broken, "clause"))\n")
    }

    private func xml(_ report: ConformanceReport) -> String {
        let clauses = ConformanceClause.allCases
        let broken = clauses.count { if case .broken = report.verdict($0) { true } else { false } }
        let untried = clauses.count { report.verdict($0) == .untried }
        let counts = "tests=\"\(clauses.count)\" failures=\"\(broken)\" errors=\"0\""
        var xml =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"livsbuss\" \(counts) time=\"0.000\">\n"
        xml +=
            "  <testsuite name=\"conformance of \(agency)\" \(counts) skipped=\"\(untried)\" time=\"0.000\" id=\"0\">\n"
        for clause in clauses {
            let test = "    <testcase name=\"\(clause.sentence.xml)\" classname=\"\(clause.rawValue)\" time=\"0.000\""
            switch report.verdict(clause) {
            case .held: xml += "\(test)/>\n"
            case .untried: xml += "\(test)>\n      <skipped message=\"the contracts give no case\"/>\n    </testcase>\n"
            case .broken(let findings):
                let message = findings.prefix(ConformanceReport.mostFindings).joined(separator: "; ").escapedLine.xml
                xml +=
                    "\(test)>\n      <failure type=\"\(clause.rawValue)\" message=\"\(message)\"/>\n    </testcase>\n"
            }
        }
        return xml + "  </testsuite>\n</testsuites>\n"
    }
}

extension String {
    /// As text of an XML attribute.
    fileprivate var xml: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
