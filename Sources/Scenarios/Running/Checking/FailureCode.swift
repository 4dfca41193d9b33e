/// The kinds of failed expectations; the raw value is shown, and never changes its meaning.
public enum FailureCode: String, Sendable, CaseIterable {
    /// An expected message did not come.
    case messageMissing = "A001"
    /// A message came that must not.
    case messageCame = "A002"
    /// Another number of messages came.
    case wrongCount = "A003"
    /// A tile did not reach its code.
    case tileMissing = "A004"
    /// Messages came in another order, or one did not come.
    case wrongOrder = "A005"
    /// Too much time passed between two messages.
    case tooLate = "A006"
    /// No such message was dead-lettered.
    case deadLetterMissing = "A007"
    /// A filing was not refused, or for another reason.
    case notRefused = "A008"
    /// A tile has another code at the end.
    case finalTile = "A009"
    /// A tile had another code at a time of the run.
    case earlierTile = "A010"
    /// Another number of messages came in the whole run.
    case finalCount = "A011"
    /// A message was dead-lettered, and the scenario does not expect it.
    case unexpectedDeadLetter = "A012"
    /// A fault was never applied.
    case faultWithoutEffect = "A013"
    /// A citizen's page has other rows at the end.
    case finalPage = "A014"
    /// A scenario passed that is known to fail.
    case passedAfterAll = "A015"
    /// The run ended where the broker refused for good, as a fault of the scenario says.
    case endedByFault = "A016"
    /// A citizen saw a tile that must be absent.
    case tileShown = "A017"
    /// A message did not reach an agency that reads its topic.
    case lostMessage = "A020"
    /// A message had its effects twice.
    case doubleEffect = "A021"
    /// A subject's messages were handled out of order.
    case subjectOrder = "A022"
    /// A message does not follow the head of its chain.
    case brokenChain = "A023"
    /// Data of a protected person is in a message.
    case protectedData = "A024"
    /// A reading of a person's data is not in the ledger.
    case unwrittenReading = "A025"
    /// Something is decided for the dead, or paid to them.
    case forTheDead = "A026"
    /// An agency acted on what somebody without a mandate filed for another.
    case unmandatedAct = "A027"
    /// A tile tells somebody of a stranger.
    case strangersTile = "A028"
    /// A payment is not what decisions say.
    case paymentUndecided = "A029"
    /// The run is not the approved one.
    case notApproved = "A030"
    /// A line of a page stands at the end because of what was annulled.
    case traceOfAnnulled = "A031"
}

extension Invariant {
    /// The code of a violation.
    var code: FailureCode {
        switch self {
        case .noLostMessage: .lostMessage
        case .noDoubleEffect: .doubleEffect
        case .subjectOrder: .subjectOrder
        case .chainRules: .brokenChain
        case .noProtectedData: .protectedData
        case .ledgerComplete: .unwrittenReading
        case .nothingForTheDead: .forTheDead
        case .mandatedActs: .unmandatedAct
        case .rightfulTiles: .strangersTile
        case .paymentsAddUp: .paymentUndecided
        case .annulmentsUndone: .traceOfAnnulled
        }
    }
}
