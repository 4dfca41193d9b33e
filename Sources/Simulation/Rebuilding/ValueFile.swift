import CitizenStatus
import Glibc

/// Values in a file that has no name: what a log holds may be larger than memory.
final class ValueFile {
    private let file: Int32
    private let path: String
    private var length = 0
    /// What is not yet written.
    private var buffer: [UInt8] = []

    /// So many bytes are written at once.
    private static let portion = 1 << 20

    /// - Parameter folder: where there is room; the file is gone when the process is.
    /// - Throws: `StoreError` if none can be made.
    init(in folder: String) throws(StoreError) {
        path = "\(folder)/log-XXXXXX"
        var name = Array(path.utf8CString)
        file = mkstemp(&name)
        guard file >= 0 else { throw Self.failure("\(folder): a file for the log's records cannot be made") }
        unlink(name)
    }

    deinit {
        if file >= 0 { close(file) }
    }

    private static func failure(_ what: String) -> StoreError {
        .noStore("\(what): \(String(cString: strerror(errno)))")
    }

    /// Adds a value; its place.
    func append(_ value: UnsafeRawBufferPointer) throws(StoreError) -> Int {
        let place = length
        buffer.append(contentsOf: value)
        length += value.count
        if buffer.count >= Self.portion { try flush() }
        return place
    }

    /// Reads a value back.
    func read(_ place: Int, count: Int) throws(StoreError) -> [UInt8] {
        if !buffer.isEmpty { try flush() }
        var value = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = value.withUnsafeMutableBytes {
                pread(file, $0.baseAddress?.advanced(by: done), count - done, place + done)
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { throw Self.failure("\(path): the log's records cannot be read back") }
            done += got
        }
        return value
    }

    private func flush() throws(StoreError) {
        var done = 0
        while done < buffer.count {
            let count = buffer.withUnsafeBytes { write(file, $0.baseAddress?.advanced(by: done), $0.count - done) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure("\(path): the log's records cannot be kept") }
            done += count
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
