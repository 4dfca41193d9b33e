import CSQLite

/// What SQLite refused, where, and at which statement.
public struct DatabaseError: Error, Equatable, Sendable {
    /// The extended result code, such as ``Code/constraintUnique``.
    public let code: Code
    /// SQLite's own sentence.
    public let message: String
    /// The statement that failed; nil when no statement was involved, as at opening.
    public let sql: String?
    /// The file of the database, or `:memory:`.
    public let path: String

    /// An error with every part given.
    public init(code: Code, message: String, sql: String?, path: String) {
        self.code = code
        self.message = message
        self.sql = sql
        self.path = path
    }

    /// Reads the error of the latest call on a connection. `code` is what that call returned.
    init(code: Int32, connection: OpaquePointer?, sql: String?, path: String? = nil) {
        var code = code
        var text = sqlite3_errstr(code)
        // The connection keeps the error of its latest call; some misuses are answered before they are recorded there.
        if let connection, sqlite3_extended_errcode(connection) & 0xFF == code & 0xFF {
            code = sqlite3_extended_errcode(connection)
            text = sqlite3_errmsg(connection)
        }
        self.init(
            code: Code(rawValue: code), message: text.map { String(cString: $0) } ?? "unknown error", sql: sql,
            path: path ?? Self.path(of: connection))
    }

    private static func path(of connection: OpaquePointer?) -> String {
        guard let connection, let name = sqlite3_db_filename(connection, "main"), name.pointee != 0 else {
            return ":memory:"
        }
        return String(cString: name)
    }
}

extension DatabaseError: CustomStringConvertible {
    /// One line: the file, the sentence, the code and the statement (shortened to 300 characters).
    public var description: String {
        var line = "\(path): \(message) (\(code))"
        if let sql {
            let flat = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            line += " in: \(flat.count > 300 ? flat.prefix(299) + "…" : flat)"
        }
        return line
    }
}

extension DatabaseError {
    /// A result code of SQLite. The low eight bits are the primary code, the rest says which kind of it.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The number SQLite gave.
        public let rawValue: Int32

        /// Wraps a number of SQLite.
        public init(rawValue: Int32) {
            self.rawValue = rawValue
        }

        /// The code without its detail: ``constraint`` for ``constraintUnique``.
        public var primary: Code { Code(rawValue: rawValue & 0xFF) }
    }
}

extension DatabaseError.Code {
    /// A wrong statement: bad SQL, an unknown table.
    public static let error = Self(rawValue: SQLITE_ERROR)
    /// Somebody else holds the lock, or statements in progress stop a commit.
    public static let busy = Self(rawValue: SQLITE_BUSY)
    /// A write to a database opened for reading.
    public static let readOnly = Self(rawValue: SQLITE_READONLY)
    /// The operating system failed a read or a write.
    public static let inputOutput = Self(rawValue: SQLITE_IOERR)
    /// The file is damaged.
    public static let corrupt = Self(rawValue: SQLITE_CORRUPT)
    /// The disk, or the page limit, is reached.
    public static let full = Self(rawValue: SQLITE_FULL)
    /// The file cannot be opened.
    public static let cannotOpen = Self(rawValue: SQLITE_CANTOPEN)
    /// Any broken constraint; compare with ``primary``.
    public static let constraint = Self(rawValue: SQLITE_CONSTRAINT)
    /// The library was called in a wrong order, such as a bind before a reset.
    public static let misuse = Self(rawValue: SQLITE_MISUSE)
    /// A parameter number outside the statement's.
    public static let range = Self(rawValue: SQLITE_RANGE)
    /// The file is not a database.
    public static let notADatabase = Self(rawValue: SQLITE_NOTADB)
    /// A CHECK that did not hold.
    public static let constraintCheck = Self(rawValue: SQLITE_CONSTRAINT | 1 << 8)
    /// A foreign key without its row.
    public static let constraintForeignKey = Self(rawValue: SQLITE_CONSTRAINT | 3 << 8)
    /// NULL where NOT NULL was promised.
    public static let constraintNotNull = Self(rawValue: SQLITE_CONSTRAINT | 5 << 8)
    /// A primary key that exists already.
    public static let constraintPrimaryKey = Self(rawValue: SQLITE_CONSTRAINT | 6 << 8)
    /// A unique value that exists already.
    public static let constraintUnique = Self(rawValue: SQLITE_CONSTRAINT | 8 << 8)
    /// A row id that exists already.
    public static let constraintRowID = Self(rawValue: SQLITE_CONSTRAINT | 10 << 8)
}

extension DatabaseError.Code: CustomStringConvertible {
    private static let names: [DatabaseError.Code: String] = [
        .error: "SQLITE_ERROR", .busy: "SQLITE_BUSY", .readOnly: "SQLITE_READONLY", .inputOutput: "SQLITE_IOERR",
        .corrupt: "SQLITE_CORRUPT", .full: "SQLITE_FULL", .cannotOpen: "SQLITE_CANTOPEN",
        .constraint: "SQLITE_CONSTRAINT", .misuse: "SQLITE_MISUSE", .range: "SQLITE_RANGE",
        .notADatabase: "SQLITE_NOTADB", .constraintCheck: "SQLITE_CONSTRAINT_CHECK",
        .constraintForeignKey: "SQLITE_CONSTRAINT_FOREIGNKEY", .constraintNotNull: "SQLITE_CONSTRAINT_NOTNULL",
        .constraintPrimaryKey: "SQLITE_CONSTRAINT_PRIMARYKEY", .constraintUnique: "SQLITE_CONSTRAINT_UNIQUE",
        .constraintRowID: "SQLITE_CONSTRAINT_ROWID",
    ]

    /// SQLite's name of the code with its number, as in `SQLITE_FULL 13`.
    public var description: String {
        "\(Self.names[self] ?? Self.names[primary] ?? "SQLite code") \(rawValue)"
    }
}
