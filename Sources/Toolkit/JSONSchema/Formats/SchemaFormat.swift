/// A named predicate over texts, for the keyword `format`.
public struct SchemaFormat: Sendable {
    /// The name in schemas.
    public let name: String
    /// How a text is written, for errors: `yyyy-mm-dd`.
    public let written: String
    /// Texts that have the format, where they can be listed, for errors; empty where they cannot.
    public let words: [String]
    /// A regular expression of ECMA-262 that is found in every text of the format; nil: none is known.
    public let pattern: String?
    /// Whether a text, as UTF-8, has the format. Called for every such value: it should not allocate.
    public let accepts: @Sendable (UnsafeRawBufferPointer) -> Bool

    /// A format.
    public init(
        name: String, written: String, words: [String] = [], pattern: String? = nil,
        accepts: @escaping @Sendable (_ text: UnsafeRawBufferPointer) -> Bool
    ) {
        self.name = name
        self.written = written
        self.words = words
        self.pattern = pattern
        self.accepts = accepts
    }

    /// `date`, `date-time`, `uuid` and `uri`.
    public static let standard = [
        SchemaFormat(name: "date", written: "yyyy-mm-dd", pattern: #"^\d{4}-\d\d-\d\d$"#) { FormatRules.isDate($0) },
        SchemaFormat(
            name: "date-time", written: "yyyy-mm-ddThh:mm:ss with Z or an offset such as +01:00",
            pattern: #"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d"#
        ) {
            FormatRules.isDateTime($0)
        },
        SchemaFormat(name: "uuid", written: "8-4-4-4-12 hexadecimal digits") { FormatRules.isUUID($0) },
        SchemaFormat(name: "uri", written: "a scheme and what follows, as in https://example.org/a") {
            FormatRules.isURI($0)
        },
    ]
}

/// The formats that JSON Schema names, over UTF-8.
enum FormatRules {
    /// RFC 3339 `full-date`, of days that exist.
    static func isDate(_ text: UnsafeRawBufferPointer) -> Bool { text.count == 10 && hasDate(text) }

    private static func hasDate(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count >= 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            let century = pair(text, 0), let years = pair(text, 2), let month = pair(text, 5), let day = pair(text, 8)
        else { return false }
        let year = century * 100 + years
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days =
            switch month {
            case 1, 3, 5, 7, 8, 10, 12: 31
            case 4, 6, 9, 11: 30
            case 2: isLeap ? 29 : 28
            default: 0
            }
        return day >= 1 && day <= days
    }

    /// RFC 3339 `date-time`; a second of 60 only where a leap second can be, at 23:59 UTC.
    static func isDateTime(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count >= 20, hasDate(text), text[10] | 0x20 == UInt8(ascii: "t"),
            text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            let hour = pair(text, 11), let minute = pair(text, 14), let second = pair(text, 17),
            hour < 24, minute < 60, second < 61
        else { return false }
        var at = 19
        if text[at] == UInt8(ascii: ".") {
            at += 1
            let start = at
            while at < text.count, text[at] &- UInt8(ascii: "0") < 10 { at += 1 }
            guard at > start, at < text.count else { return false }
        }
        var offset = 0
        if text[at] | 0x20 == UInt8(ascii: "z") {
            guard at + 1 == text.count else { return false }
        } else {
            guard text[at] == UInt8(ascii: "+") || text[at] == UInt8(ascii: "-"), at + 6 == text.count,
                text[at + 3] == UInt8(ascii: ":"), let hours = pair(text, at + 1), let minutes = pair(text, at + 4),
                hours < 24, minutes < 60
            else { return false }
            offset = (hours * 60 + minutes) * (text[at] == UInt8(ascii: "-") ? -1 : 1)
        }
        guard second == 60 else { return true }
        return (hour * 60 + minute - offset + 2_880) % 1_440 == 1_439
    }

    private static func pair(_ text: UnsafeRawBufferPointer, _ at: Int) -> Int? {
        let tens = text[at] &- UInt8(ascii: "0")
        let ones = text[at + 1] &- UInt8(ascii: "0")
        return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : nil
    }

    /// RFC 4122, of any version.
    static func isUUID(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count == 36 else { return false }
        for index in 0..<36 {
            switch index {
            case 8, 13, 18, 23: guard text[index] == UInt8(ascii: "-") else { return false }
            default: guard isHexadecimal(text[index]) else { return false }
            }
        }
        return true
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 6
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    /// RFC 3986 `URI`: a scheme, then only characters that may stand there.
    ///
    /// Brackets may stand around an address of the authority only, one `#` at most; the address itself is not read.
    static func isURI(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count > 0, isLetter(text[0]) else { return false }
        var at = 1
        while at < text.count, text[at] != UInt8(ascii: ":") {
            let byte = text[at]
            let isMark = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            guard isLetter(byte) || byte &- UInt8(ascii: "0") < 10 || isMark else { return false }
            at += 1
        }
        guard at < text.count else { return false }
        at += 1
        let hasAuthority =
            at + 1 < text.count && text[at] == UInt8(ascii: "/") && text[at + 1] == UInt8(ascii: "/")
        var isInAuthority = hasAuthority
        if hasAuthority { at += 2 }
        var hasFragment = false
        var isInBrackets = false
        while at < text.count {
            let byte = text[at]
            switch byte {
            case UInt8(ascii: "%"):
                guard at + 2 < text.count, isHexadecimal(text[at + 1]), isHexadecimal(text[at + 2]) else {
                    return false
                }
            case UInt8(ascii: "/"), UInt8(ascii: "?"):
                guard !isInBrackets else { return false }
                isInAuthority = false
            case UInt8(ascii: "#"):
                guard !hasFragment, !isInBrackets else { return false }
                (hasFragment, isInAuthority) = (true, false)
            case UInt8(ascii: "["):
                guard isInAuthority, !isInBrackets else { return false }
                isInBrackets = true
            case UInt8(ascii: "]"):
                guard isInBrackets else { return false }
                isInBrackets = false
            case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "^"),
                UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
                return false
            default: guard byte > 0x20, byte < 0x7F else { return false }
            }
            at += 1
        }
        return !isInBrackets
    }
}
