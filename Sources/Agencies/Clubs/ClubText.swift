import LifeEvents

/// Words of the texts that clubs read.
enum ClubText {
    private static let numbers = [
        "noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
    ]

    /// `tre`; from 13 on in digits.
    static func number(_ count: Int) -> String { numbers.indices.contains(count) ? numbers[count] : "\(count)" }

    /// `Tre`
    static func capital(_ count: Int) -> String {
        let word = number(count)
        return word.prefix(1).uppercased() + word.dropFirst()
    }

    /// `tisdagar`
    static func weekdays(_ weekday: Int) -> String {
        Weekday(rawValue: weekday).map { SwedishText.weekday($0) + "ar" } ?? ""
    }
}
