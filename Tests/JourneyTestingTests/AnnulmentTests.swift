import Foundation
import JSON
import LifeEvents
import Testing

@testable import JourneyTesting
@testable import Scenarios

/// What was told in error and taken back leaves a citizen where the same run without it would: all tiles are alike, but
/// for those that say that something was corrected (U11) and what cannot be undone.
@Suite struct AnnulmentTests {
    /// The files in which something is annulled, by their path below `Scenarios`.
    private static let files: [String] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Scenarios").path()
        let names = (FileManager.default.enumerator(atPath: root)?.allObjects ?? []).compactMap { $0 as? String }
        return names.filter { name in
            guard name.hasSuffix(".yaml"), let text = try? String(contentsOfFile: "\(root)/\(name)", encoding: .utf8)
            else { return false }
            return text.contains("annuls:") || text.contains("ANNULLED")
        }.sorted().map { "\(root)/\($0)" }
    }()

    /// What cannot be undone, or is not undone yet, by file and line of a page; each with why.
    private static let exceptions: [String: [String]] = [
        // Aid that was decided and paid, and an allowance that ended, are past when the permit proves an error; without it aid
        // would have been an ordinary application's, and she a job-seeker as others.
        "arrived/permit-annulled.yaml": [
            "r: aid-application by kommun-1780", "r: aid-calculation by kommun-1780", "r: aid-decision by kommun-1780",
            "r: aid-facts by kommun-1780", "r: aid-payment by kommun-1780", "r: daily-allowance by migrationsverket",
            "r: employment-service by arbetsformedlingen",
        ],
        // The register and the call after a child's death tell the dead nothing, and it is not told later; an allowance is
        // decided on, and a child's pension was, on the days on which they could be.
        "death/told-while-dead.yaml": [
            "bereft: parental-benefit by forsakringskassan", "gone: move-notice by skatteverket",
            "left: housing-allowance by forsakringskassan", "left: move-notice by skatteverket about daughter",
            "moved: move-notice by skatteverket", "son: stopped by pensionsmyndigheten",
        ],
        // That a case is closed stays on the page, without a word on why (a pregnancy that ended).
        "birth/pregnancy-ends.yaml": ["mother: parental-benefit by forsakringskassan"],
        "birth/certificate-for-another.yaml": ["patient: parental-benefit by forsakringskassan"],
        "birth/days-before-birth.yaml": ["mistaken: parental-benefit by forsakringskassan"],
        // What was taken back made room for another: without that the husband is the parent, and no other confirms.
        "birth/other-parent-corrected.yaml": [
            "husband: child-benefit by forsakringskassan", "mother: child-benefit by forsakringskassan",
            "mother: parenthood by kommun-1780 about child", "mother: parenthood by skatteverket about child",
            "father: child-benefit by forsakringskassan", "father: child-health by region-17 about child",
            "father: child-registered by skatteverket about child", "father: name by skatteverket about child",
            "father: parenthood by kommun-1780 about child", "father: parenthood by skatteverket about child",
        ],
        // A share that was told and taken back stays on the page as a line that nothing is paid.
        "birth/board-takes-back.yaml": ["man: child-benefit by forsakringskassan"],
        // The parents are asked again from the day on which it was taken back, with another last day.
        "birth/approval-taken-back.yaml": [
            "man: child-benefit by forsakringskassan", "mother: parenthood by kommun-1780 about child",
            "mother: parenthood by skatteverket about child", "mother: child-benefit by forsakringskassan",
        ],
        "birth/confirmed-before-taken-back.yaml": [
            "man: child-benefit by forsakringskassan", "mother: parenthood by kommun-1780 about child",
            "mother: parenthood by skatteverket about child", "mother: child-benefit by forsakringskassan",
            "mother: child-registered by skatteverket about child",
        ],
        // The mother is told in another line that the parents are asked anew.
        "birth/expected-report-corrected.yaml": [
            "anna: child-registered by skatteverket about annas", "gia: child-registered by skatteverket about gias",
            "ida: child-registered by skatteverket about idas",
        ],
        // Who is appointed later reads for whom he acts, and not the reminder that he was not there for.
        "death/god-man-of-unknown-ends.yaml": ["pkdksbfmdqgkqhld: estate-inventory by skatteverket about woman"],
        // A pension that was counted anew tells its next payday once more.
        "retirement/divorce.yaml": [
            "p: housing-supplement by pensionsmyndigheten", "s: pension by pensionsmyndigheten",
            "widow: housing-supplement by pensionsmyndigheten",
        ],
        "retirement/guarantee-after-divorce.yaml": ["mistaken: pension by pensionsmyndigheten"],
        // What was taken back was approved once more, a day later.
        "birth/heard-before.yaml": ["mother", "father"].map { "\($0): parenthood by kommun-1780 about again" },
        // What was taken back made room for another: without that the first man is the parent, and no other confirms.
        "birth/fatherhood-annulled.yaml": ["mother", "man", "father"].flatMap { person in
            [
                "\(person): child-benefit by forsakringskassan", "\(person): child-health by region-17 about child",
                "\(person): child-registered by skatteverket about child",
                "\(person): name by skatteverket about child",
                "\(person): parenthood by kommun-1780 about child", "\(person): parenthood by skatteverket about child",
            ]
        },
        // What was filed in the name of the dead was refused, and is filed again: without the death it is tried at once.
        "financial-aid/nothing-applied.yaml": [
            "dead: aid-application by kommun-0180", "dead: aid-facts by kommun-0180",
            "dead: aid-calculation by kommun-0180", "dead: aid-decision by kommun-0180",
            "dead: aid-payment by kommun-0180",
        ],
        // What was ordered because of it is refused where nobody died.
        "death/funeral-called-off.yaml": ["son: funeral by begravningsbyra-01"],
        // Money that was held back is paid with the next payment, and the line says how much was paid last.
        "move/annulled.yaml": ["mother: housing-allowance by forsakringskassan"],
        // A consent that is withdrawn was given: the case that it opened is closed, and the line says so.
        "move/consents.yaml": ["annulled: home-help by kommun-1780"],
        "move/back-within-a-year.yaml": ["mother: housing-allowance by forsakringskassan"],
        // A certificate that is annulled when the undertaker has it was sent: the line says that it came.
        "death/twice-or-for-another.yaml": ["son: funeral by begravningsbyra-01 about ordered"],
        // The stay in hospital that is annulled is the one in which the patient asked for help and was planned for: what
        // was decided and given because of it stays given.
        "elder-care/twice-or-for-another.yaml": [
            "patient: home-help by kommun-1780", "patient: going-home by kommun-1780",
            "patient: care-fee by kommun-1780",
            "patient: care-decision by kommun-1780", "patient: care-application by kommun-1780",
            "patient: alarm by kommun-1780", "patient: aids by region-17",
        ],
        // The order that is annulled was carried out: who was told of it meanwhile knows it.
        "god-man/twice-or-for-another.yaml": [
            "principal: who-knows by kommun-1780", "brother: who-knows by hyresvard-01 about principal",
            "brother: who-knows by bank-01 about principal",
            "sister: guardian-inventory by kommun-1780 about principal",
            "sister: who-knows by bank-01 about principal", "sister: who-knows by hyresvard-01 about principal",
            "uncle: who-knows by bank-01 about ward",
        ],
        // What a certificate that held until then has led to is not undone: it is put to the insured what follows.
        "sick-leave/certificate-never-again.yaml": [
            "s: sickness-benefit by forsakringskassan", "s: rehabilitation by forsakringskassan",
        ],
        "sick-leave/certificate-taken-back-early.yaml": ["s: sickness-benefit by forsakringskassan"],
        "sick-leave/certificate-taken-back.yaml": [
            "s: sickness-benefit by forsakringskassan", "s: rehabilitation by forsakringskassan",
        ],
        // What the police said of the right firm is taken back after the decision: what was decided stands until it is looked
        // at again.
        "serving-permit/wrong-firm.yaml": [
            "krogen: permit-application by kommun-1283", "krogen: permit-decision by kommun-1283",
            "krogen: permit-referrals by kommun-1283", "krogen: permit-supervision by kommun-1283",
        ],
        // A revocation that was reviewed was decided on, and the line says that it is lifted.
        "serving-permit/sole-trader-not-dead.yaml": ["trader: permit-supervision by kommun-1283"],
        // A claim that is looked at again is decided anew, later; what was paid by wrong facts is claimed back.
        "unemployment/registered-in-error.yaml": [
            "u: unemployment-benefit by akassa-10", "v: unemployment-benefit by akassa-10", "v: recovery by akassa-10",
        ],
        // A move that is taken back when the mover has died: the allowance and the region's visits had ended by then, by
        // the address that was known.
        "move/nothing-for-the-dead.yaml": [
            "moved-before: housing-allowance by forsakringskassan", "moved-before: stopped by forsakringskassan",
            "moved-before: stopped by region-01", "moved-before: stopped by region-17",
            "moved-in-error: housing-allowance by forsakringskassan", "moved-in-error: stopped by forsakringskassan",
            "moved-in-error: stopped by region-01", "moved-in-error: stopped by region-17",
        ],
    ]

    /// A line of a page: whose, which, by whom, about whom.
    private struct Line: Hashable, Comparable, CustomStringConvertible {
        var holder: String
        var tile: String
        var agency: String
        var about: String

        var description: String { "\(holder): \(tile) by \(agency)\(about.isEmpty ? "" : " about \(about)")" }

        static func < (left: Line, right: Line) -> Bool { left.description < right.description }
    }

    /// The state of each line at the end: code and text.
    private static func page(_ journey: Journey) throws -> [Line: String] {
        var page: [Line: String] = [:]
        for message in journey.messages where message.type == StatusTile.type.name {
            let tile = try JSONTape.reading(message.data) { try StatusTile(json: JSONSource($0)) }
            func name(_ key: Subject) -> String { journey.instance.name(of: key) ?? "\(key)" }
            let line = Line(
                holder: name(message.envelope.subject), tile: tile.tile.rawValue,
                agency: message.envelope.source.map { "\($0)" } ?? "", about: tile.about.map(name) ?? "")
            page[line] = "\(tile.code.rawValue) \(tile.text)"
        }
        return page
    }

    /// The scenario without what it expects, and without the steps whose messages are annulled in the end, what changes
    /// them, and the annulments.
    private static func without(_ scenario: Scenario) -> Scenario? {
        var scenario = stripped(scenario)
        var gone: Set<String> = []
        for step in scenario.steps {
            guard case .publish(let publication) = step.action, publication.change?.kind == .annulled,
                let annulled = publication.change?.step.value
            else { continue }
            gone.insert(step.id.value)
            // An annulment of an end leaves the fact, and takes the end away.
            var next: String? = annulled
            while let id = next {
                gone.insert(id)
                let change = scenario.steps.lazy.compactMap { step -> PublishStep.Change? in
                    guard step.id.value == id, case .publish(let publication) = step.action else { return nil }
                    return publication.change
                }.first
                next = change?.kind == .corrected ? change?.step.value : nil
            }
        }
        guard !gone.isEmpty else { return nil }
        scenario.steps.removeAll { gone.contains($0.id.value) }
        return scenario
    }

    private static func stripped(_ scenario: Scenario) -> Scenario {
        var scenario = scenario
        scenario.steps.removeAll { step in
            if case .expect = step.action { true } else { false }
        }
        scenario.finalTiles = []
        scenario.finalPages = []
        scenario.tilesAsOf = []
        scenario.finalCounts = []
        return scenario
    }

    @Test(arguments: files) func `what is annulled leaves no trace but the word that it was corrected`(file: String)
        throws
    {
        let scenarios = ScenarioFile.read(path: file).scenarios
        for scenario in scenarios {
            guard let other = Self.without(scenario) else { continue }
            let told = try Journey.play([Self.stripped(scenario)], [], [], 1, 0, path: file)
            let untold = try Journey.play([other], [], [], 1, 0, path: file)
            let (page, plain) = (try Self.page(try #require(told.first)), try Self.page(try #require(untold.first)))
            for line in Set(page.keys).union(plain.keys).sorted() where page[line] != plain[line] {
                if page[line]?.hasPrefix("U11") == true { continue }
                let known = Self.exceptions.first { file.hasSuffix("/\($0.key)") }?.value ?? []
                if known.contains(line.description) { continue }
                Issue.record(
                    "\(line): ‘\(page[line] ?? "nothing")’, and without what was annulled ‘\(plain[line] ?? "nothing")’"
                )
            }
        }
    }
}
