import Foundation
import Testing

@testable import Files

@Suite struct NamelessFileTests {
    private static func folder() throws -> String {
        let path = NSTemporaryDirectory() + "nameless-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    @Test func `what is written at a place is read there, and the folder stays empty`() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = try NamelessFile(in: folder)
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try file.write(bytes, at: 1_000)
        var read = [UInt8](repeating: 0, count: 500)
        let count = try read.withUnsafeMutableBytes { try file.read(into: $0, at: 101_000) }
        #expect(count == 500)
        #expect(read == Array(bytes[100_000..<100_500]))
        #expect(try file.read(100, at: 151_000) == Array(bytes[150_000..<150_100]))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }

    @Test func `what lies beyond the end is not there`() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = try NamelessFile(in: folder)
        try file.write([UInt8](repeating: 7, count: 10), at: 0)
        var read = [UInt8](repeating: 9, count: 8)
        #expect(try read.withUnsafeMutableBytes { try file.read(into: $0, at: 6) } == 4)
        #expect(read == [7, 7, 7, 7, 9, 9, 9, 9])
        #expect(try read.withUnsafeMutableBytes { try file.read(into: $0, at: 10) } == 0)
    }

    @Test func `a folder that is not there is told in the system's words`() {
        #expect(throws: FileFailure(.system, "No such file or directory")) {
            try NamelessFile(in: "/nowhere/at-all")
        }
    }
}
