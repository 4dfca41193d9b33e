/// A number with what it counts: `1 file`, `2 files`.
func counted(_ number: Int, _ what: String) -> String { "\(number) \(what)\(number == 1 ? "" : "s")" }
