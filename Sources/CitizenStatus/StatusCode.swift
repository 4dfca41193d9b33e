/// What a tile tells the citizen: the eleven codes of the one status.
public enum StatusCode: String, Sendable, Hashable, CaseIterable {
    /// The agency knows; nothing was filed and nothing needs to be done.
    case known = "U1"
    /// What was filed has arrived.
    case received = "U2"
    /// The citizen has to act.
    case waitingForYou = "U3"
    /// The case is being handled.
    case inProgress = "U4"
    /// Another agency has to act first.
    case waitingForAgency = "U5"
    /// There is a decision.
    case decided = "U6"
    /// A payment or a service is under way.
    case active = "U7"
    /// The decision is under review (omprövning) or appealed.
    case underReview = "U8"
    /// Something filed is finished.
    case done = "U9"
    /// The case was stopped, or went to another agency.
    case stopped = "U10"
    /// An earlier statement was wrong and has been put right.
    case corrected = "U11"

    /// The code of a number 1 to 11; nil for another.
    public init?(number: Int) {
        guard 1...Self.allCases.count ~= number else { return nil }
        self = Self.allCases[number - 1]
    }

    /// 1 for U1 to 11 for U11.
    public var number: Int {
        switch self {
        case .known: 1
        case .received: 2
        case .waitingForYou: 3
        case .inProgress: 4
        case .waitingForAgency: 5
        case .decided: 6
        case .active: 7
        case .underReview: 8
        case .done: 9
        case .stopped: 10
        case .corrected: 11
        }
    }

    /// What a page calls the code, in Swedish.
    public var title: String {
        switch self {
        case .known: "Inget att göra – vi har fått veta"
        case .received: "Vi har tagit emot ärendet"
        case .waitingForYou: "Du behöver göra något"
        case .inProgress: "Ärendet handläggs"
        case .waitingForAgency: "En annan myndighet ska svara först"
        case .decided: "Det finns ett beslut"
        case .active: "Pågår"
        case .underReview: "Beslutet prövas på nytt"
        case .done: "Avslutat"
        case .stopped: "Avbrutet eller överlämnat"
        case .corrected: "Rättat – en uppgift var fel"
        }
    }

    /// The number of a code in its bytes, without making a string; nil for other bytes.
    static func number(utf8 bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count == 2 || bytes.count == 3, bytes[0] == UInt8(ascii: "U") else { return nil }
        let first = Int(bytes[1]) - 0x30
        guard bytes.count == 3 else { return 1...9 ~= first ? first : nil }
        let second = Int(bytes[2]) - 0x30
        return first == 1 && 0...1 ~= second ? 10 + second : nil
    }
}
