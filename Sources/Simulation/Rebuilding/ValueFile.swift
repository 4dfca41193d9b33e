import CitizenStatus
internal import Files

/// Values in a file that has no name: what a log holds may be larger than memory.
final class ValueFile {
    private let file: NamelessFile
    private let folder: String
    private var length = 0
    /// What is not yet written.
    private var buffer: [UInt8] = []

    /// So many bytes are written at once.
    private static let portion = 1 << 20

    /// - Parameter folder: where there is room; the file is gone when the process is.
    /// - Throws: `StoreError` if none can be made.
    init(in folder: String) throws(StoreError) {
        self.folder = folder
        do {
            file = try NamelessFile(in: folder)
        } catch {
            throw .noStore("\(folder): a file for the log's records cannot be made: \(error)")
        }
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
        do {
            let value = try file.read(count, at: place)
            precondition(value.count == count, "what is read was written")
            return value
        } catch {
            throw .noStore("\(folder): the log's records cannot be read back: \(error)")
        }
    }

    private func flush() throws(StoreError) {
        do {
            try file.write(buffer, at: length - buffer.count)
        } catch {
            throw .noStore("\(folder): the log's records cannot be kept: \(error)")
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
