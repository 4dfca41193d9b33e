import LifeEvents
import Scenarios
import Simulation

/// Journeys in the mix of the shipped scenarios, their starts spread evenly over one virtual year.
final class Population: WorldSource {
    private let journeys: Int
    private let year: Day
    private var number = 0
    /// For each day of the year on which journeys start, the scenarios from there.
    private let templates: [[InstanceTemplate]]

    /// Journeys of some scenarios, in turn.
    /// - Throws: `ScriptError` if a scenario cannot be played from some day.
    init(_ scenarios: [Scenario], journeys: Int, seed: UInt64, resolution: Int64) throws(ScriptError) {
        self.journeys = journeys
        year = Day(year: 2026, month: 1, dayOfMonth: 1) ?? .earliest
        var templates: [[InstanceTemplate]] = []
        for days in 0..<Self.days {
            var today: [InstanceTemplate] = []
            for scenario in scenarios {
                let moved = scenario.starting(at: Stockholm.instant(year.adding(days: days)))
                today.append(try InstanceTemplate(moved, seed: seed, resolution: resolution))
            }
            templates.append(today)
        }
        self.templates = templates
    }

    private static let days = 365

    private var day: Int { number * Self.days / journeys }

    var nextStart: Instant? { number < journeys ? Stockholm.instant(year.adding(days: day)) : nil }

    func next() -> World {
        defer { number += 1 }
        let today = templates[day]
        return today[number % today.count].world(worldName: "journey-\(number)")
    }
}
