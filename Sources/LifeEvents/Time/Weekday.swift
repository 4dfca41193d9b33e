/// A day of the week; the raw value is ISO 8601's, Monday 1 … Sunday 7.
public enum Weekday: Int, Hashable, Comparable, Sendable, Codable, CaseIterable {
    /// måndag
    case monday = 1
    /// tisdag
    case tuesday
    /// onsdag
    case wednesday
    /// torsdag
    case thursday
    /// fredag
    case friday
    /// lördag
    case saturday
    /// söndag
    case sunday

    /// Monday first.
    public static func < (left: Weekday, right: Weekday) -> Bool {
        left.rawValue < right.rawValue
    }
}
