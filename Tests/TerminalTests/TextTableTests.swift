import Terminal
import Testing

@Suite struct TextTableTests {
    private var table: TextTable {
        var table = TextTable([
            .init("topic", minimumWidth: 6), .init("messages", .right), .init("note", minimumWidth: 4),
        ])
        table.append(["folk.fodsel.v1", "12", "日本"])
        table.append(["folk.dod.v1", "1204"])
        return table
    }

    @Test func `columns are aligned and no line ends in blanks`() {
        #expect(
            table.text() == """
                topic           messages  note
                folk.fodsel.v1        12  日本
                folk.dod.v1         1204

                """)
    }

    @Test func `a table too wide is narrowed where it may be`() {
        #expect(
            table.text(width: 24) == """
                topic     messages  note
                folk.fo…        12  日本
                folk.do…      1204

                """)
    }

    @Test func `a table that cannot be narrow enough keeps its minimum`() {
        #expect(table.text(width: 1).split(separator: "\n")[1] == "folk.…        12  日本")
    }

    @Test func `headings are bold and cells keep their own colours`() {
        let paint = Paint(isEnabled: true)
        var table = TextTable([.init("a"), .init("b")])
        table.append([paint("xyz", .red), "1"])
        #expect(
            table.text(paint: paint) == "\u{1B}[1ma\u{1B}[22m    \u{1B}[1mb\u{1B}[22m\n\u{1B}[31mxyz\u{1B}[39m  1\n")
    }

    @Test func `a table without headings has no heading line`() {
        var table = TextTable([.init(""), .init("")])
        table.append(["a", "b", "too many"])
        #expect(table.text() == "a  b\n")
    }
}
