import JSON

/// A structure of everything that payloads are made of.
struct Decision: Codable, Equatable {
    var id: CaseID
    var kind: Kind
    var outcome: Outcome?
    var payees: [Payee]
    var amounts: [String: Int]
    var months: [Int: Double]
    var tags: Set<String>
    var notes: [String?]
    var grid: [[Int8]]
    var isFinal: Bool
    var rate: Double
    var ratio: Float
    var large: UInt64
    var origin: Origin

    enum Kind: String, Codable { case parental, child = "child-allowance" }
    enum Outcome: Int, Codable { case granted = 1, refused }
    enum Origin: Codable, Equatable { case application(String), authority(name: String, level: Int), unknown }

    struct Payee: Codable, Equatable {
        var name: String
        var share: Int
        var account: String?
        enum CodingKeys: String, CodingKey { case name, share, account = "bank_account" }
    }

    static let sample = Decision(
        id: CaseID(number: 42), kind: .child, outcome: .granted,
        payees: [
            Payee(name: "Åsa Öberg", share: 50, account: nil), Payee(name: "Bo \"B\" Ek", share: 50, account: "8327-9"),
        ],
        amounts: ["b": 2, "a": 1, "å": 3, "aa": 4, "c": -5], months: [3: 0.5, 11: 1, 2: 1.25],
        tags: ["z", "m", "a", "q"],
        notes: ["x", nil, "y"], grid: [[], [1, -2], [127]], isFinal: true, rate: 0.1, ratio: 1.1, large: .max,
        origin: .authority(name: "skv", level: 2))
}

/// An id that is read and written as bytes.
struct CaseID: JSONStringCodable, Hashable {
    let number: Int

    init(number: Int) { self.number = number }

    init?(jsonString bytes: UnsafeRawBufferPointer) {
        guard bytes.starts(with: "case-".utf8), let number = Int(String(decoding: bytes.dropFirst(5), as: UTF8.self))
        else {
            return nil
        }
        self.number = number
    }

    func write(jsonString writer: inout JSONWriter) { writer.string("case-\(number)") }
}

/// A case that gets its byte forms from its raw value.
enum Level: String, JSONStringCodable { case low, high }
