import AgencyKit
import Foundation
import LifeEvents
import Testing

@testable import Hosting

/// Cases that are not handled for long stand in a file without a name.
@Suite struct CaseShelfTests {
    struct Memory: AgencyCase, Equatable {
        var number = 0
        var notes: [String] = []
    }

    private static func memory(_ number: Int) -> Memory {
        Memory(number: number, notes: (0..<number % 7).map { "note \($0) of \(number)" })
    }

    private static func folder() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("shelf-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    private static func storage(_ file: ShelfFile) -> TypedCaseStorage<Memory> {
        let storage = TypedCaseStorage<Memory>()
        storage.packing = ShelfPacking(CaseShelf(file, PackingState()))
        return storage
    }

    @Test func `what was put away is there again, whether it stands in the file yet or not`() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = ShelfFile(folder: folder)
        let cases = Self.storage(file)
        for slot in 0..<5_000 { cases[slot] = Self.memory(slot) }
        for slot in 0..<5_000 { cases.putAway(slot) }
        #expect(cases.countInMemory == 0)
        #expect(file.sectionsInUse > 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        for slot in stride(from: 0, to: 5_000, by: 7) { #expect(cases[slot] == Self.memory(slot)) }
        for slot in (0..<5_000).reversed() { #expect(cases[slot] == Self.memory(slot)) }
        #expect(file.failure == nil)
    }

    @Test func `a case that is kept stands in memory, and its place in the file is used again`() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = ShelfFile(folder: folder)
        let cases = Self.storage(file)
        for slot in 0..<5_000 { cases[slot] = Self.memory(slot) }
        var sections: [Int] = []
        for round in 1...6 {
            for slot in 0..<5_000 { cases.putAway(slot) }
            sections.append(file.sectionsInUse)
            for slot in 0..<5_000 {
                cases.begin(slot)
                cases.load()
                #expect(cases.current.pointee == Self.memory(slot + round - 1))
                cases.current.pointee = Self.memory(slot + round)
                cases.keep(in: slot)
            }
            #expect(cases.countInMemory == 5_000)
        }
        #expect(Set(sections.dropFirst()).count <= 2)
        #expect(file.sectionsInUse <= 1)
    }

    @Test func `a case that ends while it is put away leaves nothing`() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = ShelfFile(folder: folder)
        let cases = Self.storage(file)
        for slot in 0..<5_000 { cases[slot] = Self.memory(slot) }
        for slot in 0..<5_000 { cases.putAway(slot) }
        for slot in 0..<5_000 { cases.clear(slot) }
        #expect(file.sectionsInUse <= 1)
        #expect(cases[17] == Memory())
    }

    @Test func `a folder in which nothing can be made is told`() {
        let file = ShelfFile(folder: "/nowhere/at-all")
        let cases = Self.storage(file)
        for slot in 0..<5_000 { cases[slot] = Self.memory(slot) }
        for slot in 0..<5_000 { cases.putAway(slot) }
        #expect(
            file.failure?.description
                == "/nowhere/at-all: what a run has no memory for is kept in a file without a name there, and it cannot be "
                + "made: No such file or directory")
    }

    @Test func `cases that were not handled for some days are idle, each once`() {
        var days = HandledDays()
        days.note(1, on: 10)
        days.note(2, on: 10)
        days.note(2, on: 11)
        days.note(2, on: 11)
        var idle: [Int] = []
        days.takeIdle(on: 9 + HandledDays.idleDays, while: { true }) { idle.append($0) }
        #expect(idle.isEmpty)
        days.takeIdle(on: 10 + HandledDays.idleDays, while: { true }) { idle.append($0) }
        #expect(idle == [1])
        days.takeIdle(on: 40, while: { false }) { idle.append($0) }
        #expect(idle == [1])
        days.takeIdle(on: 40, while: { true }) { idle.append($0) }
        #expect(idle == [1, 2])
    }

    @Test func `cases that are handled every day and never put away take no more memory from day to day`() {
        var days = HandledDays()
        for day in 1...400 {
            for slot in 0..<10 { days.note(slot, on: day) }
            days.note(1_000 + day, on: day)
            #expect(days.count <= 10 * (HandledDays.mostDays + 1) + day)
        }
        var idle: [Int] = []
        days.takeIdle(on: 1_000, while: { true }) { idle.append($0) }
        #expect(idle.sorted() == Array(0..<10) + Array(1_001...1_400))
    }

    @Test func `those that were handled first go first, and are noted again when they are handled again`() {
        var days = HandledDays()
        for slot in [5, 6, 7] { days.note(slot, on: 1) }
        for slot in [8, 5] { days.note(slot, on: 2) }
        var taken: [Int] = []
        days.takeOldest(2) { taken.append($0) }
        #expect(taken == [6])
        days.note(6, on: 2)
        days.takeOldest(100) { taken.append($0) }
        #expect(taken == [6, 7, 8, 5, 6])
        days.note(8, on: 2)
        days.takeOldest(100) { taken.append($0) }
        #expect(taken == [6, 7, 8, 5, 6, 8])
    }
}
