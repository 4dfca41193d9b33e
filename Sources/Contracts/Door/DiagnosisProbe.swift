/// What looks like a code of ICD-10-SE, such as `F43.8A`: no contract lets a text hold one, for no diagnosis is ever on the bus
/// (OSL 25 kap. 1 §, 28 kap. 1 §). The words of a failure must not hold one either.
enum DiagnosisProbe {
    /// Whether a word begins with a capital letter and two digits.
    static func finds(in text: String) -> Bool {
        var (matched, isInWord) = (0, false)
        for byte in text.utf8 {
            let isCapital = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
            let isDigit = UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
            switch matched {
            case 0 where isCapital && !isInWord: matched = 1
            case 1 where isDigit: matched = 2
            case 2 where isDigit: return true
            default: matched = 0
            }
            isInWord = isCapital || isDigit || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
        }
        return false
    }
}
