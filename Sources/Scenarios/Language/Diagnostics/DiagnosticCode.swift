/// The kinds of mistakes; the raw value is shown, and never changes its meaning.
public enum DiagnosticCode: String, Sendable, CaseIterable {
    /// The file cannot be read.
    case unreadable = "E001"
    /// The file is not the YAML that is read here.
    case notYAML = "E002"
    /// A key is written twice.
    case duplicateKey = "E003"
    /// More mistakes than are shown.
    case tooMany = "E004"
    /// More cases or steps than a file may make.
    case tooLarge = "E005"
    /// A list where a map is wanted, and the like.
    case wrongKind = "E010"
    /// A key that must be there is not.
    case missingKey = "E011"
    /// A key that means nothing here.
    case unknownKey = "E012"
    /// A value that the key does not take.
    case badValue = "E013"
    /// Keys that exclude each other.
    case conflictingKeys = "E014"
    /// A version of the language that is not read.
    case unknownVersion = "E015"
    /// Neither a scenario nor a library.
    case unknownDocument = "E016"
    /// Two scenarios with one name, in files that are read together.
    case duplicateScenario = "E017"
    /// A date that does not exist.
    case badDate = "E020"
    /// The day of the week is not the date's.
    case wrongWeekday = "E021"
    /// No time expression.
    case badTime = "E022"
    /// A step that is not in the file.
    case unknownStep = "E023"
    /// Two steps with one id.
    case duplicateStep = "E024"
    /// A step before the one above it, or before the start.
    case backInTime = "E025"
    /// A time that cannot be counted from there.
    case badAnchor = "E026"
    /// A correction, annulment or ending that does not follow its predecessor.
    case badChain = "E027"
    /// A value of a message that is not known, or not yet.
    case unknownCapture = "E028"
    /// A person that is not declared.
    case unknownPerson = "E030"
    /// A personal number that cannot be one.
    case badNumber = "E031"
    /// A person in two households, one's own parent, and the like.
    case badFamily = "E032"
    /// A message type that no contract has.
    case unknownType = "E040"
    /// No agency.
    case unknownAgency = "E041"
    /// An agency that may not say this, or nobody to say it.
    case wrongSource = "E042"
    /// A tile that no citizen has.
    case unknownTile = "E043"
    /// A condition on a value that cannot be met or read.
    case badMatcher = "E044"
    /// Data that the type's schema does not allow.
    case badData = "E045"
    /// What can never come, so that a `none` of it would hold whatever happens.
    case neverComes = "E046"
    /// A parameter or an input that is not declared.
    case unknownParameter = "E050"
    /// A parameter or an input that nothing uses.
    case unusedParameter = "E051"
    /// One name for two things.
    case nameClash = "E052"
    /// A matrix that gives no cases, or one twice.
    case badMatrix = "E053"
    /// A parameter without a value in some case, or with values of two kinds.
    case badParameter = "E054"
    /// A CSV file that is no table.
    case badTable = "E055"
    /// An included file outside the project.
    case includeOutside = "E060"
    /// Files that include each other.
    case includeCycle = "E061"
    /// A block that no file has.
    case unknownBlock = "E062"
    /// A group that uses itself.
    case groupCycle = "E063"
    /// Inputs of a group that are missing or not declared.
    case badInputs = "E064"
}
