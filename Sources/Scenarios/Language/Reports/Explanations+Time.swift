extension DiagnosticCode {
    /// Mistakes in times and in the order of steps.
    var timeExplanation: DiagnosticExplanation {
        switch self {
        case .badDate:
            DiagnosticExplanation(
                "a day that does not exist",
                meaning: "Dates are year, month and day of the Gregorian calendar.",
                example: "at: 2026-02-30",
                fix: "Write a day that the month has.")
        case .wrongWeekday:
            DiagnosticExplanation(
                "the weekday is not the date's",
                meaning: "A weekday before a date is there to be checked.",
                example: "start: Fri 2026-03-05",
                fix: "Correct the date or the weekday.")
        case .badTime:
            DiagnosticExplanation(
                "no time",
                meaning: """
                    A time is a date, a date with a clock time, or spans counted from the start or a \
                    step: h, d, w, mo and wd (working days). A run lies within 1970-01-01T01:00 to 9999-12-29, \
                    what a payload or `occurred` names within the years 0 to 9999; a time adds at most 8 spans, \
                    of at most 99999h, 99999d, 52000w, 12000mo or 2500wd.
                    """,
                example: "at: +3days",
                fix: "Write 2026-03-02T06:30, `+3d`, `+2w 06:30`, `<step> +1mo` or `end`.")
        case .unknownStep:
            DiagnosticExplanation(
                "a step that is not there",
                meaning: """
                    Times and causes name steps by their `id`. Inside a group only the group's own steps \
                    are known.
                    """,
                example: "at: brith +1d",
                fix: "Correct the name, or give the step that is meant an `id`.")
        case .duplicateStep:
            DiagnosticExplanation(
                "two steps have one id",
                meaning: """
                    Ids of steps, and of faults, are unique in a scenario. The steps of a group have the \
                    id of its use before theirs.
                    """,
                example: "- {id: a, …}\n- {id: a, …}",
                fix: "Rename one; give a second use of a group an `id`.")
        case .backInTime:
            DiagnosticExplanation(
                "out of order in time, or never reached",
                meaning: """
                    Steps stand in the order in which they happen, unless they are counted from another \
                    step. Nothing is before the start or after the end, and a window ends after it \
                    begins.
                    """,
                example: "- {id: z, at: +2d, …}\n- {id: a, at: +1d, …}",
                fix: "Move the step, count it from another (`z -1d`), or let the run last longer (`until`).")
        case .badAnchor:
            DiagnosticExplanation(
                "nothing can be counted from there",
                meaning: """
                    A time counts from a step further up: one that publishes, or one that expects a message \
                    in a window with an end of its own (`within`, `by`). Other expectations, faults and what \
                    holds at the start have no such instant.
                    """,
                example: "at: nobody-decides +1d   # an expectation of `none`",
                fix: "Count from the step that causes it, or from the message that must come.")
        case .badChain:
            DiagnosticExplanation(
                "a change that does not follow its predecessor",
                meaning: """
                    A fact is published, perhaps corrected, and at last annulled or ended; each change \
                    names the one message before it. It is about the same person, of the same type and \
                    from the same agency. A citizen's filing is not changed: the citizen files anew.
                    """,
                example: "- {id: b, corrects: a, …}\n- {id: c, corrects: a, …}",
                fix: "Name the last message of the chain: `corrects: b`.")
        case .unknownCapture:
            DiagnosticExplanation(
                "a value of a message that is not known there",
                meaning: """
                    An expectation of a message may name it, `as: $decision`; steps and expectations below say \
                    `$decision.from` for a value of its payload. Above it, and in what holds at the start, \
                    nothing is known of it.
                    """,
                example: "data: {from: $decison.from}",
                fix: "Correct the name, or move the step below the expectation.")
        default:
            DiagnosticExplanation(rawValue, meaning: "", example: "", fix: "")
        }
    }
}
