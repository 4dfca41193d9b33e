import SQLite
import Testing

@Suite struct ValueTests {
    private func roundTrip(_ value: SQLValue) throws -> (value: SQLValue, type: String) {
        let database = try Database(path: ":memory:")
        try database.execute("CREATE TABLE t (v)")
        let insert = try database.prepare("INSERT INTO t VALUES (?)")
        try insert.bind(1, value: value)
        try insert.run()
        return try database.query("SELECT v, typeof(v) FROM t") { ($0.value(0), $0.text(1)) }[0]
    }

    @Test(arguments: [
        (SQLValue.null, "null"), (0, "integer"), (.integer(.min), "integer"), (.integer(.max), "integer"),
        (1.5, "real"), (.real(-.infinity), "real"), (.real(.leastNonzeroMagnitude), "real"), ("", "text"),
        ("Åsa Öberg 👩‍👧‍👦", "text"), ("a\0b\0", "text"), (.blob([]), "blob"), (.blob([0, 255, 0]), "blob"),
        (.blob([UInt8](repeating: 7, count: 100_000)), "blob"),
    ])
    func `a value comes back as it was bound`(value: SQLValue, type: String) throws {
        let stored = try roundTrip(value)
        #expect(stored.value == value)
        #expect(stored.type == type)
    }

    @Test func `NaN is stored as NULL`() throws {
        #expect(try roundTrip(.real(.nan)).value == .null)
    }

    @Test func `typed binds and columns agree`() throws {
        let database = try Database(path: ":memory:")
        let select = try database.prepare("SELECT ?, ?, ?, ?, ?, ? AS last")
        #expect(select.parameterCount == 6)
        try select.bind(1, 42)
        try select.bind(2, Int64.min)
        try select.bind(3, 2.5)
        try select.bind(4, text: "Ängelholm")
        try select.bind(5, blob: [1, 0, 2])
        try select.bindNull(6)
        #expect(try select.step())
        #expect(select.int(0) == 42)
        #expect(select.int64(1) == .min)
        #expect(select.double(2) == 2.5)
        #expect(select.text(3) == "Ängelholm")
        #expect(select.withBlob(3) { $0.count } == 10)
        #expect(select.blob(4) == [1, 0, 2])
        #expect(select.isNull(5) == true)
        #expect(select.optionalText(5) == nil)
        #expect(select.optionalInt(5) == nil)
        #expect(select.text(5) == "")
        #expect(select.columnCount == 6)
        #expect(select.columnName(5) == "last")
        #expect(try !select.step())
    }

    @Test func `nil binds as NULL and an empty buffer does not`() throws {
        let database = try Database(path: ":memory:")
        let select = try database.prepare("SELECT typeof(?), typeof(?), typeof(?), typeof(?), typeof(?)")
        try select.bind(1, nil as Int?)
        try select.bind(2, nil as Double?)
        try select.bind(3, text: nil)
        try select.bind(4, text: UnsafeRawBufferPointer(start: nil, count: 0))
        try select.bind(5, blob: UnsafeRawBufferPointer(start: nil, count: 0))
        #expect(try select.step())
        #expect((0..<5).map { select.text($0) } == ["null", "null", "null", "text", "blob"])
    }

    @Test func `bytes bound without copying are read where they lie`() throws {
        let database = try Database(path: ":memory:")
        let select = try database.prepare("SELECT ?, ?")
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 4, alignment: 1)
        defer { memory.deallocate() }
        memory.copyBytes(from: Array("born".utf8))
        try select.bind(1, text: UnsafeRawBufferPointer(memory), copying: false)
        try select.bind(2, blob: UnsafeRawBufferPointer(memory), copying: true)
        memory.copyBytes(from: Array("dead".utf8))
        #expect(try select.step())
        #expect(select.text(0) == "dead")
        #expect(select.blob(1) == Array("born".utf8))
        select.reset()
        select.clearBindings()
        #expect(try select.step())
        #expect(select.isNull(0) == true)
    }

    @Test func `text that is not UTF-8 is repaired`() throws {
        let database = try Database(path: ":memory:")
        let texts = try database.query("SELECT CAST(x'61FF62' AS TEXT)") { $0.text(0) }
        #expect(texts == ["a\u{FFFD}b"])
    }
}
