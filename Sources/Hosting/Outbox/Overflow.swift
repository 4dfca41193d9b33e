internal import Files
internal import Synchronization

/// Where there is room for the values of an instant that has more than memory is meant for, and what went wrong there.
public final class OverflowRoom: Sendable {
    let folder: String
    private let noted = Mutex<ShelfError?>(nil)

    /// - Parameter folder: where files without a name may be made.
    init(folder: String) { self.folder = folder }

    /// What has gone wrong; a run ends with it, and nothing that came of it is kept.
    var failure: ShelfError? { noted.withLock { $0 } }

    /// Notes what has gone wrong, if nothing has before.
    func note(_ what: String, _ reason: FileFailure) {
        let error = ShelfError(what, in: folder, reason)
        noted.withLock { $0 = $0 ?? error }
    }

    func noteDamage() { noted.withLock { $0 = $0 ?? ShelfError(damagedIn: folder) } }
}

/// The first chunks of an instant's values, in a file of their own, which goes with the last copy of the bucket.
struct Overflow: Sendable {
    let room: OverflowRoom
    private var file: NamelessFile?
    /// By chunk: where it begins.
    private var starts: [Int] = []
    private var length = 0

    init(room: OverflowRoom) { self.room = room }

    /// Puts the next chunk into the file.
    /// - Returns: whether it stands there.
    mutating func put(_ chunk: [UInt8]) -> Bool {
        guard room.failure == nil else { return false }
        if file == nil {
            do {
                file = try NamelessFile(in: room.folder)
            } catch {
                room.note("made", error)
            }
        }
        guard let file else { return false }
        do {
            try file.write(chunk, at: length)
        } catch {
            room.note("written", error)
            return false
        }
        starts.append(length)
        length += chunk.count
        return true
    }

    /// Reads a part of a chunk.
    /// - Returns: whether it could be read.
    func read(_ chunk: Int, _ offset: Int, into bytes: UnsafeMutableRawBufferPointer) -> Bool {
        guard let file, starts.indices.contains(chunk) else { return false }
        do {
            if try file.read(into: bytes, at: starts[chunk] + offset) == bytes.count { return true }
            room.noteDamage()
        } catch {
            room.note("read", error)
        }
        return false
    }
}
