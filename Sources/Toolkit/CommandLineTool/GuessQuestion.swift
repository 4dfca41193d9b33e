/// A question to put behind an error sentence, or nothing without a guess.
func question(_ guess: String?) -> String {
    guess.map { " Did you mean '\($0)'?" } ?? ""
}
