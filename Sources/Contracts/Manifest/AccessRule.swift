/// One row of a topic's access list.
public struct AccessRule: Hashable, Sendable {
    /// What the row allows.
    public enum Access: String, CaseIterable, Sendable {
        /// Reading.
        case read
        /// Writing.
        case write
        /// Both.
        case readwrite

        /// Whether it includes reading.
        public var allowsReading: Bool { self != .write }
        /// Whether it includes writing.
        public var allowsWriting: Bool { self != .read }
    }

    /// The owner of the acting agency: `kommun` for all 290.
    public let team: String
    /// The agency's branch (*verksamhetsgren*), since secrecy holds between branches too; the team where it has one.
    public let application: String
    /// What is allowed.
    public let access: Access

    /// A row.
    public init(team: String, application: String, access: Access) {
        self.team = team
        self.application = application
        self.access = access
    }
}
