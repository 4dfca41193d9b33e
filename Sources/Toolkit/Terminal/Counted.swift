/// A number with what it counts: `1 file`, `2 files`. All texts for people count with this.
/// - Parameters:
///   - what: the singular; several words where the last takes the `s`.
///   - several: the plural where it is no `s` behind: `2 passes`.
public func counted(_ number: Int, _ what: String, several: String? = nil) -> String {
    "\(number) \(number == 1 ? what : several ?? "\(what)s")"
}
