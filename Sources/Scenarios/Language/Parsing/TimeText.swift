import LifeEvents

/// The grammar of time expressions, over text alone.
///
///     [weekday] date[Tclock] | start | end | step | (nothing, before a span)
///     then spans such as +3d, -1mo, 5wd, then a clock time
struct TimeText {
    /// Why a text is no time expression, and which part of it.
    struct Problem: Error {
        let code: DiagnosticCode
        let message: String
        let hint: String?
        let token: Word
    }

    struct Word {
        let text: Substring
        /// In Unicode scalars from the start of the text.
        let offset: Int

        var count: Int { text.unicodeScalars.count }
    }

    static let form = "write a time as 2026-03-02T06:30, `+3d`, `+2w 06:30`, `<step> +1mo` or `end`"

    private(set) var origin = TimeExpression.Origin.start
    private(set) var spans: [TimeSpan] = []
    private(set) var clock: ClockTime?
    /// The name of a step or `start` or `end`, or the date, if one is written.
    private(set) var originToken: Word?

    init(_ text: String) throws(Problem) {
        var tokens = Self.tokens(of: text)[...]
        guard let first = tokens.first else {
            throw Self.problem("the time is empty", Word(text: "", offset: 0))
        }
        if let weekday = Self.weekday(first.text), tokens.count > 1 {
            tokens.removeFirst()
            try readDate(tokens.removeFirst())
            try check(weekday, at: first)
        } else if Self.looksLikeDate(first.text) {
            tokens.removeFirst()
            try readDate(first)
        } else if Self.isName(first.text) {
            if tokens.count > 1, let second = tokens.dropFirst().first, Self.looksLikeDate(second.text),
                let day = Self.weekdays.first(where: { $0.lowercased() == first.text })
            {
                throw Self.problem("`\(first.text)` is no day of the week", first, hint: "write `\(day)`")
            }
            tokens.removeFirst()
            originToken = first
            origin = first.text == "start" ? .start : first.text == "end" ? .end : .step(String(first.text))
        }
        for token in tokens { try readTail(token) }
    }

    static func tokens(of text: String) -> [Word] {
        // Counted on from word to word: a text may be a megabyte of words.
        var words: [Word] = []
        var (start, startOffset): (String.Index?, Int) = (nil, 0)
        var offset = 0
        for (index, scalar) in zip(text.unicodeScalars.indices, text.unicodeScalars) {
            if scalar == " " {
                if let first = start { words.append(Word(text: text[first..<index], offset: startOffset)) }
                start = nil
            } else if start == nil {
                (start, startOffset) = (index, offset)
            }
            offset += 1
        }
        if let first = start { words.append(Word(text: text[first...], offset: startOffset)) }
        return words
    }

    /// Whether a payload's text means a time counted from something: `birth +3d`, `start 08:00`. A lone word is none.
    static func isReference(_ text: String) -> Bool {
        let tokens = tokens(of: text)
        guard tokens.count > 1, isName(tokens[0].text) else { return false }
        return tokens.dropFirst().allSatisfy { token in
            let isSigned = token.text.hasPrefix("+") || token.text.hasPrefix("-")
            return isSigned && span(token.text) != nil || clock(token.text) != nil
        }
    }

