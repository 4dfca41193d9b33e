/// Keeps reports from being written over what was read.
enum OutputCheck {
    /// Whether a file that is there is a scenario file, or one of some files.
    static func isRead(_ path: String, among files: [String]) -> Bool {
        guard path != "-", Places.exists(path) else { return false }
        let real = Places.real(path)
        return real.hasSuffix(".yaml") || files.contains { Places.real($0) == real }
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
}
