/// How much harm a leak of a topic's data could do; a higher class has stricter rules.
public enum InformationClass: String, CaseIterable, Comparable, Sendable {
    /// Public.
    case c1 = "C1"
    /// Ordinary personal data.
    case c2 = "C2"
    /// Under secrecy (*sekretess*).
    case c3 = "C3"
    /// Sensitive data in the sense of GDPR article 9, or social data.
    case c4 = "C4"
    /// Protected identity (*skyddade personuppgifter*).
    case c5 = "C5"

    /// From public to protected.
    public static func < (left: InformationClass, right: InformationClass) -> Bool {
        left.rawValue < right.rawValue
    }
}
