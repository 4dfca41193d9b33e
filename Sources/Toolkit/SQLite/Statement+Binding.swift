import CSQLite

extension Statement {
    /// The destructor that makes SQLite copy the bytes before the bind returns.
    private static var transient: sqlite3_destructor_type {
        // SQLite defines this marker as the address -1, which cannot be imported; it is compared and never called.
        unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }

    /// Binds NULL.
    public func bindNull(_ parameter: Int32) throws(DatabaseError) {
        try check(sqlite3_bind_null(handle, parameter))
    }

    /// Binds an integer; nil is NULL.
    public func bind(_ parameter: Int32, _ value: Int64?) throws(DatabaseError) {
        guard let value else { return try bindNull(parameter) }
        try check(sqlite3_bind_int64(handle, parameter, value))
    }

    /// Binds an integer; nil is NULL.
    public func bind(_ parameter: Int32, _ value: Int?) throws(DatabaseError) {
        guard let value else { return try bindNull(parameter) }
        try check(sqlite3_bind_int64(handle, parameter, Int64(value)))
    }

    /// Binds a floating-point number; nil is NULL, and so is NaN, by SQLite's own rule.
    public func bind(_ parameter: Int32, _ value: Double?) throws(DatabaseError) {
        guard let value else { return try bindNull(parameter) }
        try check(sqlite3_bind_double(handle, parameter, value))
    }

    /// Binds text, copied; nil is NULL. NUL characters inside are kept.
    public func bind(_ parameter: Int32, text: String?) throws(DatabaseError) {
        guard let text else { return try bindNull(parameter) }
        let utf8 = text.utf8.span
        try utf8.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws(DatabaseError) in
            try bind(parameter, text: bytes, copying: true)
        }
    }

    /// Binds text given as UTF-8, which is not checked.
    ///
    /// - Parameter copying: with false the memory must stay as it is until the parameter is bound anew, the bindings
    ///   are cleared or the statement is gone. A reset is not enough if the statement is run again.
    public func bind(
        _ parameter: Int32, text bytes: UnsafeRawBufferPointer, copying: Bool = true
    ) throws(DatabaseError) {
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
            // A nil address would bind NULL.
            return try check(sqlite3_bind_text64(handle, parameter, "", 0, Self.transient, UInt8(SQLITE_UTF8)))
        }
        try check(
            sqlite3_bind_text64(
                handle, parameter, start.assumingMemoryBound(to: CChar.self), UInt64(bytes.count),
                copying ? Self.transient : nil, UInt8(SQLITE_UTF8)))
    }

    /// Binds bytes; none at all is an empty blob, not NULL.
    ///
    /// - Parameter copying: with false the memory must stay as it is until the parameter is bound anew, the bindings
    ///   are cleared or the statement is gone. A reset is not enough if the statement is run again.
    public func bind(
        _ parameter: Int32, blob bytes: UnsafeRawBufferPointer, copying: Bool = true
    ) throws(DatabaseError) {
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
            return try check(sqlite3_bind_zeroblob(handle, parameter, 0))
        }
        try check(
            sqlite3_bind_blob64(handle, parameter, start, UInt64(bytes.count), copying ? Self.transient : nil))
    }

    /// Binds bytes, copied.
    public func bind(_ parameter: Int32, blob bytes: [UInt8]) throws(DatabaseError) {
        try bytes.span.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws(DatabaseError) in
            try bind(parameter, blob: bytes, copying: true)
        }
    }

    /// Binds a value of any kind, copied.
    public func bind(_ parameter: Int32, value: SQLValue) throws(DatabaseError) {
        switch value {
        case .null: try bindNull(parameter)
        case .integer(let number): try bind(parameter, number)
        case .real(let number): try bind(parameter, number)
        case .text(let text): try bind(parameter, text: text)
        case .blob(let bytes): try bind(parameter, blob: bytes)
        }
    }
}
