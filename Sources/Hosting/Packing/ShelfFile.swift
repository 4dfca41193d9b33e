import Glibc

/// Why cases that were put away could not be written or read.
public struct ShelfError: Error, Equatable, Sendable, CustomStringConvertible {
    /// One sentence.
    public let description: String

    init(_ what: String, in folder: String, code: Int32) {
        description =
            "\(folder): cases that are not handled for long are kept in a file without a name there, and it cannot be "
            + "\(what): \(String(cString: strerror(code)))"
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
    private var descriptor: Int32 = -1
    private var free: [Int32] = []
    private var count = 0
    /// What has gone wrong; a run ends with it.
    private(set) var failure: ShelfError?

    init(folder: String) { self.folder = folder }

    deinit { if descriptor >= 0 { close(descriptor) } }

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
        guard failure == nil, open() else { return }
        var written = 0
        while written < bytes.count {
            let count = pwrite(
                descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written,
                section * Self.sectionSize + written)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return fail("written", count < 0 ? errno : ENOSPC) }
            written += count
        }
    }

    /// Reads a part of a section; what cannot be read is not changed.
    func read(_ section: Int, _ offset: Int, into bytes: UnsafeMutableRawBufferPointer) {
        precondition(offset + bytes.count <= Self.sectionSize, "a part of a section lies within it")
        guard failure == nil else { return }
        var done = 0
        while done < bytes.count {
            let count = pread(
                descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done,
                section * Self.sectionSize + offset + done)
            if count < 0, errno == EINTR { continue }
            // The last section of the file may be shorter than the others.
            guard count != 0 else { return }
            guard count > 0 else { return fail("read", errno) }
            done += count
        }
    }

    /// Notes that what was read is no case.
    func noteDamage() { failure = failure ?? ShelfError(damagedIn: folder) }

    private func open() -> Bool {
        guard descriptor < 0 else { return true }
        var path = Array("\(folder)/.livsbuss-cases-XXXXXX".utf8CString)
        descriptor = mkstemp(&path)
        if descriptor >= 0 {
            unlink(path)
            // No program that plays an agency has it.
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
        if descriptor < 0 { fail("made", errno) }
        return descriptor >= 0
    }

    private func fail(_ what: String, _ code: Int32) { failure = failure ?? ShelfError(what, in: folder, code: code) }
}
