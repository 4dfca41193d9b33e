import LifeEvents
import Scenarios
import Simulation

/// Journeys in the mix of the shipped scenarios, their starts spread evenly over some virtual days from 1 January 2026.
final class Population: WorldSource {
    private let scenarios: [Scenario]
    private let journeys: Int
    private let days: Int
    private let seed: UInt64
    private let resolution: Int64
    private let first: Day
    private var number = 0
    /// The scenarios from the day on which the next journey starts. One day's only: a day that is over does not come back.
    private var templates: [InstanceTemplate] = []
    private var templatesDay = -1

    /// Journeys of some scenarios, in turn.
    /// - Throws: `ScriptError` if a scenario cannot be played.
    init(_ scenarios: [Scenario], journeys: Int, days: Int, seed: UInt64, resolution: Int64) throws(ScriptError) {
        self.scenarios = scenarios
        self.journeys = journeys
        self.days = days
        self.seed = seed
        self.resolution = resolution
        first = Day(year: 2026, month: 1, dayOfMonth: 1) ?? .earliest
        try prepare(0)
    }

    private func prepare(_ day: Int) throws(ScriptError) {
        guard day != templatesDay else { return }
        templates.removeAll(keepingCapacity: true)
        for scenario in scenarios {
            let moved = scenario.starting(at: Stockholm.instant(first.adding(days: day)))
            templates.append(try InstanceTemplate(moved, seed: seed, resolution: resolution))
        }
        templatesDay = day
    }

    private var day: Int { number * days / journeys }

    var nextStart: Instant? { number < journeys ? Stockholm.instant(first.adding(days: day)) : nil }

    func next() throws -> World {
        defer { number += 1 }
        try prepare(day)
        return templates[number % templates.count].world(worldName: "journey-\(number)")
    }
}
