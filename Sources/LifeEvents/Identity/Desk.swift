extension Subject {
    /// The key of an office of an agency that people queue at (*desk*): `desk:kommun-1780/boende`.
    ///
    /// - Parameter office: small letters without marks.
    /// - Returns: nil for a text that is no key.
    public init?(deskOf agency: AgencyID, office: String) {
        self.init(text: "desk:\(agency)/\(office)")
    }
}
