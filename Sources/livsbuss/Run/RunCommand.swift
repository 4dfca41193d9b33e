import CommandLineTool
import Hosting
import Kafka
import Reports
import Scenarios
import Terminal

/// `livsbuss run PATH…`
enum RunCommand {
    static var command: Command {
        Command(
            "run", "Runs scenario files and says whether each journey ends as it should.",
            discussion: """
                A folder stands for all scenario files in it. Agencies are played by this program; the bus is the \
                embedded Kafka broker of this process, or the cluster named by --brokers. A file with a line, as \
                `move.yaml:52`, is run up to and including the step there, without what must hold at the end.

                All cases of all files share the instants of one pass, which is fastest where cases are alike; more than \
                2,048 are played in several, one after the other, unless --brokers or --speed is given. With \
                --jobs N they are dealt out in their order to N passes at once, each on a thread, a broker and a store \
                of its own (job-1 to job-N in the store's folder). Digests are the same for any N.

                With --seeds every case is played with every seed, in as many passes at once as the machine has \
                processors or --jobs says, and what is told is with which seeds which expectation failed.

                A file of the scenario's name ending in .golden beside it is a run that was approved with --approve; \
                a run of the same seed that differs from it fails.

                With --exec, or `{exec: PROGRAM}` in a scenario's agencies, a program in any language plays an agency \
                on standard input and output: docs/adapter-protocol.md.

                Exit codes: 0 all passed, 1 an expectation failed, 2 a file is invalid, 3 the environment failed, \
                4 a program that plays an agency is not there, does not begin, hangs or ends again and again, \
                5 nothing was played: all is skipped, or nothing was chosen.
                """,
            examples: [
                "livsbuss run Scenarios": "all journeys of a folder",
                "livsbuss run Scenarios/death.yaml --seed 7": "other ids and keys",
                "livsbuss run Scenarios --seeds 1..50": "with fifty seeds, since nothing may pass by luck",
                "livsbuss run Scenarios/move.yaml --case 'income=0,protected=true'": "some cases of a matrix",
                "livsbuss run Scenarios/move.yaml:52 --watch": "the steps up to line 52, again at each save",
                "livsbuss run Scenarios/move.yaml --brokers localhost:9092": "on a cluster",
            ]
        ) { args in
            var options = RunOptions()
            options.paths = args.rest(
                "path", "Scenario files, files with a line, or folders.", atLeast: 1, complete: .files)
            options.seed = args.option("seed", short: "s", value: "number", default: 1, "Seed of all ids and draws.")
            options.seeds = args.option(
                "seeds", value: "range", "Play each case with each of these seeds: 1..50, or 1,4,7.")
            options.brokers = args.option("brokers", value: "host:port", "Run on this Kafka cluster.")
            options.properties = ClusterProperties(
                &args,
                lack: options.brokers == nil ? "needs --brokers: the embedded broker is not configured" : nil)
            options.partitions = args.option(
                "partitions", value: "number", "Partitions of each topic that is made; embedded 1, else the manifest's."
            )
            options.namespace = args.option(
                "namespace", value: "name", "Prefix of all topics, so that runs share a cluster.")
            options.deletesTopics = args.flag("delete-topics", "Delete the topics after the run.")
            options.copies = args.option(
                "copies", value: "number", default: 1, "Run so many copies, each a case of its own.")
            options.onlyCase = args.option(
                "case", value: "name=value,…",
                "Run only the cases of a matrix that have these values; with --copies also copy=3, the third.")
            options.filter = args.option(
                "filter", value: "name", "Run only the scenarios of this name, in which * stands for any text.")
            options.tags = args.options(
                "tag", value: "word", "Run only the scenarios with this tag, or one of several.")
            options.rerunsFailed = args.flag("rerun-failed", "Run only the cases that failed in the last run.")
            options.jobs = args.option(
                "jobs", short: "j", value: "number", default: 1, "Play the cases in so many passes at once.")
            options.watches = args.flag("watch", short: "w", "Run again whenever a file of the run is saved.")
            options.watchLimit = args.option(
                "watch-limit", value: "number", "End after so many runs.", hidden: true)
            options.store = args.option(
                "store", value: "folder", "Where the journal and the status are kept; default .livsbuss/last.",
                complete: .directories)
            options.restarts = args.flag("restart", "Empty the store first.")
            options.perturbation = args.option(
                "perturb", value: "number", default: 0, "Permute all that may not matter; the digest must not move.")
            options.speed = args.option(
                "speed", value: "number", "Virtual seconds a wall second: a paced run that outsiders can take part in.")
            options.resolution = args.option(
                "resolution", value: "minutes", default: 1, "Minutes between two possible instants.")
            options.topics = args.option("topics", value: "folder", "The folder of contracts.", complete: .directories)
            options.skipped = args.options(
                "skip", value: "message", "Give no adapter the message with this id, on which one trapped.")
            options.ruleValues = args.options(
                "set", value: "rule=value", "Give a rule this value on all days; `livsbuss rules` lists the names.")
            options.plane = args.option(
                "plane", value: "name", "Who learns what when: silo, nav, bus, or a file; default: all at once.")
            options.programs = args.options(
                "exec", value: "owner=program",
                "Let this program on standard input play an owner's agencies, or owner/branch.")
            options.mutation = args.option(
                "mutate", value: "change", "Play a changed rule; `livsbuss mutate` makes these.", hidden: true)
            options.json = args.flag("json", "Print one JSON object instead of the timeline.")
            options.quiet = args.flag("quiet", short: "q", "Print the results only, no timeline.")
            options.reports.log = args.option(
                "log", value: "file", "Write the run log (JSON Lines) here; small runs keep one beside the store.",
                complete: .files)
            options.reports.files = ReportFiles(&args)
            options.reports.approves = args.flag(
                "approve", "Keep each scenario's messages beside it as its golden run, which later runs must equal.")
            options.takeCopy()
            RunLimits.check(options, &args)
            let clash = OutputCheck.clash(options.outputs)
            args.require(clash == nil, clash ?? "")
            let jobs = options.jobs
            args.require(
                jobs == 1 || options.brokers == nil && options.speed == nil,
                "--jobs excludes --brokers and --speed")
            args.require(
                !options.watches || options.store == nil || options.restarts, "--watch with --store needs --restart")
            let parts = options.paths.filter { ScenarioSelection($0).line != nil && !Places.exists($0) }
            let isWhole = options.filter == nil && options.tags.isEmpty && !options.rerunsFailed && parts.isEmpty
            args.require(
                !options.reports.approves
                    || isWhole && options.speed == nil && options.copies == 1 && options.skipped.isEmpty,
                "--approve excludes --filter, --tag, --rerun-failed, --speed, --copies, --skip and FILE:LINE: a whole run "
                    + "of whole scenarios is kept; name its file, or one case with --case")
            args.require(
                options.seeds == nil || SeedRuns.complaint(about: options) == nil,
                SeedRuns.complaint(about: options) ?? "")
            let isEmbedded = options.brokers == nil
            args.require(
                !isEmbedded || !options.deletesTopics,
                "--delete-topics needs --brokers: the embedded broker's topics end with the run")
            let played = options.programs.map(\.player.part)
            args.require(Set(played).count == played.count, "--exec gives one agency two programs")
            let set = options.ruleValues.map(\.name)
            args.require(Set(set).count == set.count, "--set gives one rule two values")
            let output = args.output
            let settled = options
            return { try Run(settled, output: output).perform() }
        }
    }
}

