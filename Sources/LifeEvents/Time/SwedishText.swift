/// Dates as a letter to a citizen writes them.
public enum SwedishText {
    private static let months = [
        "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
        "december",
    ]
    private static let weekdays = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]

    /// `3 juni 2026`
    public static func day(_ day: Day) -> String {
        let date = day.date
        return "\(date.day) \(months[date.month - 1]) \(date.year)"
    }

    /// `16 mars`
    public static func shortDay(_ day: Day) -> String {
        let date = day.date
        return "\(date.day) \(months[date.month - 1])"
    }

    /// `april`
    public static func month(_ month: Month) -> String {
        months[month.month - 1]
    }

    /// `måndag`
    public static func weekday(_ weekday: Weekday) -> String {
        weekdays[weekday.rawValue - 1]
    }
}
