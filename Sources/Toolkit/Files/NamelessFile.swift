import Glibc

/// A file that has no name: room on disk for what would take too much memory. It goes with the process, however that ends,
/// and no other program has it.
///
/// Any thread may write and read; who reads a place knows that it was written before.
public final class NamelessFile: Sendable {
    private let descriptor: Int32

    /// Makes a file.
    /// - Parameter folder: where there is room for it.
    /// - Throws: ``FileFailure`` with the system's reason.
    public init(in folder: String) throws(FileFailure) {
        // mkstemp asks for the six letters, and puts others in their place.
        var path = Array("\(folder)/.livsbuss-XXXXXX".utf8CString)
        descriptor = mkstemp(&path)
        guard descriptor >= 0 else { throw .system() }
        unlink(path)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Writes bytes at a place, counted from the beginning.
    /// - Throws: ``FileFailure`` with the system's reason; then the place may hold anything.
    public func write(_ bytes: UnsafeRawBufferPointer, at place: Int) throws(FileFailure) {
        var done = 0
        while done < bytes.count {
            let count = pwrite(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, place + done)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system(count < 0 ? errno : ENOSPC) }
            done += count
        }
    }

    /// Writes bytes at a place, counted from the beginning.
    /// - Throws: ``FileFailure`` with the system's reason; then the place may hold anything.
    public func write(_ bytes: [UInt8], at place: Int) throws(FileFailure) {
        let failure = bytes.withUnsafeBytes { bytes -> FileFailure? in
            do throws(FileFailure) {
                try write(bytes, at: place)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    /// Fills memory with the bytes from a place on.
    /// - Returns: how many there were: fewer than asked for where the file ends before.
    /// - Throws: ``FileFailure`` with the system's reason.
    public func read(into bytes: UnsafeMutableRawBufferPointer, at place: Int) throws(FileFailure) -> Int {
        var done = 0
        while done < bytes.count {
            let count = pread(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, place + done)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system() }
            guard count > 0 else { break }
            done += count
        }
        return done
    }

    /// The bytes from a place on: fewer than asked for where the file ends before.
    /// - Throws: ``FileFailure`` with the system's reason.
    public func read(_ count: Int, at place: Int) throws(FileFailure) -> [UInt8] {
        var failure: FileFailure?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { bytes, done in
            do throws(FileFailure) {
                done = try read(into: UnsafeMutableRawBufferPointer(bytes), at: place)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
