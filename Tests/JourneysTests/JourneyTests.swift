import SQLite
import Testing

/// The shipped journeys, message by message as the vocabulary tells them.
@Suite struct JourneyTests {
    struct Journey: Sendable, CustomTestStringConvertible {
        var name: String
        var messages: Int
        var tiles: Int
        /// Messages by "publisher type".
        var counts: [String: Int]
        /// What an agency says to a case of its own beside those, which the page does not count.
        var within: [String: Int] = [:]
        var testDescription: String { name }
    }

    @Test(arguments: [firstChild, death, move])
    func `a shipped journey passes with the messages of the vocabulary`(journey: Journey) throws {
        let folder = try Folder()
        let scenario = try #require(try report([RealBinary.scenario(journey.name)], in: folder).scenarios.first)
        #expect(scenario.passed, "\(scenario.failures.map { "\($0.place): \($0.message)" })")
        #expect(scenario.messages == journey.messages + journey.within.values.reduce(0, +))
        #expect(scenario.tiles == journey.tiles)
        let counts = try Self.counts(in: "\(folder.path)/.livsbuss/last/status.sqlite")
        let expected = journey.counts.merging(journey.within) { $0 + $1 }
        #expect(counts.map(Self.line).sorted() == expected.map(Self.line).sorted())
        #expect(journey.counts.values.reduce(0, +) == journey.messages)
    }

    static func line(_ entry: (key: String, value: Int)) -> String { "\(entry.key) × \(entry.value)" }

    static func counts(in path: String) throws -> [String: Int] {
        let rows = try Database(path: path, mode: .readOnly).query(
            """
            SELECT a.name || ' ' || y.name, count(*) FROM messages m
            LEFT JOIN agencies a ON a.id = m.agency LEFT JOIN types y ON y.id = m.type GROUP BY 1
            """
        ) { ($0.text(0), $0.int(1)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    static let firstChild = Journey(
        name: "first-child", messages: 111, tiles: 48,
        counts: [
            "skatteverket skatteverket.register-entry.v1": 2,
            "skatteverket skatteverket.birth.v1": 1,
            "skatteverket skatteverket.identity.v1": 2,
            "skatteverket skatteverket.parenthood-missing.v1": 1,
            "skatteverket skatteverket.family-relation.v1": 3,
            "skatteverket citizen.status-tile.v1": 15,
            "forsakringskassan forsakringskassan.benefit-decision.v1": 4,
            "forsakringskassan forsakringskassan.case-status.v1": 4,
            "forsakringskassan forsakringskassan.internal.payee.v1": 3,
            "forsakringskassan forsakringskassan.payment.v1": 25,
            "forsakringskassan citizen.status-tile.v1": 12,
            "kommun-1780 kommun.case-status.v1": 6,
            "kommun-1780 kommun.parenthood.v1": 1,
            "kommun-1780 citizen.status-tile.v1": 12,
            "region-17 region.medical-certificate.v1": 1,
            "region-17 region.birth-notice.v1": 1,
            "region-17 citizen.status-tile.v1": 9,
            "citizen forsakringskassan.filing.application.v1": 2,
            "citizen kommun.filing.parenthood-confirmation.v1": 2,
            "citizen skatteverket.filing.name.v1": 2,
            "citizen kommun.filing.application.v1": 1,
            "citizen kommun.filing.place-answer.v1": 2,
        ])

    static let death = Journey(
        name: "death", messages: 52, tiles: 17,
        counts: [
            "bank-01 bank.internal.customer.v1": 1,
            "bank-01 bank.need.death-proof.v1": 1,
            "bank-01 citizen.status-tile.v1": 2,
            "begravningsbyra-01 begravningsbyra.funeral.v1": 2,
            "begravningsbyra-01 begravningsbyra.need.death-proof.v1": 1,
            "begravningsbyra-01 citizen.status-tile.v1": 2,
            "citizen citizen.mandate.v1": 2,
            "citizen skatteverket.filing.estate-inventory.v1": 1,
            "citizen skatteverket.filing.tax-return.v1": 1,
            "kommun-1780 citizen.status-tile.v1": 1,
            "kommun-1780 kommun.elder-care.v1": 2,
            "pensionsmyndigheten citizen.status-tile.v1": 4,
            "pensionsmyndigheten pensionsmyndigheten.internal.pension-account.v1": 1,
            "pensionsmyndigheten pensionsmyndigheten.internal.survivor.v1": 1,
            "pensionsmyndigheten pensionsmyndigheten.need.survivors.v1": 1,
            "pensionsmyndigheten pensionsmyndigheten.payment.v1": 4,
            "pensionsmyndigheten pensionsmyndigheten.pension-decision.v1": 3,
            "region-17 citizen.status-tile.v1": 1,
            "region-17 region.death-certificate.v1": 1,
            "skatteverket citizen.status-tile.v1": 7,
            "skatteverket skatteverket.answer.death-proof.v1": 2,
            "skatteverket skatteverket.answer.survivors.v1": 1,
            "skatteverket skatteverket.burial-certificate.v1": 1,
            "skatteverket skatteverket.civil-status.v1": 1,
            "skatteverket skatteverket.death.v1": 1,
            "skatteverket skatteverket.estate-inventory.v1": 3,
            "skatteverket skatteverket.guide-token.v1": 1,
            "skatteverket skatteverket.public-death.v1": 1,
            "skatteverket skatteverket.register-entry.v1": 2,
        ])

    static let move = Journey(
        name: "move", messages: 44, tiles: 19,
        counts: [
            "skatteverket skatteverket.register-entry.v1": 2,
            "skatteverket skatteverket.family-relation.v1": 2,
            "skatteverket skatteverket.move.v1": 2,
            "skatteverket citizen.status-tile.v1": 5,
            "forsakringskassan forsakringskassan.internal.benefit-basis.v1": 1,
            "forsakringskassan forsakringskassan.benefit-decision.v1": 3,
            "forsakringskassan forsakringskassan.case-status.v1": 3,
            "forsakringskassan forsakringskassan.payment.v1": 2,
            "forsakringskassan forsakringskassan.recovery.v1": 2,
            "forsakringskassan citizen.status-tile.v1": 7,
            "arbetsformedlingen arbetsformedlingen.registration.v1": 1,
            "arbetsformedlingen citizen.status-tile.v1": 1,
            "kommun-0180 kommun.case-status.v1": 2,
            "kommun-0180 citizen.status-tile.v1": 2,
            "kommun-1780 kommun.case-status.v1": 1,
            "kommun-1780 citizen.status-tile.v1": 2,
            "region-17 citizen.status-tile.v1": 2,
            "citizen skatteverket.filing.move-notice.v1": 2,
            "citizen forsakringskassan.filing.application.v1": 1,
            "citizen kommun.filing.application.v1": 1,
        ],
        within: [
            // Whether the child is registered where the applicant lives: asked of the child's case, and answered.
            "forsakringskassan forsakringskassan.internal.household-asked.v1": 1,
            "forsakringskassan forsakringskassan.internal.household-child.v1": 1,
        ])
}
