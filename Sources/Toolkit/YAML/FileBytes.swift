import Files

/// Reads whole files up to a limit, with the errors of this module.
enum FileBytes {
    static func read(_ path: String, limits: YAMLLimits) throws(YAMLError) -> [UInt8] {
        do {
            return try InputFile.bytes(of: path, limit: limits.bytes)
        } catch {
            if error.kind == .tooLarge { throw .tooLarge(path, limits) }
            throw YAMLError(
                file: path, position: .start, code: .unreadable, message: "the file cannot be read: \(error)")
        }
    }
}
