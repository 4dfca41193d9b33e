import Foundation

/// Random numbers of a printed seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A record as somebody writes it.
struct WrittenRecord {
    var topic: String
    var key: [UInt8]?
    var value: [UInt8]?

    /// Replaces a text where it stands first.
    mutating func replace(_ old: String, with new: String) {
        let text = String(decoding: value ?? [], as: UTF8.self)
        guard let range = text.firstRange(of: old) else { return }
        value = Array(text.replacingCharacters(in: range, with: new).utf8)
    }

    /// The text of a member of the event.
    func member(_ name: String) -> String? {
        String(decoding: value ?? [], as: UTF8.self).split(separator: "\"\(name)\":\"", maxSplits: 1).dropFirst()
            .first.flatMap { $0.split(separator: "\"", omittingEmptySubsequences: false).first }.map(String.init)
    }

    /// Gives a member of the event another text.
    mutating func set(_ name: String, to text: String) {
        guard let old = member(name) else { return }
        replace("\"\(name)\":\"\(old)\"", with: "\"\(name)\":\"\(text)\"")
    }
}

/// Makes records that nobody wants of records that a run has written.
struct Mutator {
    private let records: [WrittenRecord]
    private let topics: [String]
    private var random: SeededGenerator
    private var number = 0
    /// Which ids the records have that are made of others'.
    private let ids: IDs
    /// Records larger than a topic takes; few, because an embedded broker keeps 5 MiB of a partition.
    private var hugeLeft = 3

    /// What a message that may be said is changed in.
    private static let edits = [
        ("true", "false"), ("2026", "0000"), ("\"1780\"", "\"9999\""), (":1", ":-9223372036854775808"),
        ("\"data\":{", "\"data\":{\"more\":null,"), ("-01", "-31"), ("\"data\":", "\"data\":[],\"old\":"), ("}", "}"),
    ]

    enum IDs: String {
        /// As they come: those of the records they are made of, and new ones.
        case mixed
        /// Each its own, as of senders that know nothing of each other.
        case unique
        /// All those of the records that they are made of.
        case original
    }

    init(records: [WrittenRecord], seed: UInt64, ids: IDs = .mixed) {
        self.records = records
        self.ids = ids
        topics = Set(records.map(\.topic)).sorted()
        random = SeededGenerator(state: seed)
    }

    mutating func next() -> WrittenRecord {
        var record = pick(records)
        number += 1
        if ids == .unique { record.set("id", to: "unique-\(number)") }
        switch Int.random(in: 0..<13, using: &random) {
        case 0: record.value = flipped(record.value ?? [])
        case 1:
            record.value = Array(
                (record.value ?? []).prefix(.random(in: 0..<(record.value?.count ?? 1), using: &random)))
        case 2: record.replace("{", with: pick([#"{"id":"x","#, #"{"type":7,"#, #"{"data":{},"#]))
        case 3 where ids == .mixed: record.set("id", to: pick(records).member("id") ?? "")
        case 4: record.topic = pick(topics)
        case 5: record.key = pick([nil, [], Array("nobody".utf8), pick(records).key])
        case 6: record.value = pick([nil, [], [0], [0xFF, 0xFE]])
        case 7 where hugeLeft > 0:
            hugeLeft -= 1
            record.replace(#""data":{"#, with: #""data":{"note":"\#(String(repeating: "x", count: 1_048_400))","#)
        case 7: record.value = Array(repeating: UInt8(ascii: "["), count: 2_000)
        case 8: break
        case 9, 10:
            if ids != .original { record.set("id", to: "by-hand-\(number)") }
            record.set("source", to: "/agency/region-\(pick(["01", "18", "25"]))")
            let (old, new) = pick(Self.edits)
            record.replace(old, with: new)
        case 11:
            if ids != .original { record.set("id", to: "filed-\(number)") }
            record.set("source", to: "/agency/citizen")
            if Bool.random(using: &random) { record.set("subject", to: pick(records).member("subject") ?? "") }
        default:
            record.value = (0..<Int.random(in: 1..<400, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
        }
        return record
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }

    private mutating func flipped(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0..<4, using: &random) where !bytes.isEmpty {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        }
        return bytes
    }
}
