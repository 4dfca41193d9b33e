import LifeEvents
import Testing

/// What payments must come to in every run: what the decisions say, once, and no more back than was decided.
@Suite struct PaymentWatchTests {
    typealias Story = LawWatchTests.Story

    private static func decided(
        _ more: String, for person: String = "anna", change: ChangeType? = nil, of step: Int? = nil
    ) -> LawWatchTests.Step {
        .said(
            "forsakringskassan.benefit-decision.v1", person,
            #"{"benefit":"housingAllowance","outcome":"granted",\#(more)}"#, change: change, of: step)
    }
    private static func annulled(of step: Int) -> LawWatchTests.Step {
        .said("forsakringskassan.benefit-decision.v1", "anna", #"{"reasonCode":"error"}"#, change: .annulled, of: step)
    }
    private static func paid(_ period: String, kind: String = "paid", amount: Int = 4200) -> LawWatchTests.Step {
        .said(
            "forsakringskassan.payment.v1", "anna",
            #"{"benefit":"housingAllowance",\#(period),"amount":\#(amount),"kind":"\#(kind)","payee":"$anna"}"#)
    }
    private static func recovery(_ state: String, _ amount: Int) -> LawWatchTests.Step {
        .said(
            "forsakringskassan.recovery.v1", "anna",
            #"{"benefit":"housingAllowance","state":"\#(state)","amount":\#(amount)}"#)
    }
    private static let april = #""month":"2026-04""#
    private static func aid(_ state: String, _ month: String = "2026-06") -> LawWatchTests.Step {
        .said(
            "kommun.case-status.v1", "anna",
            #"{"caseRef":"aid","service":"financialAid","state":"\#(state)","month":"\#(month)"}"#, by: "kommun-0180")
    }
    private static func aidPaid(_ month: String = "2026-06", to payee: String = "$anna") -> LawWatchTests.Step {
        .said(
            "kommun.payment.v1", "anna",
            #"{"benefit":"financialAid","month":"\#(month)","amount":900,"kind":"paid","payee":"\#(payee)"}"#,
            by: "kommun-0180")
    }
    private static func pension(
        _ month: String, change: ChangeType? = nil, of step: Int? = nil, kind: String = "oldAge"
    ) -> LawWatchTests.Step {
        .said(
            "pensionsmyndigheten.pension-decision.v1", "anna",
            #"{"kind":"\#(kind)","outcome":"granted","month":"\#(month)","share":100}"#, by: "pensionsmyndigheten",
            change: change, of: step)
    }
    private static func pensionPaid(_ period: String) -> LawWatchTests.Step {
        .said(
            "pensionsmyndigheten.payment.v1", "anna",
            #"{"benefit":"oldAge",\#(period),"amount":16500,"kind":"paid","payee":"$anna"}"#, by: "pensionsmyndigheten")
    }
    private static func answered(_ amount: Int) -> LawWatchTests.Step {
        .said(
            "kommun.answer.aid-paid.v1", "anna",
            #"{"caseRef":"s","asker":"forsakringskassan","status":"answered","amount":\#(amount)}"#, by: "kommun-0180")
    }
    private static let toMunicipality = LawWatchTests.Step.said(
        "forsakringskassan.payment.v1", "anna",
        #"{"benefit":"housingAllowance","month":"2026-04","amount":4200,"kind":"paid","payee":"kommun-0180"}"#)

    static let stories: [LawWatchTests.Story] = [
        Story("a payment without a decision", [paid(april)], ["A029"]),
        Story("a payment of a decision", [decided(#""from":"2026-01-01""#), paid(april)]),
        Story("a payment before the decision begins", [decided(#""from":"2026-05-01""#), paid(april)], ["A029"]),
        Story(
            "a payment after the decision ends", [decided(#""from":"2026-01-01","to":"2026-03-31""#), paid(april)],
            ["A029"]),
        Story(
            "a payment after the decision was ended",
            [
                decided(#""from":"2026-01-01""#),
                decided(#""from":"2026-01-01","to":"2026-02-28""#, change: .ceased, of: 0), paid(april),
            ], ["A029"]),
        Story(
            "a payment after the end was annulled",
            [
                decided(#""from":"2026-01-01""#),
                decided(#""from":"2026-01-01","to":"2026-02-28""#, change: .ceased, of: 0), annulled(of: 1),
                paid(april),
            ]),
        Story(
            "a payment after the decision was annulled",
            [decided(#""from":"2026-01-01""#), annulled(of: 0), paid(april)], ["A029"]),
        Story(
            "a payment after a correction that grants less",
            [
                decided(#""from":"2026-01-01""#),
                decided(#""from":"2026-05-01""#, change: .corrected, of: 0), paid(april),
            ], ["A029"]),
        Story(
            "a month that is paid twice", [decided(#""from":"2026-01-01""#), paid(april), paid(april)], ["A029"]),
        Story(
            "a month that is paid more of, after a new decision",
            [
                decided(#""from":"2026-01-01""#), paid(april),
                decided(#""from":"2026-01-01""#, change: .corrected, of: 0), paid(april, amount: 300),
            ]),
        Story("two months", [decided(#""from":"2026-01-01""#), paid(april), paid(#""month":"2026-05""#)]),
        Story(
            "a child's benefit to a payee of the decision",
            [
                decided(
                    #""from":"2026-01-01","payees":[{"person":"$anna","share":100}]"#, for: "bo"), paid(april),
            ]),
        Story(
            "a child's benefit to another than its payee",
            [decided(#""from":"2026-01-01","payees":[{"person":"$cia","share":100}]"#, for: "bo"), paid(april)],
            ["A029"]),
        Story(
            "more back than is decided",
            [
                decided(#""from":"2026-01-01""#), recovery("decided", 1000),
                paid(april, kind: "reclaimed", amount: 1200),
            ],
            ["A029"]),
        Story(
            "as much back as is decided, in two parts",
            [
                decided(#""from":"2026-01-01""#), recovery("decided", 1000),
                paid(april, kind: "reclaimed", amount: 600), paid(april, kind: "reclaimed", amount: 400),
            ]),
        Story(
            "a claim that is only considered is paid",
            [
                decided(#""from":"2026-01-01""#), recovery("considered", 1000),
                paid(april, kind: "reclaimed", amount: 10),
            ],
            ["A029"]),
        Story("aid that is paid before it is decided", [aid("investigating"), aidPaid()], ["A029"]),
        Story("aid that is decided and paid", [aid("decided"), aidPaid()]),
        Story("aid for another month than the decided", [aid("decided"), aidPaid("2026-07")], ["A029"]),
        Story("aid that is paid twice", [aid("decided"), aidPaid(), aidPaid()], ["A029"]),
        Story("aid that is decided anew", [aid("decided"), aidPaid(), aid("decided"), aidPaid()]),
        Story("aid that goes to the landlord", [aid("decided"), aidPaid(to: "hyresvard-01")]),
        Story("a pension that is paid before it begins", [pension("2026-05"), pensionPaid(april)], ["A029"]),
        Story("a pension", [pension("2026-01"), pensionPaid(april)]),
        Story(
            "a guarantee is paid with the old-age pension", [pension("2026-01", kind: "guarantee"), pensionPaid(april)]),
        Story(
            "a pension after its last month",
            [pension("2020-01"), pension("2026-03", change: .ceased, of: 0), pensionPaid(april)], ["A029"]),
        Story(
            "a pension for its last months, in one payment",
            [
                pension("2020-01"), pension("2026-03", change: .ceased, of: 0),
                pensionPaid(#""from":"2026-02","to":"2026-03""#),
            ]),
        Story(
            "no more goes to a municipality than it has answered",
            [decided(#""from":"2026-01-01""#), answered(4000), toMunicipality], ["A029"]),
        Story(
            "what goes to a municipality is within what it has answered",
            [decided(#""from":"2026-01-01""#), answered(5000), toMunicipality]),
        Story(
            "nothing goes to a municipality that has answered nothing",
            [decided(#""from":"2026-01-01""#), toMunicipality], ["A029"]),
    ]

    @Test(arguments: stories) func `a payment that no decision bears is told`(_ story: LawWatchTests.Story) throws {
        try LawWatchTests.play(story, asking: ["A029"])
    }
}
