import JSON
import Testing

@Suite struct FuzzTests {
    static let seeds = [
        #"{"specversion":"1.0","id":"0192b4f0","type":"a.b.v1","source":"/agency/a","#
            + #""time":"2024-03-12T08:15:00+01:00","#
            + #""data":{"n":[1,-2.5,3e8,0],"å":"\u00e5\ud83d\ude00\n","t":true,"f":false,"z":null}}"#,
        #"[[],{},"",0,-0,1.25E-7,"\"\\\/\b\f\n\r\t",{"a":{"b":{"c":[null,[true,[false]]]}}}]"#,
        #"{"payees":[{"name":"Åsa Öberg","share":50},{"name":"Ingrid 👩‍👧","share":50}],"sum":1.0,"note":"€ – “x”"}"#,
        "{\(((0..<36).map { "\"k\($0)\":\($0)" }).joined(separator: ","))}",
    ]

    static let pieces: [[UInt8]] =
        [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "\\n", "0", "1", "-", ".", "e", "E+",
            "true", "null",
            " ", "\n", "\t", "\0", "å", "\"a\":", "\"k1\":1,", "[[[[", "1e999",
        ].map { Array($0.utf8) } + [[0x80], [0xC3], [0xFF], [0xED, 0xA0, 0x80], [0xF0, 0x9F], [0xEF, 0xBB, 0xBF]]

    static func mutated(_ random: inout SplitMix) -> [UInt8] {
        var bytes = Array(seeds.randomElement(using: &random)!.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 0...6, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes.removeSubrange(place..<end)
            case 1: bytes.insert(contentsOf: pieces.randomElement(using: &random)!, at: place)
            case 2: bytes.replaceSubrange(place..<end, with: pieces.randomElement(using: &random)!)
            case 3: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
            case 4: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }

    @Test(arguments: [1, 2, 3, 4])
    func `mutated texts get Foundation's verdict but for the known exceptions, and read back the same`(seed: UInt64) {
        var random = SplitMix(state: seed)
        var tape = JSONTape()
        var accepted = 0
        for round in 0..<10_000 {
            let bytes = Self.mutated(&random)
            withBlock(of: bytes) { buffer in
                do throws(JSONError) {
                    try tape.parse(buffer)
                } catch {
                    if !isSound(error, bytes) {
                        Issue.record("round \(round): \(error): \(String(decoding: bytes, as: UTF8.self))")
                    }
                    return
                }
                accepted += 1
                // Foundation holds numbers as doubles; that it cannot hold larger ones is no fault of the text.
                let isForeign = !foundationAccepts(bytes) && !hasHugeNumber(tape.root)
                let again = rewritten(tape.root)
                let isSame = (try? JSONTape.reading(again) { rewritten($0) }) == again
                if isForeign || !isSame {
                    Issue.record("round \(round): \(String(decoding: bytes, as: UTF8.self))")
                }
            }
        }
        #expect(accepted > 500, "the mutations leave enough that is JSON")
    }

    /// Gives the bytes in a block of memory that ends where they end, so that a sanitizer sees a read behind them.
    private func withBlock(of bytes: [UInt8], _ body: (UnsafeRawBufferPointer) -> Void) {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        defer { block.deallocate() }
        block.copyBytes(from: bytes)
        body(UnsafeRawBufferPointer(block))
    }

    /// Whether an error lies in the text, and is one that Foundation finds too or is known to let pass.
    private func isSound(_ error: JSONError, _ bytes: [UInt8]) -> Bool {
        guard (0...bytes.count).contains(error.offset) else { return false }
        if !foundationAccepts(bytes) { return true }
        switch error.reason {
        case .duplicateKey, .byteOrderMark: return true
        case .expectedValue: return bytes[error.offset] == UInt8(ascii: "]")
        case .expectedKey: return bytes[error.offset] == UInt8(ascii: "}")
        default: return false
        }
    }

    private func hasHugeNumber(_ value: JSONValue) -> Bool {
        if value.kind == .number { return value.double == nil }
        return value.elements.contains { hasHugeNumber($0) } || value.members.contains { hasHugeNumber($0.value) }
    }

    @Test func `decoding mutated payloads never does worse than throw`() {
        struct Payee: Decodable {
            let name: String
            let share: Int?
        }
        struct Payload: Decodable {
            let payees: [Payee]
            let sum: Double?
            let note: String
        }
        var random = SplitMix(state: 5)
        var decoded = 0
        for _ in 0..<5_000 {
            let bytes = Self.mutated(&random)
            try? JSONTape.reading(bytes) { root in
                do {
                    _ = try root.decode(Payload.self)
                    decoded += 1
                } catch let error as JSONDecodingError {
                    #expect((0..<bytes.count).contains(error.offset))
                } catch {
                    Issue.record(error)
                }
            }
        }
        #expect(decoded > 10)
    }
}
