extension Database {
    /// Runs one statement with values and drops its rows. The compiled statement is kept for the next time.
    public func run(_ sql: String, _ arguments: SQLValue...) throws(DatabaseError) {
        try query(sql, arguments: arguments) { _ in }
    }

    /// Runs one statement with values and makes an element of each row.
    ///
    /// The compiled statement is kept for the next time. A closure that throws is written
    /// `{ row throws(DatabaseError) in … }`.
    @discardableResult
    public func query<Element>(
        _ sql: String, _ arguments: SQLValue..., row: (borrowing Statement) throws(DatabaseError) -> Element
    ) throws(DatabaseError) -> [Element] {
        try query(sql, arguments: arguments, row: row)
    }

    /// Runs one statement with a list of values and makes an element of each row.
    ///
    /// The number of values must be the number of parameters: a missing one would silently be NULL.
    @discardableResult
    public func query<Element>(
        _ sql: String, arguments: [SQLValue], row: (borrowing Statement) throws(DatabaseError) -> Element
    ) throws(DatabaseError) -> [Element] {
        let statement = try takeStatement(sql)
        guard statement.parameterCount == arguments.count else {
            let message = "\(arguments.count) values for \(statement.parameterCount) parameters"
            throw DatabaseError(code: .misuse, message: message, sql: sql, path: path)
        }
        for (index, value) in arguments.enumerated() {
            try statement.bind(Int32(index) + 1, value: value)
        }
        var elements: [Element] = []
        while try statement.step() {
            elements.append(try row(statement))
        }
        cache.put(statement, for: sql)
        return elements
    }

    /// Sets or asks a pragma and gives the first column of its first answer.
    ///
    /// Both parts become SQL as they are, because a pragma takes no parameters: never give it text from outside.
    @discardableResult
    public func pragma(_ name: String, _ value: String? = nil) throws(DatabaseError) -> String? {
        let statement = try prepare(value.map { "PRAGMA \(name) = \($0)" } ?? "PRAGMA \(name)")
        guard try statement.step() else { return nil }
        let answer = statement.optionalText(0)
        try statement.run()
        return answer
    }

    /// The number kept in the file's header for its owner: the version of the schema; 0 in a new file.
    public var userVersion: Int32 {
        get throws(DatabaseError) {
            let statement = try prepare("PRAGMA user_version")
            return try statement.step() ? Int32(truncatingIfNeeded: statement.int64(0)) : 0
        }
    }

    /// Sets ``userVersion``. Inside a transaction it is rolled back with the rest.
    public func setUserVersion(_ version: Int32) throws(DatabaseError) {
        try pragma("user_version", "\(version)")
    }

    private func takeStatement(_ sql: String) throws(DatabaseError) -> Statement {
        if let kept = cache.take(sql) { return kept }
        return try prepare(sql)
    }
}
