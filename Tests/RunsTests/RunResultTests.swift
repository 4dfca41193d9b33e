import LifeEvents
import Runs
import Testing

@testable import Simulation

@Suite struct RunResultTests {
    /// A result of two worlds with no field at its default, which also tells when a new field is left out here.
    private func result(_ factor: Int) -> RunResult {
        let digest = RunDigest()
        var result = RunResult(digests: [digest, digest], messages: [factor, 2 * factor])
        result.total = 3 * factor
        result.outside = 4 * factor
        result.refused = 9 * factor
        result.isCut = factor > 1
        result.redelivered = 5 * factor
        result.deadLetters = 6 * factor
        result.pending = [pending(world: 0), pending(world: 1)]
        result.pendingCount = 7 * factor
        result.pendingTimers = 3 * factor
        result.instants = 8 * factor
        result.end = Instant(milliseconds: Int64(9 * factor))
        let unit = Int64(factor)
        result.stages = StageTimes(
            transport: unit, handling: 2 * unit, digest: 3 * unit, projection: 4 * unit, checkpoint: 5 * unit,
            worlds: 6 * unit, finish: 7 * unit)
        return result
    }

    private func pending(world: Int) -> PendingWork {
        PendingWork(
            world: world, due: Instant(milliseconds: 0),
            subject: Subject(seed: 0, scenario: "", case: "", name: "anna"),
            topic: "skatteverket.death.v1", timer: nil)
    }

    private func fields(_ value: RunResult) -> [String: String] {
        var fields: [String: String] = [:]
        for child in Mirror(reflecting: value).children { fields[child.label ?? ""] = "\(child.value)" }
        for child in Mirror(reflecting: value.stages).children {
            fields["stages." + (child.label ?? "")] = "\(child.value)"
        }
        return fields
    }

    @Test func `the result of several passes has every field of each`() {
        let empty = fields(RunResult(digests: [], messages: []))
        let (one, ten) = (result(1), result(10))
        var sum = one
        sum.append(ten)
        for (name, value) in fields(sum) {
            #expect(fields(ten)[name] != empty[name], "\(name) is not set in this test")
            #expect(value != fields(one)[name], "\(name) of the other pass is lost")
            // Of these two one pass decides.
            #expect(value != fields(ten)[name] || name == "end" || name == "isCut", "\(name) of this pass is lost")
        }
        #expect(sum.messages == [1, 2, 10, 20])
        #expect(sum.digests.count == 4)
        #expect(
            [sum.total, sum.outside, sum.redelivered, sum.deadLetters, sum.pendingCount, sum.instants]
                == [3, 4, 5, 6, 7, 8].map { $0 * 11 })
        #expect(sum.stages.transport == 11 && sum.stages.finish == 77)
        #expect(sum.refused == 99)
        #expect(sum.end == ten.end)
        #expect(sum.isCut)
    }

    @Test func `what is left undone belongs to the same world as in its own pass, and the list has its bound`() {
        var sum = result(1)
        sum.append(result(1))
        #expect(sum.pending.map(\.world) == [0, 1, 2, 3])
        var many = result(1)
        many.pending = Array(repeating: pending(world: 1), count: RunResult.pendingLimit - 1)
        sum.append(many)
        #expect(sum.pending.count == RunResult.pendingLimit)
        #expect(sum.pending.last?.world == 5)
        #expect(sum.pendingCount == 21)
    }
}
