import Testing
import YAML

/// A small deterministic source of numbers, so that a failure comes back in the next run.
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var mixed = state
        mixed = (mixed ^ (mixed >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        return mixed ^ (mixed >> 33)
    }
}

@Suite struct MutationTests {
    private static let seeds = [
        """
        # Åsa flyttar
        title: "Flytt till Ängelholm" # c
        people:
          - {name: Åsa Öberg, born: 1980-02-30, at: 12:30}
          - name: 'Bo # Ek'
            note: |
              första
                andra

              tredje
        steps: [a, [b, c: d], {}]
        empty:
        folded: >-
          ett
          två
        ? lång nyckel
        : värde
        """,
        "- - - a\n    - b\n- {a: {b: [c, \"d\\n\\u00e5\"]}}\n",
        "\u{FEFF}---\r\na: b\r\nc:\r\n- d # e\r\n...\r\n",
    ]
    private static let pieces = [
        "\n", " ", "  ", "- ", ": ", "? ", "[", "]", "{", "}", ",", "'", "\"", "|\n", ">\n", "#", " #", "&a ", "*a",
        "!!x ", "---\n", "...\n", "%", "\t", "\r\n", "\0", "\u{2028}", "ö", "👩‍👧", "\\", "<<: ", "${", "\u{FEFF}",
    ].map { Array($0.utf8) }

    private static func mutate(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &dice) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &dice)
            let end = min(bytes.count, at + Int.random(in: 1...12, using: &dice))
            switch Int.random(in: 0..<6, using: &dice) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &dice)
            case 1: bytes.removeSubrange(at..<end)
            case 2: bytes.insert(contentsOf: bytes[at..<end], at: Int.random(in: 0...bytes.count, using: &dice))
            case 3: bytes.removeLast(bytes.count - at)
            default: bytes.insert(contentsOf: pieces.randomElement(using: &dice) ?? [], at: at)
            }
        }
        return bytes
    }

    @Test func `5,000 damaged files are refused with a place or read with right places`() throws {
        var dice = Dice(state: 2_025)
        var read = 0
        for round in 0..<5_000 {
            let bytes = Self.mutate(Array(Self.seeds[round % Self.seeds.count].utf8), &dice)
            do throws(YAMLError) {
                let document = try YAMLDocument(utf8: bytes, file: "t.yaml")
                read += 1
                let wrong = wrongPlaces(in: document.root, within: nil, of: bytes)
                #expect(wrong.isEmpty, "\(wrong) in \(String(decoding: bytes, as: UTF8.self).debugDescription)")
                for comment in YAMLComments.find(in: document) {
                    #expect(place(comment.position.offset, in: bytes) == comment.position)
                }
            } catch {
                let isRight = place(error.position.offset, in: bytes) == error.position
                #expect(isRight, "\(error) in \(String(decoding: bytes, as: UTF8.self).debugDescription)")
                #expect(!error.message.isEmpty)
            }
        }
        #expect(read > 500)
        #expect(read < 4_500)
    }

    /// The position of an offset, counted anew from the start of the file.
    private func place(_ offset: Int, in bytes: [UInt8]) -> SourcePosition {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        // Counted before the whole file is known to be UTF-8: a scalar is a byte that continues nothing.
        let before = bytes[min(start, offset)..<offset]
        let line = before.split(separator: 0x0A, omittingEmptySubsequences: false)
        let column = (line.last ?? []).count { $0 & 0xC0 != 0x80 }
        return SourcePosition(line: max(line.count, 1), column: column + 1, offset: offset)
    }

    private func wrongPlaces(in node: YAMLNode, within parent: SourceRange?, of bytes: [UInt8]) -> [String] {
        var wrong: [String] = []
        let range = node.range
        if place(range.start.offset, in: bytes) != range.start || place(range.end.offset, in: bytes) != range.end {
            wrong.append("\(range) does not match its offsets")
        }
        if range.end < range.start { wrong.append("\(range) ends before it starts") }
        if let parent, range.start < parent.start || parent.end < range.end {
            wrong.append("\(range) is not inside \(parent)")
        }
        let children = (node.items ?? []) + (node.entries ?? []).flatMap { [$0.key, $0.value] }
        for (left, right) in zip(children, children.dropFirst()) where right.range.start < left.range.end {
            wrong.append("\(right.range) begins before \(left.range) ends")
        }
        return wrong + children.flatMap { wrongPlaces(in: $0, within: range, of: bytes) }
    }
}
