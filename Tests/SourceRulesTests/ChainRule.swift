/// What the built-in agencies leave to `FactChain`: which event follows which.
enum ChainRule {
    static let rooms = ["Agencies"]

    static func violations(in file: SourceFile) -> [Violation] {
        var found: [Violation] = []
        for index in file.tokens.indices where file.matches([".", "previous"], at: index) {
            found.append(
                file.violation(file.tokens[index].line, ".previous: ask the FactChain what the event is to it"))
        }
        return found
    }
}
