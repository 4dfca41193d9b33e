import Hosting
import LifeEvents

/// The worlds of a run by their ends. What has ended takes four bytes.
struct WorldBook {
    private var untils = WorldWindow<Instant>()
    private var endings: [Instant: [Int32]] = [:]
    private var endInstants = InstantHeap()
    /// How many worlds have joined.
    private(set) var count = 0
    /// The last instant that any world plays.
    private(set) var end: Instant?

    /// The most worlds of a run: their numbers have 31 bits, and a checkpoint has a row for some of them.
    static let mostWorlds = 1_000_000_000

    /// Adds a world; its number.
    mutating func add(until: Instant) -> Int32 {
        precondition(count < Self.mostWorlds, "a run has at most \(Self.mostWorlds) worlds")
        let number = Int32(count)
        count += 1
        untils[number] = until
        if endings[until] == nil { endInstants.insert(until) }
        endings[until, default: []].append(number)
        end = max(end ?? until, until)
        return number
    }

    /// Counts a world that has ended, so that those after it have the numbers they had.
    mutating func addEnded() {
        precondition(count < Self.mostWorlds, "a run has at most \(Self.mostWorlds) worlds")
        count += 1
    }

    /// Takes the worlds that end before an instant.
    mutating func takeEnded(before instant: Instant) -> [Int32] {
        var ended: [Int32] = []
        while let until = endInstants.first, until < instant {
            endInstants.remove(until)
            // order-free: the value of one key, a list
            ended += endings.removeValue(forKey: until) ?? []
        }
        for number in ended { untils[number] = nil }
        return ended
    }

    /// Whether a world has ended before an instant.
    func hasEnded(_ number: Int32, before instant: Instant) -> Bool { untils[number].map { $0 < instant } ?? true }

    /// Whether a world has this number.
    func has(_ number: Int64) -> Bool { 0..<Int64(count) ~= number }

    /// The worlds that are played, rising.
    var playing: [Int32] { (0..<Int32(count)).filter { untils[$0] != nil } }
}
