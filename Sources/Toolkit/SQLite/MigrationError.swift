/// Why a file could not be brought to the schema that is known here.
public enum MigrationError: Error, Equatable, Sendable {
    /// The file was written by a later program; it is left untouched.
    case newer(found: Int32, known: Int32, path: String)
    /// The step to `version` failed and was rolled back.
    case failed(version: Int32, DatabaseError)
    /// The version of the file could not be read.
    case unreadable(DatabaseError)
}

extension MigrationError: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        switch self {
        case .newer(let found, let known, let path):
            "\(path): the file has schema version \(found), but this program knows only up to \(known)"
        case .failed(let version, let error):
            "the step to schema version \(version) failed and was rolled back: \(error)"
        case .unreadable(let error):
            "the schema version cannot be read: \(error)"
        }
    }
}
