extension RunLog {
    /// What every report says of a case that expects nothing, so that its green is not taken for more.
    public static let nothingAsserted = "nothing was asserted but what holds in every run"
}

extension WorldLog {
    /// Whether the case has ended and nothing was expected in it.
    var assertsNothing: Bool { end?.expectations == 0 }
}
