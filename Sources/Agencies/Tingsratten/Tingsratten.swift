public import AgencyKit
public import LifeEvents

/// Tingsrätten, the district court: an outside voice. What it judges is said by scenarios; no case of its own is played.
public struct Tingsratten: Agency {
    /// Nothing is remembered.
    public struct Case: AgencyCase {
        /// Nothing.
        public init() {}
    }

    /// No case waits for anything.
    public typealias Timer = NoTimer

    /// Writes `tingsratten.*`.
    public static let owner = Owner.tingsratten

    /// What scenarios say in its name.
    public static let publications = [Publication(CourtJudgment.self)]

    /// The court.
    public init() {}

    /// It hears nothing.
    public var rivers: [River<Self>] { [] }
}