    /// Lower-case letters, digits and single hyphens, a letter first.
    static func isName(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first else { return false }
        let isWord = text.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || $0 == 45 }
        return isWord && 97...122 ~= first && !text.hasSuffix("-") && !text.contains("--")
    }

    /// `+3d`, `-1mo`, `5wd`, also longer than a span may be; nil for another text.
    static func span(_ text: Substring) -> TimeSpan? {
        let isNegative = text.hasPrefix("-")
        let rest = isNegative || text.hasPrefix("+") ? text.dropFirst() : text
        let digits = rest.prefix { ("0"..."9").contains($0) }
        guard digits.utf8.count <= 9, let count = Int(digits),
            let unit = TimeSpan.Unit(rawValue: String(rest.dropFirst(digits.count)))
        else { return nil }
        return TimeSpan(isNegative ? -count : count, unit)
    }

    /// Why a span is too long; nil if it is not.
    static func excess(of span: TimeSpan) -> String? {
        let most = ScenarioLimits.maximumCount(span.unit)
        guard abs(span.count) > most else { return nil }
        return "a span has at most \(most)\(span.unit.rawValue)"
    }

    static func looksLikeDate(_ text: Substring) -> Bool {
        let bytes = Array(text.utf8.prefix(10))
        return bytes.count == 10
            && bytes.indices.allSatisfy { $0 == 4 || $0 == 7 ? bytes[$0] == 45 : 48...57 ~= bytes[$0] }
    }

    private static func clock(_ text: Substring) -> ClockTime? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { 48...57 ~= $0 } }),
            let hour = Int(parts[0]), let minute = Int(parts[1])
        else { return nil }
        return ClockTime(hour: hour, minute: minute)
    }

    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    private static func weekday(_ text: Substring) -> Weekday? {
        weekdays.firstIndex { $0 == text }.flatMap { Weekday(rawValue: $0 + 1) }
    }

    private mutating func readDate(_ token: Word) throws(Problem) {
        guard Self.looksLikeDate(token.text) else {
            throw Self.problem("a weekday stands before a date, not before `\(token.text)`", token)
        }
        let date = token.text.prefix(10)
        guard let day = Day(date) else { throw Self.noDay(date, token) }
        originToken = token
        origin = .day(day)
        let rest = token.text.dropFirst(10)
        guard !rest.isEmpty else { return }
        guard rest.hasPrefix("T"), let clock = Self.clock(rest.dropFirst()) else {
            throw Self.problem("`\(token.text)` is no local time", token, hint: "write \(date)T06:30")
        }
        self.clock = clock
    }

    static func noDay(_ date: Substring, _ token: Word) -> Problem {
        let numbers = date.split(separator: "-").compactMap { Int($0) }
        let last = numbers.count == 3 ? Month(year: numbers[0], month: numbers[1])?.lastDay : nil
        return Problem(
            code: .badDate, message: "there is no day \(date)",
            hint: last.map { "the month ends on \($0)" } ?? "months are 01 to 12", token: token)
    }

    private func check(_ weekday: Weekday, at token: Word) throws(Problem) {
        guard case .day(let day) = origin, day.weekday != weekday else { return }
        let name = Self.weekdays[day.weekday.rawValue - 1]
        throw Problem(
            code: .wrongWeekday, message: "\(day) is no \(token.text)", hint: "it is a \(name)", token: token)
    }

    private mutating func readTail(_ token: Word) throws(Problem) {
        if let written = clock {
            guard written.zone == nil, let zone = ClockTime.Zone(rawValue: String(token.text)) else {
                throw Self.problem(
                    "nothing may follow the clock time but CEST or CET, which tell the two apart that an autumn night has",
                    token)
            }
            clock = ClockTime(hour: written.hour, minute: written.minute, zone: zone)
            return
        }
        if let span = Self.span(token.text) {
            if let sentence = Self.excess(of: span) { throw Self.problem(sentence, token) }
            guard spans.count < ScenarioLimits.maximumSpans else {
                throw Self.problem("a time adds at most \(ScenarioLimits.maximumSpans) spans", token)
            }
            spans.append(span)
            let workingDays = spans.reduce(0) { $0 + ($1.unit == .workingDays ? abs($1.count) : 0) }
            if let sentence = Self.excess(of: TimeSpan(workingDays, .workingDays)) {
                throw Self.problem(sentence, token)
            }
        } else if let clock = Self.clock(token.text) {
            self.clock = clock
        } else {
            throw Self.problem("`\(token.text)` is no time", token, hint: Self.form)
        }
    }

    private static func problem(_ message: String, _ token: Word, hint: String? = nil) -> Problem {
        Problem(code: .badTime, message: message, hint: hint, token: token)
    }
}
