internal import Files

/// Why what was put away in a file of a run could not be written or read.
public struct ShelfError: Error, Equatable, Sendable, CustomStringConvertible {
    /// One sentence.
    public let description: String

    init(_ what: String, in folder: String, _ failure: FileFailure) {
        description =
            "\(folder): what a run has no memory for is kept in a file without a name there, and it cannot be "
            + "\(what): \(failure)"
    }

    init(damagedIn folder: String) {
        description =
            "\(folder): a case that was put away in a file without a name there is not what was written: the disk or "
            + "the memory is damaged"
    }
}

/// A file without a name in a run's folder, in sections of one size. It is made when the first section is written, and goes
/// with the process, however that ends.
final class ShelfFile {
    /// The bytes of a section: some hundred cases, and some thirty runners have one each in memory.
    static let sectionSize = 1 << 16
    /// 2 to the 40 bytes, a terabyte: a place has so many bits.
    static let mostSections = 1 << 24

    private let folder: String
    private var file: NamelessFile?
    private var free: [Int32] = []
    private var count = 0
    /// What has gone wrong; a run ends with it.
    private(set) var failure: ShelfError?

    init(folder: String) { self.folder = folder }

    /// How many sections are in use.
    var sectionsInUse: Int { count - free.count }

    /// A section that nobody uses; nil if there is none any more.
    func take() -> Int? {
        if let section = free.popLast() { return Int(section) }
        guard count < Self.mostSections else { return nil }
        count += 1
        return count - 1
    }

    /// Gives a section back.
    func give(_ section: Int) {
        precondition(0..<count ~= section, "a section was taken before it is given back")
        free.append(Int32(section))
    }

    /// Writes a section from its beginning.
    func write(_ section: Int, _ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count <= Self.sectionSize, "a section has room for so much and no more")
        guard failure == nil, let file = opened() else { return }
        do { try file.write(bytes, at: section * Self.sectionSize) } catch { fail("written", error) }
    }

    /// Reads a part of a section; what cannot be read is not changed.
    func read(_ section: Int, _ offset: Int, into bytes: UnsafeMutableRawBufferPointer) {
        precondition(offset + bytes.count <= Self.sectionSize, "a part of a section lies within it")
        guard failure == nil, let file else { return }
        // The last section of the file may be shorter than the others.
        do { _ = try file.read(into: bytes, at: section * Self.sectionSize + offset) } catch { fail("read", error) }
    }

    /// Notes that what was read is no case.
    func noteDamage() { failure = failure ?? ShelfError(damagedIn: folder) }

    private func opened() -> NamelessFile? {
        if file == nil {
            do { file = try NamelessFile(in: folder) } catch { fail("made", error) }
        }
        return file
    }

    private func fail(_ what: String, _ reason: FileFailure) {
        failure = failure ?? ShelfError(what, in: folder, reason)
    }
}