/// What the user asked of `livsbuss run`.
struct RunOptions: Sendable {
    var paths: [String] = []
    var seed: UInt64 = 1
    /// Several seeds, each of which all cases are played with; nil: ``seed`` alone.
    var seeds: SeedList?
    var brokers: String?
    var properties = ClusterProperties()
    var partitions: Int?
    var namespace: String?
    var deletesTopics = false
    var copies = 1
    /// The one of the copies that is played; nil: all.
    var onlyCopy: Int?
    var onlyCase: String?
    var filter: String?
    var tags: [String] = []
    var rerunsFailed = false
    var jobs = 1
    var watches = false
    var watchLimit: Int?
    var store: String?
    var restarts = false
    var perturbation: UInt64 = 0
    var speed: Double?
    var resolution = 1
    var topics: String?
    var skipped: [String] = []
    /// A changed rule, as `RuleMutation` writes it.
    var mutation: String?
    var ruleValues: [RuleSetting] = []
    /// The plane, by its name or file; nil: everybody learns everything at once.
    var plane: String?
    var programs: [ProgramChoice] = []
    var json = false
    var quiet = false
    var reports = RunReporting.Options()

    /// Whether some cases of a scenario may be played without the others.
    var choosesCases: Bool { onlyCase != nil || rerunsFailed }

    /// The numbers of the copies that are played, from 1.
    var playedCopies: ClosedRange<Int> { onlyCopy.map { $0...$0 } ?? 1...max(1, copies) }

    /// The copy that `--case` names and `--copies` does not make; nil where it names none, or one that is made.
    var missingCopy: String? {
        guard onlyCopy == nil, let parts = onlyCase?.split(separator: ",") else { return nil }
        return parts.first { $0.hasPrefix("copy=") }.map { String($0.dropFirst(5)) }
    }

    /// Takes `copy=3` out of `--case`: with `--copies` a copy is chosen as a parameter's value is.
    mutating func takeCopy() {
        guard copies > 1, let wanted = onlyCase else { return }
        var rest = wanted.split(separator: ",", omittingEmptySubsequences: false)
        guard let place = rest.firstIndex(where: { $0.hasPrefix("copy=") }), let copy = Int(rest[place].dropFirst(5)),
            1...copies ~= copy
        else { return }
        rest.remove(at: place)
        onlyCopy = copy
        onlyCase = rest.isEmpty ? nil : rest.joined(separator: ",")
    }

    /// The options that name files to write, with these; JSON is printed.
    var outputs: [(option: String, path: String)] {
        (json ? [("--json", "-")] : []) + files
    }

    private var files: [(option: String, path: String)] {
        (reports.log.map { [("--log", $0)] } ?? []) + reports.files.outputs
    }

    /// Refuses to write what was asked for over a file that the run reads: scenarios, what they include, approved runs.
    /// - Throws: `Failure` with the option and the file.
    func checkOutputs(against read: [String]) throws {
        let golden = read.map { GoldenRun.path(of: $0) }.filter { Places.exists($0) }
        try OutputCheck.refuse(files, among: read + golden)
    }

    /// The words of a command that plays a case as this run does, beside its seed, copies and resolution.
    var words: [String] {
        var words = ruleValues.flatMap { ["--set", "\($0)"] }
        if perturbation != 0 { words += ["--perturb", String(perturbation)] }
        if let plane { words += ["--plane", plane] }
        if let topics { words += ["--topics", topics] }
        words += programs.flatMap { ["--exec", "\($0)"] }
        words += skipped.flatMap { ["--skip", $0] }
        return words
    }
}
