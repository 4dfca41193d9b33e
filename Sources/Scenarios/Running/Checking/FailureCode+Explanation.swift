extension FailureCode {
    /// The failure in a few words.
    public var title: String { explanation.title }

    /// What the failure means and what to do, wrapped at 80 columns.
    public var text: String { explanation.text(of: rawValue) }

    private var explanation: DiagnosticExplanation {
        switch self {
        case .messageMissing, .messageCame, .wrongCount, .wrongOrder, .tooLate, .finalCount: messageExplanation
        case .tileMissing, .finalTile, .earlierTile, .deadLetterMissing, .notRefused, .notApproved: otherExplanation
        case .lostMessage, .doubleEffect, .subjectOrder, .brokenChain, .protectedData, .unwrittenReading:
            invariantExplanation
        case .unexpectedDeadLetter:
            DiagnosticExplanation(
                "a message was dead-lettered, and the scenario does not expect it",
                meaning: """
                    A message that an agency could not handle, or that breaks a contract, becomes a dead letter. Then \
                    the journey goes on without it, and what is expected may hold for a wrong reason. What outsiders \
                    send in a paced run does not count.
                    """,
                example: "allow_dead_letters: [{dead_letter: skatteverket.move.v1, reason: {regex: '.*by hand.*'}}]",
                fix: """
                    Mend the message or the agency; where the letter is meant, expect it in a step, or name it under \
                    `allow_dead_letters` (`true` allows all).
                    """)
        case .finalPage:
            DiagnosticExplanation(
                "a citizen's page has other rows at the end",
                meaning: """
                    Under `page` stand all rows that the citizen must see when the run ends, each once. A row is met by \
                    one of that tile and code, and of the person, agency and text that are written; none may be left.
                    """,
                example: "then: {page: {anna: [{tile: child-benefit, code: U7, about: liv}]}}",
                fix: "Correct the rows, or see with `livsbuss status` what the citizen sees and why.")
        case .passedAfterAll:
            DiagnosticExplanation(
                "a scenario passed that is known to fail",
                meaning: "The scenario says with `known_failure` why it fails today, and it no longer does.",
                example: "known_failure: the region answers too late, see issue 12",
                fix: "Take `known_failure` out, so that it is told when it fails again.")
        case .endedByFault:
            DiagnosticExplanation(
                "the broker ended the run, as a fault of the scenario says",
                meaning: """
                    At some errors of the broker a client does not try again, and no agency can go on. Then the case \
                    ends there, and no other case with it: what was still expected has not been seen.
                    """,
                example: "faults: [{id: refused, broker: {error: topic-authorization, from: +1d}}]",
                fix: """
                    Take an error at which the client tries again, as `not-leader`; or say with `known_failure` that \
                    the case ends so.
                    """)
        case .tileShown:
            DiagnosticExplanation(
                "a citizen saw a tile that must be absent",
                meaning: """
                    With `code: absent` no such row may stand on the page at any time of the window. A row that came \
                    before the window still stands there in it.
                    """,
                example: "- expect: {status: {for: anna, tile: child-benefit, code: absent}, until: notice +1w}",
                fix: "`came` is the tile. Correct the rule that shows it, the person, or the window's end.")
        case .faultWithoutEffect:
            DiagnosticExplanation(
                "a fault was never applied",
                meaning: """
                    Nothing that the fault means came in its window: no message of its types and person, or nothing \
                    that the agency heard, said or had a timer for while it was away, or no request of its kind met \
                    what was done to the broker. So the run tests less than the scenario says.
                    """,
                example: "faults: [{id: twice, message: skatteverket.birth.v1, duplicate: {times: 1}}]",
                fix: "Correct the fault's type, person or window, or take it out.")
        case .forTheDead, .unmandatedAct, .strangersTile, .paymentUndecided, .traceOfAnnulled: lawExplanation
        }
    }

    private var messageExplanation: DiagnosticExplanation {
        switch self {
        case .messageMissing:
            DiagnosticExplanation(
                "an expected message did not come",
                meaning: """
                    No message of the window has the type, person, agency, change, cause and data that are written. \
                    `nearest` are the messages that came closest, each with the first thing that differs; `why-not` \
                    tells which rule of the agency heard what, and which of its conditions stopped it.
                    """,
                example: "- expect: {message: skatteverket.move.v1, for: mother, within: 5wd}",
                fix: "Correct what is expected, give it more time, or see why the agency did not act.")
        case .messageCame:
            DiagnosticExplanation(
                "a message came that must not",
                meaning: "`none` says that no message of the window matches. Those that do are listed as `came`.",
                example: "- expect: {none: skatteverket.move.v1, for: daughter, until: +30d}",
                fix: "See with `livsbuss explain` what caused the message, or narrow what must not come.")
        case .wrongCount:
            DiagnosticExplanation(
                "another number of messages came",
                meaning: "`count` counts the messages of its window that match.",
                example: "- expect: {count: {message: skatteverket.move.v1, equals: 2}, within: 5wd}",
                fix: "Too many are listed as `came`, the nearest others as `nearest`.")
        case .wrongOrder:
            DiagnosticExplanation(
                "messages did not come one after the other",
                meaning: """
                    `order` takes the first message that matches each entry; each must be later than the one before \
                    it, or at the same instant have the greater id.
                    """,
                example: "- expect: {order: [notice, skatteverket.move.v1], within: 5wd}",
                fix: "Correct the order, or name the messages more closely by person or data.")
        case .tooLate:
            DiagnosticExplanation(
                "too much time passed between two messages",
                meaning: """
                    `latency` takes the first `from` and the first `to` after it. Counted in days, the longest time \
                    lasts to the end of its last day.
                    """,
                example: "- expect: {latency: {from: notice, to: skatteverket.move.v1, at_most: 5wd}}",
                fix: "Allow more time, or see with `livsbuss trace` where the time went.")
        default:
            DiagnosticExplanation(
                "another number of messages came in the whole run",
                meaning: "`count` under `then` counts all messages of the run that match.",
                example: "then: {count: {message: skatteverket.move.v1, equals: 2}}",
                fix: "Too many are listed as `came`, the nearest others as `nearest`.")
        }
    }

    private var otherExplanation: DiagnosticExplanation {
        switch self {
        case .tileMissing:
            DiagnosticExplanation(
                "a tile did not reach its code",
                meaning: "No message of the window sets the person's tile to the code.",
                example: "- expect: {status: {for: mother, tile: move-notice, code: U9}, within: 5wd}",
                fix: "See the tile's history with `livsbuss status`, and give the step the window that is meant.")
        case .finalTile:
            DiagnosticExplanation(
                "a tile has another code at the end",
                meaning: """
                    When the run ends, each row of that name on the person's page must have the code; with an agency \
                    named, that agency's row.
                    """,
                example: "then: {status: {mother: {move-notice: U9}}}",
                fix: "Correct the code, name the agency, or let the run last longer (`until`).")
        case .earlierTile:
            DiagnosticExplanation(
                "a tile had another code at a time of the run",
                meaning: "`status_as_of` looks at what was known then; a day means its end.",
                example: "then: {status_as_of: [{at: +3d, mother: {move-notice: U2}}]}",
                fix: "`livsbuss status mother --as-of TIME` shows the page as it was.")
        case .deadLetterMissing:
            DiagnosticExplanation(
                "no such message was dead-lettered",
                meaning: """
                    A message is dead-lettered, with a reason, when an agency cannot handle it or it breaks its \
                    contract. What an agency passes over is not dead-lettered.
                    """,
                example: "- expect: {dead_letter: skatteverket.birth.v1, in: forsakringskassan, within: 1d}",
                fix: "`nearest` are other messages that were dead-lettered.")
        case .notRefused:
            DiagnosticExplanation(
                "a filing was not refused, or for another reason",
                meaning: """
                    A filing is refused by a rule's validation that does not hold, by being dead-lettered, or by a \
                    decision with the outcome `rejected` that it caused. The reason is the condition's sentence, the \
                    dead letter's, or the decision's.
                    """,
                example: "- expect: {refusal: {of: application}, within: 10d}",
                fix: "`why-not` tells what the agency's rules did with the filing.")
        default:
            DiagnosticExplanation(
                "the run is not the approved one",
                meaning: "Beside the scenario lies the golden run of the same seed; this run differs from it.",
                example: "",
                fix: "If the difference is meant, approve the run anew with --approve.")
        }
    }

    private var lawExplanation: DiagnosticExplanation {
        let always = " This is checked in every run, named under `invariants` or not."
        return switch self {
        case .forTheDead:
            DiagnosticExplanation(
                "something is decided for the dead or paid to them, or they hear of the living",
                meaning: """
                    An agency that has been told of a death grants the dead nothing, and pays nothing, for a time after \
                    the day of death; where months are paid, for a later month. On the page of the dead it sets no new \
                    line about somebody who lives.
                    """ + always,
                example: "then: {invariants: [nothing-for-the-dead]}",
                fix: "The agency must remember the death, also where it has no case open on the dead.")
        case .unmandatedAct:
            DiagnosticExplanation(
                "an agency acted on what somebody without a mandate filed for another",
                meaning: """
                    Who files for another needs a right that registers know: custody, a share in the estate, or a \
                    relation that an authority has told. A filing that names its filer in another field is the \
                    filer's own act.
                    """ + always,
                example: "then: {invariants: [mandated-acts]}",
                fix: "The rule must refuse such a filing: a condition under `whole`, which says why.")
        case .paymentUndecided:
            DiagnosticExplanation(
                "a payment is not what decisions say",
                meaning: """
                    What is paid has a decision in force that grants it for that time; no time is paid twice on one \
                    decision; no more is claimed back than is decided; and no more of a benefit in arrears goes to an \
                    agency than it has answered that it paid.
                    """ + always,
                example: "then: {invariants: [payments-add-up]}",
                fix: "The agency must decide before it pays, and end what it pays with the decision.")
        case .traceOfAnnulled:
            DiagnosticExplanation(
                "a line of a page stands because of what was annulled",
                meaning: """
                    What is annulled never held. A line that stands at the end may not have it among its causes, unless \
                    the line says that something was corrected (U11), an annulment led to it, or a person acted in \
                    between; only agencies that have been told of the annulment are asked.
                    """ + always,
                example: "then: {invariants: [annulments-undone]}",
                fix: "The agency must hear the annulment, undo what it did, and set the line anew.")
        default:
            DiagnosticExplanation(
                "a tile tells somebody of a stranger",
                meaning: """
                    A line on one person's page that is about another needs a relation or a mandate that an authority \
                    has told, or somebody with a mandate.
                    """ + always,
                example: "then: {invariants: [rightful-tiles]}",
                fix: "The agency must tell those who have a right to know: guardians, partners, who applied.")
        }
    }

    private var invariantExplanation: DiagnosticExplanation {
        let always = " This is checked in every run, named under `invariants` or not."
        return switch self {
        case .lostMessage:
            DiagnosticExplanation(
                "a message did not reach an agency that reads its topic",
                meaning: "Each message reaches each agency of the case that hears its type." + always,
                example: "then: {invariants: [no-lost-message]}",
                fix: "This is a fault of the bus or of a host: report it with the seed.")
        case .doubleEffect:
            DiagnosticExplanation(
                "a message had its effects twice",
                meaning: "A message that is delivered twice is handled once." + always,
                example: "then: {invariants: [no-double-effect]}",
                fix: "This is a fault of the bus or of a host: report it with the seed.")
        case .subjectOrder:
            DiagnosticExplanation(
                "a subject's messages were handled out of order",
                meaning: "An agency handles the messages about one person in the order of their ids." + always,
                example: "then: {invariants: [subject-order]}",
                fix: "This is a fault of the bus or of a host: report it with the seed.")
        case .brokenChain:
            DiagnosticExplanation(
                "a message does not follow the head of its chain",
                meaning: """
                    A correction, annulment or ending names the last message of the same fact, from the same agency, \
                    and no message has two successors.
                    """ + always,
                example: "then: {invariants: [chain-rules]}",
                fix: "The agency must keep the id of what it published last, and follow that.")
        case .protectedData:
            DiagnosticExplanation(
                "data of a protected person is in a message",
                meaning: """
                    What agencies publish holds no address, municipality or relation of a person with protected \
                    personal data (skyddade personuppgifter). Looked at is what agencies make of what they hear; the \
                    citizen's own page, internal topics and dead letters are allowed.
                    """ + always,
                example: "given: {citizens: {anna: {protected_identity: true}}}",
                fix: "The agency must not publish it; such matters are handled by hand.")
        default:
            DiagnosticExplanation(
                "a reading of a person's data is not in the ledger",
                meaning: "Who handles a message about a person is written in the store's ledger." + always,
                example: "then: {invariants: [ledger-complete]}",
                fix: "This is a fault of the store: report it with the seed.")
        }
    }
}
