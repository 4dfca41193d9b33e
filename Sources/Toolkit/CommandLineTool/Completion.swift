/// What the shell offers for a value, beside the choices its type lists.
public enum Completion: Sendable, Equatable {
    /// Files and folders.
    case files
    /// Folders.
    case directories
    /// These words.
    case words([String])
}
