import Files
import Glibc
import Terminal

/// Keeps reports from being written over what was read.
enum OutputCheck {
    /// Whether a file that is there is a scenario file or an approved run, or one of some files.
    static func isRead(_ path: String, among files: [String]) -> Bool {
        guard path != "-", Places.exists(path) else { return false }
        let real = Places.real(path)
        return real.hasSuffix(".yaml") || real.hasSuffix(".golden") || files.contains { Places.real($0) == real }
    }

    /// Refuses outputs that are among the files that are read, however both are named.
    /// - Parameter outputs: options with their files.
    /// - Throws: `Failure` with the first such option and file.
    static func refuse(_ outputs: [(option: String, path: String)], among files: [String]) throws {
        guard !outputs.isEmpty else { return }
        let read = Set(files.map { Places.real($0) })
        for (option, path) in outputs where path != "-" && read.contains(Places.real(path)) {
            throw Failure(.invalidFile, "\(option) \(path): this file is read, and would be written over; name another")
        }
    }

    /// That two outputs are one file, whatever way each is named, so that the one would be written over the other; nil
    /// where all are apart.
    static func clash(_ outputs: [(option: String, path: String)]) -> String? {
        var known: [String: (option: String, path: String)] = [:]
        for one in outputs {
            guard let target = target(of: one.path) else { continue }
            if let other = known[target] {
                return "\(other.option) and \(one.option) name one file, \(one.path.escapedLine): name two"
            }
            known[target] = one
        }
        return nil
    }

    /// What a path stands for, the same for all names of a file; nil for a device, which keeps nothing.
    private static func target(of path: String) -> String? {
        if OutputFile.isStandardOutput(path) { return "-" }
        var information = stat()
        if stat(path, &information) == 0 {
            guard information.st_mode & S_IFMT == S_IFREG else { return nil }
            return "\(information.st_dev):\(information.st_ino)"
        }
        // A file that is not there yet has a place in a folder; a link may lead there.
        var place = path
        for _ in 0..<mostLinks {
            guard let next = Places.linkTarget(place) else { break }
            place = next
        }
        let parts = place.split(separator: "/", omittingEmptySubsequences: true)
        let folder = parts.dropLast().joined(separator: "/")
        let start = place.hasPrefix("/") ? "/" : "./"
        return Places.real(start + folder) + "/" + (parts.last ?? "")
    }

    /// A longer chain of links the system does not follow either.
    private static let mostLinks = 40
}
