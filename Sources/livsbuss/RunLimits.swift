import CommandLineTool
import LifeEvents
import Scenarios
import Terminal

/// The ranges of the options of a run, each with its reason; what lies outside is told before anything is read.
enum RunLimits {
    /// An embedded broker makes so many for each topic and no more are of use in one process.
    static let partitions = 1...100
    /// Minutes; at the most a day, so that rounding up to it stays within the years that a message can name.
    static let resolution = 1...1_440
    /// Virtual seconds a wall second. Milliseconds of a run of a wall year at this speed still fit in 64 bits.
    static let speed = 0.001...10_000_000.0
    /// Passes at once, each with a broker and its threads.
    static let jobs = 1...64
    /// Cases of one run: each is held in memory with its script, some kilobytes at least.
    static let maximumCases = 1_000_000
    /// The longest prefix of topics: Kafka allows a name 249 characters, and the longest topic has fewer than 100.
    static let longestNamespace = 100

    static let namespaceSentence =
        "--namespace is 1 to \(longestNamespace) letters a to z and A to Z, digits, hyphens, underscores and dots"

    static let brokersSentence = "--brokers names host:port, several with commas, and this names none"

    /// Whether a list of brokers names some; nil is none, and is not asked for any.
    static func names(_ brokers: String?) -> Bool {
        brokers.map { list in
            list.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { broker in
                broker.contains { !$0.isWhitespace }
            }
        } ?? true
    }

    /// Whether a prefix can stand before a topic's name; nil is none.
    static func isNamespace(_ text: String?) -> Bool {
        guard let text else { return true }
        return 1...longestNamespace ~= text.utf8.count
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    /// Refuses what is out of range, with the range.
    static func check(_ options: RunOptions, _ args: inout Arguments) {
        args.require(1...maximumCases ~= options.copies, "--copies must be from 1 to \(maximumCases)")
        args.require(partitions ~= options.partitions ?? 1, "--partitions must be from 1 to \(partitions.upperBound)")
        args.require(
            resolution ~= options.resolution, "--resolution must be from 1 to \(resolution.upperBound) minutes")
        args.require(speed ~= options.speed ?? 1, "--speed must be from 0.001 to 10000000")
        args.require(jobs ~= options.jobs, "--jobs must be from 1 to \(jobs.upperBound)")
        args.require(isNamespace(options.namespace), namespaceSentence)
        args.require(names(options.brokers), brokersSentence)
        args.require(options.watchLimit ?? 1 >= 1, "--watch-limit must be at least 1")
        args.require(
            options.onlyCase.map { CaseFilter($0) != nil } ?? true,
            "--case \((options.onlyCase ?? "").escapedLine): write NAME=VALUE, and commas between several")
        for text in options.skipped {
            args.require(EventID(text: text) != nil, "\(text) is no message id")
        }
    }
}
