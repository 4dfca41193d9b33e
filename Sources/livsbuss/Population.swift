import LifeEvents
import Scenarios
import Simulation

/// Journeys in the mix of the shipped scenarios, their starts spread evenly over one virtual year.
final class Population: WorldSource {
    private let journeys: Int
    private let scenarios: [Scenario]
    private let year: Day
    private let seed: UInt64
    private let resolution: Int64
    private var number = 0
    private var day: Day?
    private var today: [InstanceTemplate] = []

    init(_ scenarios: [Scenario], journeys: Int, seed: UInt64, resolution: Int64) {
        self.scenarios = scenarios
        self.journeys = journeys
        self.seed = seed
        self.resolution = resolution
        year = Day(year: 2026, month: 1, dayOfMonth: 1) ?? .earliest
    }

    var nextStart: Instant? { number < journeys ? Stockholm.instant(startDay) : nil }

    private var startDay: Day { year.adding(days: number * 365 / journeys) }

    func next() -> World {
        let day = startDay
        if day != self.day {
            self.day = day
            today = scenarios.map {
                InstanceTemplate($0.starting(at: Stockholm.instant(day)), seed: seed, resolution: resolution)
            }
        }
        defer { number += 1 }
        return today[number % today.count].world(caseName: "journey-\(number)")
    }
}
