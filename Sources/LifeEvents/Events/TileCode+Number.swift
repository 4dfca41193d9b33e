extension TileCode {
    /// The code of a number 1 to 11; nil for another.
    public init?(number: Int) {
        guard 1...Self.allCases.count ~= number else { return nil }
        self = Self.allCases[number - 1]
    }

    /// 1 for U1 to 11 for U11.
    public var number: Int {
        switch self {
        case .informed: 1
        case .received: 2
        case .awaitingCitizen: 3
        case .investigating: 4
        case .awaitingAgency: 5
        case .decided: 6
        case .ongoing: 7
        case .underReview: 8
        case .done: 9
        case .stopped: 10
        case .corrected: 11
        }
    }

    /// The number of a code in its bytes, without making a string; nil for other bytes.
    public static func number(utf8 bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count == 2 || bytes.count == 3, bytes[0] == UInt8(ascii: "U") else { return nil }
        let first = Int(bytes[1]) - 0x30
        guard bytes.count == 3 else { return 1...9 ~= first ? first : nil }
        let second = Int(bytes[2]) - 0x30
        return first == 1 && 0...1 ~= second ? 10 + second : nil
    }
}
