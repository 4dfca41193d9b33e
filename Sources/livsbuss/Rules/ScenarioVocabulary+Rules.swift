import Agencies
import Contracts
import Scenarios

extension ScenarioVocabulary {
    /// The words of a folder of contracts, and the names of the rules that the program's agencies go by.
    static func ofProgram(_ catalogue: Catalogue) -> ScenarioVocabulary {
        var vocabulary = ScenarioVocabulary(catalogue) { BuiltInAgencies.rules(of: $0) }
        vocabulary.rules = { BuiltInAgencies.ruleNames }
        return vocabulary
    }
}
