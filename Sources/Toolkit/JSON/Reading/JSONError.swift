/// Why a message is not JSON, and where.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let reason: Reason
    /// The byte, counted from 0, at which it is wrong; the length of the input where something is missing.
    public let offset: Int

    /// An error at a byte.
    public init(reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// The ways in which bytes fail to be JSON.
    public enum Reason: Equatable, Sendable {
        /// There is nothing but white space.
        case empty
        /// The input is 16 MB or more.
        case tooLarge
        /// Arrays and objects are nested more than 128 deep.
        case tooDeep
        /// The input ends inside a value.
        case unexpectedEnd
        /// The input starts with a byte order mark.
        case byteOrderMark
        /// Something other than a value stands where one must.
        case expectedValue
        /// Something other than a string stands where a key must.
        case expectedKey
        /// A key is not followed by a colon.
        case expectedColon
        /// A value in an array is followed by something else than a comma or the end.
        case expectedCommaOrBracket
        /// A value in an object is followed by something else than a comma or the end.
        case expectedCommaOrBrace
        /// There is more after the value.
        case trailingBytes
        /// A word that is not `true`, `false` or `null`.
        case unknownWord
        /// A number with a leading zero or plus, or without digits where they must be.
        case malformedNumber
        /// A control character in a string that is not written as an escape.
        case controlCharacter
        /// A backslash followed by something JSON does not know.
        case unknownEscape
        /// Half a surrogate pair.
        case loneSurrogate
        /// Bytes that are not UTF-8.
        case malformedUTF8
        /// A key that the same object has already.
        case duplicateKey
    }

    /// A sentence for a person.
    public var description: String { "\(reason) (byte \(offset))" }
}

extension JSONError.Reason: CustomStringConvertible {
    /// A sentence for a person, without the place.
    public var description: String {
        switch self {
        case .empty: "there is no value"
        case .tooLarge: "the input is 16 MB or more"
        case .tooDeep: "arrays and objects are nested more than \(JSONTape.depthLimit) deep"
        case .unexpectedEnd: "the input ends inside a value"
        case .byteOrderMark: "the input starts with a byte order mark"
        case .expectedValue: "a value is expected here"
        case .expectedKey: "a key in double quotes is expected here"
        case .expectedColon: "a colon is expected after the key"
        case .expectedCommaOrBracket: "a comma or ] is expected here"
        case .expectedCommaOrBrace: "a comma or } is expected here"
        case .trailingBytes: "there is more after the value"
        case .unknownWord: "the only words are true, false and null"
        case .malformedNumber:
            "a number has no leading zero or plus, and digits on both sides of the point and in the exponent"
        case .controlCharacter: "a control character in a string must be written as an escape"
        case .unknownEscape: "a backslash is followed by one of \" \\ / b f n r t or by u and four hexadecimal digits"
        case .loneSurrogate: "half a surrogate pair stands alone"
        case .malformedUTF8: "the bytes are not UTF-8"
        case .duplicateKey: "the object has this key already"
        }
    }
}
