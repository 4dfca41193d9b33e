public import LifeEvents

/// The ranges of what a scenario may say, each with its reason. What lies outside is a mistake of the file, told with its
/// place before anything runs.
public enum ScenarioLimits {
    /// From the first to the last instant of a run: the id of a message counts milliseconds from 1970, and its time has
    /// four digits for the year. Two days are left at the end for rounding to a run's resolution and for the end of a
    /// day in Stockholm.
    public static let run = Instant(milliseconds: 0)...(Instant.latest - .days(2))

    /// The greatest value that a scenario gives to a rule: more than any amount of kronor that one person is paid.
    static let ruleValue = 1_000_000_000

    /// How often a fault may say a message again: enough for any test of redelivery, and a log that stays readable.
    static let duplicates = 1...100

    /// Which of its messages a fault can damage, or how many: about as many as a run of one scenario has.
    static let damaged = 1...1_000_000

    /// How slow a fault can make the broker, milliseconds of real time: a client gives up after five minutes.
    static let latency = 1...60_000

    /// How many requests in a row a fault can have fail: a client tries each again until it succeeds.
    static let failedRequests = 1...1_000

    /// ``run`` in words.
    static let runText = "1970-01-01T01:00 to 9999-12-29"

    /// Instants that a payload or an `occurred` can name: those with a text.
    static let dates = Instant.earliest...Instant.latest

    /// ``dates`` in words.
    static let datesText = "0000-01-02 to 9999-12-31"

    /// The longest name of a scenario, person, step or fault, in ASCII characters: it stands in every line about it.
    static let longestName = 100

    /// How many spans one time may add, as `+1mo -1d`: more is a mistake.
    static let maximumSpans = 8

    /// How many steps may publish at one instant, and how many opening facts one subject may have: the place among them
    /// is the ordinal of the message's id, which has 12 bits.
    public static let maximumAtOneInstant = 4_096

    /// The largest count of a unit: about a thousand years of weeks and months, days and hours as many as have five
    /// digits. Working days, ten years of them, are found one by one, and all those of one time count together.
    static func maximumCount(_ unit: TimeSpan.Unit) -> Int {
        switch unit {
        case .hours, .days: 99_999
        case .workingDays: 2_500
        case .weeks: 52_000
        case .months: 12_000
        }
    }
}

extension Scenario {
    /// The types that its opening facts and steps publish, each where it is written.
    public var publishedTypes: [Located<String>] {
        facts.map(\.type)
            + steps.compactMap { step in
                guard case .publish(let publication) = step.action else { return nil }
                return publication.type
            }
    }

    /// The first step that is one too many at its instant; nil if each instant has room for its steps.
    /// - Parameter resolution: milliseconds between two possible instants of the run, more than 0.
    public func crowdedStep(resolution: Int64) -> Step? {
        Self.crowdedStep(steps, on: timeline, resolution: resolution)
    }

    static func crowdedStep(_ steps: [Step], on timeline: Timeline, resolution: Int64) -> Step? {
        var counts: [Instant: Int] = [:]
        for step in steps {
            guard case .publish = step.action, let instant = step.at?.resolve(on: timeline) else { continue }
            let rounded = instant.roundedUp(to: resolution)
            counts[rounded, default: 0] += 1
            if counts[rounded, default: 0] > ScenarioLimits.maximumAtOneInstant { return step }
        }
        return nil
    }
}
